"""What one answer over HTTP says, whoever sent it."""

from datetime import timedelta

import pytest

from newsroom.model.answer import ApiAnswer

SENT = "Tue, 01 Sep 2026 06:00:00 GMT"


@pytest.mark.parametrize(
    "asked",
    ["604801", "9" * 5000, "Wed, 09 Sep 2026 06:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"],
)
def test_no_server_puts_us_off_for_longer_than_a_week(asked: str) -> None:
    """Retry-After counts for a week at most, whether it is written in seconds or as a date."""
    answer = ApiAnswer(503, {"retry-after": asked, "date": SENT}, b"")

    assert answer.wait == timedelta(days=7)


@pytest.mark.parametrize("body", [b"", b"<p>Sorry</p>", b"\xff\xfe\x00", b"[" * 60_000])
def test_a_body_that_is_no_json_is_none(body: bytes) -> None:
    """Whatever a server answers in place of JSON is None, and never an exception."""
    assert ApiAnswer(200, {}, body).json is None


def test_a_body_of_json_is_what_it_holds() -> None:
    """An answer's JSON is read as it is."""
    assert ApiAnswer(200, {}, b'{"id": "7"}').json == {"id": "7"}
