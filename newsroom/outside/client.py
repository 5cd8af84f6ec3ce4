"""The one HTTP client: time limits, a cap on what is read, no surprises from the environment."""

from collections.abc import Mapping

import httpx

from newsroom import __version__
from newsroom.errors import OutsideError
from newsroom.model.saying import say

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)  # seconds


def open_client(
    site_url: str,
    transport: httpx.BaseTransport | None = None,
    timeout: httpx.Timeout = _TIMEOUT,
) -> httpx.Client:
    """A client that says who asks, follows no redirect and reads no proxy from the environment."""
    return httpx.Client(
        timeout=timeout,
        headers={"User-Agent": f"newsroom/{__version__} (+{site_url})"},
        trust_env=False,
        transport=transport,
    )


def post_form(client: httpx.Client, url: str, fields: Mapping[str, str]) -> None:
    """Post a form once; anything but a 2xx answer is an OutsideError that names the address.

    Not repeated: a POST that was cut off may have been carried out.
    """
    try:
        with client.stream("POST", url, data=dict(fields)) as answer:
            status = answer.status_code
    except httpx.HTTPError as error:
        raise OutsideError(
            say(
                "{url}: {fault}; is the address right?",
                url=url,
                fault=error or type(error).__name__,
            )
        ) from error
    if not 200 <= status < 300:  # noqa: PLR2004 (RFC 9110 section 15.3: successful)
        raise OutsideError(
            say("{url}: answered {status}; is the address right?", url=url, status=status)
        )
