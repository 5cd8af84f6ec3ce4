"""Mails that came to the inbox, on both databases."""

from datetime import UTC, datetime

from sqlalchemy import Engine, select

from newsroom.database import incoming
from newsroom.database.incoming import KEPT, InboxMark, Incoming
from newsroom.database.tables import incoming as rows

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MAIL = Incoming("d" * 64, "bounce", b"Subject: \xff\0\r\n", "token", "asa@kommun.example")


def test_copies_stay_for_a_while(either_database: Engine) -> None:
    """A copy is thrown away after its time; that the mail was read is remembered."""
    with either_database.begin() as connection:
        incoming.keep(connection, MAIL, NOW)
        early = incoming.drop_copies(connection, NOW + KEPT)
        kept = connection.execute(select(rows.c.raw)).scalar_one()
        late = incoming.drop_copies(connection, NOW + KEPT * 2)
        left = connection.execute(select(rows.c.raw, rows.c.email)).one()

        assert (early, kept, late) == (0, MAIL.raw, 1)
        assert tuple(left) == (None, None)
        assert incoming.known_kind(connection, MAIL.digest) == ("bounce", "token")


def test_whom_a_provider_named_is_forgotten_too(either_database: Engine) -> None:
    """What a provider told is kept without a copy; after the same time it names nobody."""
    with either_database.begin() as connection:
        incoming.keep(
            connection, Incoming("e" * 64, "bounce", None, email="asa@kommun.example"), NOW
        )
        dropped = incoming.drop_copies(connection, NOW + KEPT * 2)

        assert dropped == 1
        assert connection.execute(select(rows.c.email)).scalar_one() is None


def test_a_mark_moves(either_database: Engine) -> None:
    """How far a mailbox was read is kept for each mailbox."""
    with either_database.begin() as connection:
        incoming.write_mark(connection, "one", InboxMark(4_000_000_000, 7))
        incoming.write_mark(connection, "one", InboxMark(4_000_000_000, 8))

        assert incoming.read_mark(connection, "one") == InboxMark(4_000_000_000, 8)
        assert incoming.read_mark(connection, "other") is None
