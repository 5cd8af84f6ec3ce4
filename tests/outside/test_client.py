"""What leaves over HTTP: once, with a name, within its time."""

import httpx
import pytest

from newsroom.errors import OutsideError
from newsroom.outside.client import open_client
from newsroom.outside.websub import ping

HUB = "https://hub.example.se/"


def test_a_ping_names_the_feed_and_the_site() -> None:
    """The hub is told which feed to fetch, by a client that says who it is."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    with open_client("https://nyheter.example.se", httpx.MockTransport(answer)) as client:
        ping(client, HUB, "https://nyheter.example.se/feed.xml")

    assert seen[0].content == (
        b"hub.mode=publish&hub.url=https%3A%2F%2Fnyheter.example.se%2Ffeed.xml"
    )
    assert "+https://nyheter.example.se" in seen[0].headers["User-Agent"]


@pytest.mark.parametrize("status", [301, 404, 500])
def test_a_refusal_names_the_address_and_the_answer(status: int) -> None:
    """Anything but a 2xx is an error, and it is not asked again."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, headers={"Location": HUB})

    transport = httpx.MockTransport(answer)

    with (
        open_client("https://nyheter.example.se", transport) as client,
        pytest.raises(OutsideError, match=f"{HUB}: answered {status}"),
    ):
        ping(client, HUB, "https://nyheter.example.se/feed.xml")

    assert len(asked) == 1


def test_a_hub_that_is_away_is_an_error_too() -> None:
    """No connection is told by the address, not by a traceback."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    with (
        open_client("https://nyheter.example.se", httpx.MockTransport(refuse)) as client,
        pytest.raises(OutsideError, match="connection refused"),
    ):
        ping(client, HUB, "https://nyheter.example.se/feed.xml")
