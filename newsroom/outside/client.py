"""The one HTTP client: time limits, a cap on what is read, no surprises from the environment."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import httpx

from newsroom import __version__
from newsroom.errors import OutsideError
from newsroom.model.saying import say
from newsroom.outside.brief import BriefTransport

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)  # seconds for each step
_WHOLE = 30.0  # seconds for all steps of a request together
_MOST = 1 << 20  # bytes of a page
_HOPS = 5


class Fetched(NamedTuple):
    """What lies at an address."""

    url: str  # where it was found, behind any redirects
    status: int
    headers: Mapping[str, str]  # by name in small letters
    body: bytes  # its beginning, when it is long


def open_client(
    site_url: str,
    transport: httpx.BaseTransport | None = None,
    timeout: httpx.Timeout = _TIMEOUT,
) -> httpx.Client:
    """A client that says who asks, follows no redirect and reads no proxy from the environment.

    Its requests end in time, whatever the other side does; a `transport` has limits of its own.
    """
    return httpx.Client(
        timeout=timeout,
        headers=who_asks(site_url),
        trust_env=False,
        transport=transport or BriefTransport(_WHOLE),
    )


def who_asks(site_url: str) -> dict[str, str]:
    """The header by which whoever is asked can find us (RFC 9110 section 10.1.5)."""
    return {"User-Agent": f"newsroom/{__version__} (+{site_url})"}


def fetch(
    client: httpx.Client,
    url: str,
    headers: Mapping[str, str] | None = None,
    allow: Callable[[str], None] = lambda _url: None,
    most: int = _MOST,
) -> Fetched:
    """What lies at an address, or behind at most five redirects from there.

    `allow` is asked before each of them, and raises for an address that is not to be asked;
    `headers` may make it a conditional request (RFC 9110 section 13). Of the body no more than
    `most` bytes are read. Raises OutsideError when there is no answer.
    """
    here = url
    try:
        for _ in range(_HOPS + 1):
            allow(here)
            with client.stream("GET", here, headers=dict(headers or {})) as answer:
                onward = answer.next_request
                if onward is None:
                    named = {name.lower(): value for name, value in answer.headers.items()}
                    return Fetched(here, answer.status_code, named, beginning(answer, most))
            here = str(onward.url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutsideError(
            say("{url}: {fault}", url=here, fault=str(error) or type(error).__name__)
        ) from error
    raise OutsideError(say("{url}: too many redirects", url=url))


def beginning(answer: httpx.Response, most: int) -> bytes:
    """As much of a body as anybody wants."""
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) >= most:
            break
    return body[:most]
