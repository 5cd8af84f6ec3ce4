"""Reading the beginning of an answer's body, however long or slow it is."""

import time

import httpx

LARGEST = 64 * 1024  # bytes


def beginning_of(
    answer: httpx.Response, most: int = LARGEST, seconds: float | None = None
) -> bytes:
    """The first bytes of a body. Raises httpx.ReadTimeout when it drips for longer than so many."""
    until = None if seconds is None else time.monotonic() + seconds
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) >= most:
            break
        if until is not None and time.monotonic() > until:
            raise httpx.ReadTimeout("the answer does not end", request=answer.request)
    return body[:most]
