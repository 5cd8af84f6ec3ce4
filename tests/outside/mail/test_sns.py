"""Amazon SNS is asked over HTTPS, at its own hosts, once for each certificate."""

import httpx
import pytest

from newsroom.errors import OutsideError
from newsroom.outside.mail.sns import Sns
from newsroom.outside.over_http.client import open_client
from tests.jobs.returned.hooks.amazon import certificate

PEM = certificate()
URL = "https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-1.pem"


def sns(*answers: httpx.Response | Exception) -> tuple[Sns, list[str]]:
    """Amazon that answers so, one after the other; and the addresses it was asked for."""
    script, asked = list(answers), list[str]()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        said = script.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    transport = httpx.MockTransport(answer)
    return Sns(lambda: open_client("https://nyheter.example.se", transport)), asked


def test_a_certificate_is_fetched_once() -> None:
    """It is good for a year, so it is kept."""
    amazon, asked = sns(httpx.Response(200, content=PEM))

    assert [amazon.certificate(URL), amazon.certificate(URL)] == [PEM, PEM]
    assert asked == [URL]


def test_a_yes_is_said() -> None:
    """An invitation is accepted by asking for its address."""
    amazon, asked = sns(httpx.Response(200))

    amazon.confirm(f"{URL}?Token=1")

    assert asked == [f"{URL}?Token=1"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), "answered 302"),
        (httpx.Response(503), "answered 503"),
        (httpx.Response(200, content=b"x" * 100_000), "too large"),
        (httpx.Response(200, content=b"<html>Down for maintenance</html>"), "no certificate"),
        (httpx.ConnectError("refused"), "refused"),
        (httpx.ReadTimeout("slow"), "no answer came in time"),
    ],
)
def test_what_goes_wrong_is_told_and_not_kept(
    answer: httpx.Response | Exception, words: str
) -> None:
    """A fault names the host alone, and the next time it is asked anew; no redirect is followed."""
    amazon, _ = sns(answer, httpx.Response(200, content=PEM))

    with pytest.raises(OutsideError, match=words) as told:
        amazon.certificate(f"{URL}?Token=secret")

    assert "secret" not in str(told.value)
    assert amazon.certificate(URL) == PEM


@pytest.mark.parametrize(
    "url", ["https://evil.example/x.pem", "http://sns.eu-north-1.amazonaws.com/"]
)
def test_nobody_else_is_asked(url: str) -> None:
    """An address that is not of SNS is never fetched."""
    amazon, asked = sns()

    with pytest.raises(OutsideError):
        amazon.confirm(url)

    assert asked == []


def test_memory_is_bounded() -> None:
    """However many addresses are named, few certificates are kept."""
    urls = [f"{URL}?{number}" for number in range(9)]
    amazon, asked = sns(*(httpx.Response(200, content=PEM) for _ in range(10)))

    for url in (*urls, urls[0]):
        amazon.certificate(url)

    assert asked.count(urls[0]) == 2
