"""The one HTTP client: it ends in time, and takes no surprises from the environment."""

import httpx

from newsroom import __version__
from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.outside.over_http.brief import BriefTransport

_TIMEOUT = httpx.Timeout(10.0, connect=5.0)  # seconds for each step
_WHOLE = 30.0  # seconds for all steps of a request together
_HOPS = 5


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


def status_of(client: httpx.Client, url: str) -> int:
    """What a page answers, behind at most five redirects; of its body nothing is read.

    Raises OutsideError when there is no answer.
    """
    here = url
    try:
        for _ in range(_HOPS + 1):
            with client.stream("GET", here) as answer:
                onward = answer.next_request
                if onward is None:
                    return answer.status_code
            here = str(onward.url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutsideError(say("{url}: {fault}", url=here, fault=why(error))) from error
    raise OutsideError(say("{url}: too many redirects", url=url))
