"""Requests to a provider's interface: each made once, and what became of it told exactly.

What matters is whether a request that failed may have arrived. Until a connection stands nothing
has left; from then on nobody can know, until an answer is there.
"""

from collections.abc import Mapping
from datetime import timedelta

import httpx

from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.refusal import distrust, why
from newsroom.outside.over_http.body import beginning_of
from newsroom.outside.over_http.client import open_client

_CONNECTING, _STEP = 10.0, 30.0  # seconds: for each address and for TLS; for each piece that moves
_READING = 60.0  # seconds for the whole body of an answer
PATIENCE = httpx.Timeout(_STEP, connect=_CONNECTING)
# Name, TLS, two pieces out, one in, and the answer's body: the ledger's lease is longer.
LONGEST = timedelta(seconds=4 * _CONNECTING + 3 * _STEP + _READING)
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
                return ApiAnswer(
                    answer.status_code, dict(answer.headers), beginning_of(answer, seconds=_READING)
                )
        except _BEFORE_LEAVING as error:
            return NoAnswer(why(error), may_have_arrived=False, untrusted=bool(distrust(error)))
        except httpx.HTTPError as error:
            return NoAnswer(why(error), may_have_arrived=True)
