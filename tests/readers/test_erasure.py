import pytest
from sqlalchemy import Engine, select

from newsroom.database import transaction
from newsroom.database.tables import delivery, incoming
from newsroom.readers import consent, suppression
from newsroom.readers.consent import Act
from newsroom.readers.erasure import erase, names
from newsroom.readers.suppression import Reason, address_hashes
from tests.readers.histories import EMAIL, KEYS, NOW, everything, subscriber_with_history


def test_erasing_leaves_only_the_keyed_hash(either_database: Engine) -> None:
    """Neither the address nor the name is in any table, and the address is kept out."""
    with transaction(either_database) as connection:
        subscriber_with_history(connection)
        assert EMAIL in everything(connection)

        assert erase(connection, KEYS, EMAIL, NOW)

        left = everything(connection)
        assert EMAIL not in left
        assert "akes" not in left
        assert "åkesson" not in left
        (kept,) = address_hashes(KEYS, EMAIL)
        assert left.count(kept) == 1
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.ERASED


def test_copies_of_mails_that_name_the_person_are_erased(either_database: Engine) -> None:
    """A mail that only names the address somewhere in its words goes, too; others stay."""
    with transaction(either_database) as connection:
        subscriber_with_history(connection)
        other = incoming.insert().values(
            digest="e" * 64, at=NOW, kind="bounce", email="bo@example.se", raw=b"To: bo@example.se"
        )
        connection.execute(other)

        erase(connection, KEYS, EMAIL, NOW)

        rows = connection.execute(select(incoming.c.digest, incoming.c.raw)).all()
    assert {row.digest[0]: row.raw for row in rows} == {
        "c": None,
        "d": None,
        "e": b"To: bo@example.se",
    }


def test_the_ledger_still_adds_up_after_an_erasure(either_database: Engine) -> None:
    """Each delivery keeps its row and its state, under a name that means nobody."""
    with transaction(either_database) as connection:
        number = subscriber_with_history(connection)
        erase(connection, KEYS, EMAIL, NOW)

        rows = connection.execute(select(delivery).order_by(delivery.c.issue)).all()

    assert [(row.issue, row.state) for row in rows] == [
        ("2026-host", "pending"),
        ("2026-var", "accepted"),
    ]
    assert {row.email for row in rows} == {f"erased-{number}@invalid"}
    assert {(row.name, row.reason) for row in rows} == {(None, None)}


def test_the_chain_survives_an_erasure(database: Engine) -> None:
    """The consent log keeps its entries, which name nobody, and says that one was erased."""
    with transaction(database) as connection:
        number = subscriber_with_history(connection)
        erase(connection, KEYS, EMAIL, NOW, method="web")

        entries = consent.history(connection, number)
        assert [entry.consent.act for entry in entries] == [Act.CONFIRMED, Act.ADDED, Act.ERASED]
        assert entries[-1].consent.method == "web"
        assert {entry.text for entry in entries} == {None}
        assert consent.first_broken(connection) is None


def test_a_stranger_can_be_forgotten_too(database: Engine) -> None:
    """An address that is not on the list is kept out from now on; nothing was erased."""
    with transaction(database) as connection:
        assert not erase(connection, KEYS, "new@example.se", NOW)
        assert suppression.why_suppressed(connection, KEYS, "new@example.se") == Reason.ERASED


def test_an_address_like_another_is_left_alone(database: Engine) -> None:
    """Signs that mean "anything" to a database are letters in an address."""
    with transaction(database) as connection:
        subscriber_with_history(connection)

        assert not erase(connection, KEYS, "anna_akesson@example.se", NOW)
        assert not erase(connection, KEYS, "%@example.se", NOW)

        assert EMAIL in everything(connection)


@pytest.mark.parametrize(
    "mail",
    [
        b"To: anna.akesson@example.se",
        b"ANNA.AKESSON@Example.SE",
        b"anna.akes=\r\nson@example.se",
        b"Content-Transfer-Encoding: base64\r\n\r\nNTUwIGFubmEuYWtlc3NvbkBleGFtcGxlLnNl\r\n",
    ],
)
def test_an_address_is_found_as_mails_write_it(mail: bytes) -> None:
    """In capitals, where quoted-printable folds a line, and in a part in base64."""
    assert names(mail, EMAIL)
    assert not names(mail, "bo@example.se")
