from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from newsroom.database.tables import suppression as table
from newsroom.readers import suppression
from newsroom.readers.suppression import Reason, acquit, lift, reasons, suppress, why_suppressed

SECRET, OLD = b"new secret", b"old secret"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_suppressed_address_is_known_by_its_hash_only(either_database: Engine) -> None:
    """The table says why, and holds nothing of the address."""
    with either_database.begin() as connection:
        suppress(connection, [SECRET], "anna@example.se", Reason.BOUNCED, NOW)
        row = connection.execute(select(table)).one()

        assert "anna" not in str(row)
        assert why_suppressed(connection, [SECRET], "anna@example.se") == Reason.BOUNCED
        assert why_suppressed(connection, [SECRET], "bo@example.se") is None


def test_an_old_secret_still_keeps_an_address_out(either_database: Engine) -> None:
    """After a change of secret, hashes made with the old one are found, replaced and lifted."""
    with either_database.begin() as connection:
        suppress(connection, [OLD], "anna@example.se", Reason.ERASED, NOW)

        assert why_suppressed(connection, [SECRET, OLD], "anna@example.se") == Reason.ERASED

        suppress(connection, [SECRET, OLD], "anna@example.se", Reason.BOUNCED, NOW)
        assert len(connection.execute(select(table)).all()) == 1

        lift(connection, [SECRET, OLD], "anna@example.se")
        assert why_suppressed(connection, [SECRET, OLD], "anna@example.se") is None


def test_a_complaint_is_never_weakened(database: Engine) -> None:
    """A later reason does not replace a complaint."""
    with database.begin() as connection:
        suppress(connection, [SECRET], "anna@example.se", Reason.COMPLAINED, NOW)
        suppress(connection, [SECRET], "anna@example.se", Reason.ERASED, NOW)

        assert why_suppressed(connection, [SECRET], "anna@example.se") == Reason.COMPLAINED


@pytest.mark.parametrize("wish", [Reason.ERASED, Reason.LEFT])
@pytest.mark.parametrize("verdict", [Reason.BOUNCED, Reason.COMPLAINED])
@pytest.mark.parametrize("first", ["wish", "verdict"])
def test_a_wish_outlasts_every_verdict(
    either_database: Engine, wish: Reason, verdict: Reason, first: str
) -> None:
    """Whoever left or was erased stays out when a bounce or complaint is taken back."""
    order = (wish, verdict) if first == "wish" else (verdict, wish)
    with either_database.begin() as connection:
        for reason in order:
            suppress(connection, [SECRET], "anna@example.se", reason, NOW)

        acquit(connection, [SECRET], "anna@example.se")

        assert why_suppressed(connection, [SECRET], "anna@example.se") == wish


def test_only_an_operator_lifts_a_complaint(either_database: Engine) -> None:
    """Its owner's wish lifts everything else that keeps an address out."""
    with either_database.begin() as connection:
        suppress(connection, [SECRET], "anna@example.se", Reason.ERASED, NOW)
        suppress(connection, [SECRET], "anna@example.se", Reason.COMPLAINED, NOW)

        lift(connection, [SECRET], "anna@example.se")
        assert why_suppressed(connection, [SECRET], "anna@example.se") == Reason.COMPLAINED

        assert acquit(connection, [SECRET], "anna@example.se")
        assert why_suppressed(connection, [SECRET], "anna@example.se") is None
        assert not acquit(connection, [SECRET], "anna@example.se")


def test_many_addresses_are_asked_about_at_once(either_database: Engine) -> None:
    """Of several addresses, those that must stay out come back, each with the weightiest reason."""
    with either_database.begin() as connection:
        suppress(connection, [SECRET], "bo@example.se", Reason.LEFT, NOW)
        suppress(connection, [SECRET], "bo@example.se", Reason.COMPLAINED, NOW)

        found = reasons(connection, [SECRET, OLD], ["anna@example.se", "bo@example.se"])

    assert found == {"bo@example.se": Reason.COMPLAINED}


def test_the_hash_needs_the_secret() -> None:
    """Another secret gives another hash, so the list cannot be guessed from outside."""
    first = suppression.address_hash(SECRET, "anna@example.se")

    assert first != suppression.address_hash(OLD, "anna@example.se")
    assert len(first) == 64
