"""What frozen issues tell, by permanent id."""

from sqlalchemy import Connection, Engine, update

from newsroom.database.tables import issue
from newsroom.delivery.ledger.freeze import freeze
from newsroom.delivery.ledger.mentions import Mention, read_mentions, told_before, write_mentions
from newsroom.model.issue_state import IssueState
from tests.delivery.sample_ledger import AT_ONCE, NOW, an_edition, approve_row

TOLD = (Mention("urn:x:ett", "news", "Ett"), Mention("urn:x:mote", "events", "Mötet"))


def freeze_with(connection: Connection, name: str, told: tuple[Mention, ...]) -> None:
    """An issue that tells these, frozen for nobody."""
    approve_row(connection, name)
    freeze(connection, an_edition(name, mentions=told), AT_ONCE, NOW)


def test_freezing_keeps_what_an_issue_tells(either_database: Engine) -> None:
    """The ids and titles stand in the ledger in the order of the letter."""
    with either_database.begin() as connection:
        freeze_with(connection, "2026-var", TOLD)

        assert read_mentions(connection, "2026-var") == TOLD


def test_other_issues_have_told_it_before(database: Engine) -> None:
    """An item is known by its id to every other issue, and an issue never tells of itself."""
    with database.begin() as connection:
        freeze_with(connection, "2026-var", TOLD)

        assert told_before(connection, "2026-host") == dict.fromkeys(
            ["urn:x:ett", "urn:x:mote"], "2026-var"
        )
        assert told_before(connection, "2026-var") == {}


def test_what_nobody_was_sent_is_no_old_news(database: Engine) -> None:
    """An issue that was called off, or let go before its first mail, told nobody."""
    with database.begin() as connection:
        freeze_with(connection, "2026-var", TOLD)
        connection.execute(update(issue).values(state=IssueState.CANCELLED))
        called_off = told_before(connection, "2026-host")
        connection.execute(update(issue).values(state=IssueState.APPROVED, frozen_at=None))

        assert (called_off, told_before(connection, "2026-host")) == ({}, {})


def test_a_second_freezing_forgets_the_first(database: Engine) -> None:
    """What an issue told when it was frozen before, and let go, is not kept."""
    with database.begin() as connection:
        freeze_with(connection, "2026-var", TOLD)
        write_mentions(connection, "2026-var", TOLD[1:])

        assert read_mentions(connection, "2026-var") == TOLD[1:]
