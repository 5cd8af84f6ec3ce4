"""Requests to our own public address, as browsers, scanners and mail programs make them."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

import httpx

from newsroom.model.refusal import distrust, why
from newsroom.outside.over_http.body import beginning_of
from newsroom.outside.over_http.client import open_client

_PATIENCE = httpx.Timeout(10.0, connect=5.0)  # seconds
_ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # RFC 8058 section 3.1


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer."""

    status: int
    headers: Mapping[str, str]  # by name in small letters
    body: bytes
    certificate_ends: datetime | None = None  # aware; None over http

    @property
    def leads_to(self) -> str | None:
        """Where it redirects to."""
        return self.headers.get("location") if 300 <= self.status < 400 else None  # noqa: PLR2004

    @property
    def is_away(self) -> bool:
        """Whether a proxy answers for a server that does not (RFC 9110 section 15.6)."""
        return self.status in {502, 503, 504}

    @property
    def media_type(self) -> str:
        """Its type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def clock(self) -> datetime | None:
        """What time it is over there (RFC 9110 section 6.6.1)."""
        try:
            then = parsedate_to_datetime(self.headers["date"])
        except (KeyError, TypeError, ValueError):
            return None
        return then if then.tzinfo else then.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Unseen:
    """No answer, and why."""

    why: str
    untrusted: str | None = None  # what is wrong with the certificate, when that is it


class SiteGlance:
    """Asks the site; used as a context."""

    def __init__(self, site_url: str, tls: ssl.SSLContext | None = None) -> None:
        """`tls` stands for the authorities of the system."""
        transport = httpx.HTTPTransport(verify=tls) if tls else None
        self._client = open_client(site_url, transport, _PATIENCE)

    def __enter__(self) -> Self:
        """Ask inside."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, url: str) -> Seen | Unseen:
        """What a browser gets."""
        return self._ask("GET", url)

    def head(self, url: str) -> Seen | Unseen:
        """What a scanner asks for first."""
        return self._ask("HEAD", url)

    def one_click(self, url: str) -> Seen | Unseen:
        """What a mail program posts."""
        return self._ask("POST", url, _ONE_CLICK)

    def _ask(self, method: str, url: str, form: Mapping[str, str] | None = None) -> Seen | Unseen:
        try:
            with self._client.stream(method, url, data=form) as answer:
                ends = _ends(answer)  # when all is read, the line may be closed
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Seen(answer.status_code, headers, beginning_of(answer), ends)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Unseen(why(error), distrust(error))


def _ends(answer: httpx.Response) -> datetime | None:
    stream = answer.extensions.get("network_stream")
    line = stream.get_extra_info("ssl_object") if stream else None
    certificate = line.getpeercert() if line else None
    ends = certificate.get("notAfter") if certificate else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None
