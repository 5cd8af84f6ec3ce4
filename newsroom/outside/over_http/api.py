"""Requests to a provider's interface: each made once, and what became of it told exactly.

What matters is whether a request that failed may have arrived. Until a connection stands nothing
has left; from then on nobody can know, until an answer is there.
"""

import ssl
import time
from collections.abc import Mapping
from datetime import timedelta

import httpx

from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.outside.over_http.client import open_client

_CONNECTING, _STEP = 10.0, 30.0  # seconds: for each address and for TLS; for each piece that moves
_READING = 60.0  # seconds for the whole body of an answer
PATIENCE = httpx.Timeout(_STEP, connect=_CONNECTING)
# Name, TLS, two pieces out, one in, and the answer's body: the ledger's lease is longer.
LONGEST = timedelta(seconds=4 * _CONNECTING + 3 * _STEP + _READING)
_LARGEST = 64 * 1024  # bytes that are read of an answer
_BEFORE_LEAVING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def open_api(site_url: str) -> "Api":
    """An interface of which much is asked: its connection is kept from one request to the next."""
    return Api(open_client(site_url, httpx.HTTPTransport(trust_env=False), PATIENCE))


class Api:
    """A provider's interface over a kept connection. Used by one thread."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> ApiAnswer | NoAnswer:
        """Make one request, never a second one for it; redirects are answers too."""
        return self._request("POST", url, headers, body)

    def get(self, url: str, headers: Mapping[str, str]) -> ApiAnswer | NoAnswer:
        """Ask for something; nothing is changed by it."""
        return self._request("GET", url, headers, None)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> ApiAnswer | NoAnswer:
        try:
            with self._client.stream(method, url, headers=dict(headers), content=body) as answer:
                return ApiAnswer(answer.status_code, dict(answer.headers), _beginning(answer))
        except _BEFORE_LEAVING as error:
            return NoAnswer(_words(error), may_have_arrived=False, untrusted=_is_untrusted(error))
        except httpx.HTTPError as error:
            return NoAnswer(_words(error), may_have_arrived=True)


def _beginning(answer: httpx.Response) -> bytes:
    """As much of the body as anybody needs. Raises httpx.ReadTimeout when it drips."""
    until = time.monotonic() + _READING
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _LARGEST:
            return body[:_LARGEST]
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the answer does not end", request=answer.request)
    return body


def _words(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__


def _is_untrusted(error: BaseException) -> bool:
    """Whether a certificate that nobody vouches for lies at the bottom of an error."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
