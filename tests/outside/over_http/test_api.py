"""Of a request that failed, whether it may have arrived."""

from collections.abc import Iterator

import httpx
import pytest

from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.outside.over_http.api import Api
from newsroom.outside.over_http.client import open_client

URL = "https://api.example/send"


def ask(answer: httpx.Response | httpx.TransportError) -> ApiAnswer | NoAnswer:
    """What becomes of a request that the network answers so."""

    def network(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer

    api = Api(open_client("https://nyheter.example.se", httpx.MockTransport(network)))
    try:
        return api.post(URL, {"Content-Type": "application/json"}, b"{}")
    finally:
        api.close()


@pytest.mark.parametrize(
    ("error", "may_have_arrived"),
    [
        (httpx.ConnectError("refused"), False),
        (httpx.ConnectTimeout("nobody answers"), False),
        (httpx.PoolTimeout(""), False),
        (httpx.WriteError("broken pipe"), True),
        (httpx.WriteTimeout("stuck"), True),
        (httpx.ReadTimeout("it thinks"), True),
        (httpx.ReadError("reset"), True),
        (httpx.RemoteProtocolError("hung up"), True),
    ],
)
def test_how_far_a_request_came(error: httpx.TransportError, may_have_arrived: bool) -> None:  # noqa: FBT001
    """Until a connection stands nothing has left; after that nobody knows."""
    answer = ask(error)

    assert isinstance(answer, NoAnswer)
    assert answer.may_have_arrived is may_have_arrived
    assert answer.reason
    assert not answer.untrusted


def test_the_beginning_of_a_long_answer() -> None:
    """Of an answer without end as much is read as anybody needs."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1000

    answer = ask(httpx.Response(200, content=endless()))

    assert isinstance(answer, ApiAnswer)
    assert len(answer.body) == 64 * 1024
