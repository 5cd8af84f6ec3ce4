"""What a log does not repeat."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.cli.hush import Hush
from newsroom.readers.tokens import confirmation_token, data_token, leave_token, new_seed
from tests.web.house import NOW


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 <asa@example.se>: no such user",
        "RCPT TO:<asa@example.se>",
        "user asa@example.se: mailbox full; asa@example.se again",
        "GET /minasidor?email=asa@example.se&x=1",
        "GET /minasidor?email=asa%40example.se",
        "('asa@example.se',)",
        "rfc822;asa@example.se",
        "mailto:asa@example.se.",
        "smtp://asa@example.se:hemligt@relay.example",
        "åsa@example.se asa@åre.example",
    ],
)
def test_no_address_is_repeated(text: str) -> None:
    """Wherever it stands, and however it is dressed."""
    hushed = Hush()(text)

    assert "asa" not in hushed
    assert "example.se" not in hushed
    assert "@example" not in hushed


@pytest.mark.parametrize(
    "text", ["a" * 100_000 + "@", "a@" * 50_000, "/" * 200_000, "aA1-" * 50_000]
)
def test_a_hostile_line_takes_no_time(text: str) -> None:
    """A server may say as much as it likes, in one word: the log goes on."""
    assert "@a" not in Hush()(text)


def test_the_rest_of_the_line_stays() -> None:
    """What was wrong is still told."""
    assert Hush()("550 5.1.1 <asa@example.se>: no such user") == "550 5.1.1 <…@…>: no such user"


@given(st.binary(min_size=16, max_size=32), st.integers(0, 2**39))
def test_no_token_is_repeated(secret: bytes, who: int) -> None:
    """Whatever link it stands in: confirming, leaving, one's own data."""
    tokens = (
        leave_token(secret, who),
        data_token(secret, who, NOW),
        confirmation_token(secret, new_seed()),
    )

    for token in tokens:
        assert token not in Hush()(f"GET /bekrafta/{token} HTTP/1.1")
        assert token not in Hush()(f"https://nyheter.example.se/u/{token}?lang=sv")


@pytest.mark.parametrize(
    "text",
    [
        "publicera det som är dags: klart: 40 sidor; skrivna: 3, borttagna: 0",
        "GET /nyheter/2026/manifest-for-jamlik-halsa-i-hela-landet/ 200",
        'File "/opt/newsroom/lib/python3.11/site-packages/newsroom/delivery/ledger/claims.py"',
        "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked",
        "2026-11-22T08:05:00Z newsletter.host.send",
        "DBOSPortableJSONSerializer",
    ],
)
def test_what_is_nobodys_secret_stays(text: str) -> None:
    """Dates, paths, slugs, names in a program: a log that hides them helps nobody."""
    assert Hush()(text) == text


def test_no_secret_of_the_settings_is_repeated() -> None:
    """The longer one first, so that no end of it is left; a very short one would spoil the log."""
    hush = Hush(("hemligt", "hemligt-och-langre", "abc"))

    assert hush("lösen=hemligt-och-langre hemligt abc") == "lösen=… … abc"
