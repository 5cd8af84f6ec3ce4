"""Whether other sites have what we link to: asked once, answered as well as they can."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import httpx

from newsroom.model.saying import Saying, say

_AT_ONCE = 4
_GONE = {404, 410}  # others, 403 above all, are what a site tells programs and not people
_NO_HEAD = {400, 403, 404, 405, 501}  # answers that many give to HEAD and not to GET
_BROKEN = 500


def dead_links(client: httpx.Client, addresses: Iterable[str]) -> dict[str, Saying]:
    """The addresses that lead nowhere, each with the reason.

    Of what answers at all only "not found", "gone" and faults of the server count: a site may
    refuse a program what it shows to people.
    """
    asked = tuple(dict.fromkeys(addresses))
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        found = list(hands.map(lambda address: _fault(client, address), asked))
    return {address: why for address, why in zip(asked, found, strict=True) if why is not None}


def _fault(client: httpx.Client, address: str) -> Saying | None:
    try:
        status = _status(client, "HEAD", address)
        if status in _NO_HEAD:
            status = _status(client, "GET", address)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return say("no answer ({fault})", fault=str(error) or type(error).__name__)
    if status in _GONE or status >= _BROKEN:
        return say("it answers {status}", status=status)
    return None


def _status(client: httpx.Client, method: str, address: str) -> int:
    """The status of an address; of its content nothing is read."""
    with client.stream(method, address, follow_redirects=True) as answer:
        return answer.status_code
