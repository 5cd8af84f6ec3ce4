from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, text

from newsroom.database import reading, transaction
from newsroom.database.tables import consent_event
from newsroom.readers.consent import (
    Act,
    Consent,
    drop_words_of,
    first_broken,
    history,
    keep_wording,
    record,
)

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


def three_entries(database: Engine) -> None:
    """One person asks, confirms and leaves."""
    with database.begin() as connection:
        words = keep_wording(connection, "Jag vill ha nyhetsbrevet.")
        record(
            connection,
            Consent(1, Act.REQUESTED, NOW, "web", "https://example.se/prenumerera/", words),
            Consent(1, Act.CONFIRMED, NOW + timedelta(hours=1), "web"),
        )
        record(connection, Consent(1, Act.LEFT, NOW + timedelta(days=1), "one-click"))


def test_the_words_shown_can_be_read_again(either_database: Engine) -> None:
    """A person's history gives times, acts and the exact wording, in order."""
    three_entries(either_database)

    with either_database.begin() as connection:
        entries = history(connection, 1)

    assert [entry.consent.act for entry in entries] == [Act.REQUESTED, Act.CONFIRMED, Act.LEFT]
    assert entries[0].text == "Jag vill ha nyhetsbrevet."
    assert entries[0].consent.at == NOW
    assert entries[1].text is None


def test_a_wording_is_kept_once(either_database: Engine) -> None:
    """The same words give the same digest and one row."""
    with either_database.begin() as connection:
        digests = {keep_wording(connection, "Ja tack") for _ in range(3)}

    assert len(digests) == 1


def test_an_untouched_chain_is_whole(either_database: Engine) -> None:
    """Nothing is broken, with entries or without."""
    with either_database.begin() as connection:
        assert first_broken(connection) is None

    three_entries(either_database)

    with either_database.begin() as connection:
        assert first_broken(connection) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consent_event SET event = 'left' WHERE id = 2",
        "UPDATE consent_event SET event = 'never heard of' WHERE id = 2",
        "UPDATE consent_event SET subscriber_id = 9 WHERE id = 2",
        "UPDATE consent_event SET method = 'paper' WHERE id = 2",
        "UPDATE consent_event SET source = 'elsewhere' WHERE id = 2",
        "UPDATE consent_event SET at = '2020-01-01 00:00:00' WHERE id = 2",
        "UPDATE consent_event SET id = 20 WHERE id = 2",
        "DELETE FROM consent_event WHERE id = 2",
    ],
)
def test_a_changed_entry_is_found(database: Engine, change: str) -> None:
    """Changing, moving or removing an entry breaks the chain at its number."""
    three_entries(database)
    with database.begin() as connection:
        connection.execute(text(change))

    with database.begin() as connection:
        assert first_broken(connection) == 2


def test_a_chain_cannot_be_mended_by_hand(database: Engine) -> None:
    """Taking out an entry and renumbering the rest is found all the same."""
    three_entries(database)
    with database.begin() as connection:
        connection.execute(delete(consent_event).where(consent_event.c.id == 2))
        connection.execute(text("UPDATE consent_event SET id = 2 WHERE id = 3"))

    with database.begin() as connection:
        assert first_broken(connection) == 2


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ("DELETE FROM consent_event WHERE id = 3", 3),
        ("DELETE FROM consent_event WHERE id >= 2", 2),
        ("DELETE FROM consent_event", 1),
    ],
)
def test_a_cut_end_is_missed(either_database: Engine, change: str, missed: int) -> None:
    """Entries taken off the end are missed, also after others have been written."""
    three_entries(either_database)
    with transaction(either_database) as connection:
        connection.execute(text(change))

    with reading(either_database) as connection:
        assert first_broken(connection) == missed
    with transaction(either_database) as connection:
        record(connection, Consent(2, Act.IMPORTED, NOW, "import"))
    with reading(either_database) as connection:
        assert first_broken(connection) == missed


def test_words_of_one_person_alone_are_forgotten(either_database: Engine) -> None:
    """Words that others agreed to as well stay; those that stood for one person go."""
    with transaction(either_database) as connection:
        shared, own = keep_wording(connection, "Ja tack"), keep_wording(connection, "Anna sa ja")
        for number in (1, 2):
            record(connection, Consent(number, Act.REQUESTED, NOW, "web", wording=shared))
        record(connection, Consent(1, Act.ADDED, NOW, "command", wording=own))

        drop_words_of(connection, 1)

        assert [entry.text for entry in history(connection, 1)] == ["Ja tack", None]
        assert first_broken(connection) is None


def test_recording_nothing_changes_nothing(database: Engine) -> None:
    """No consents, no rows."""
    with database.begin() as connection:
        record(connection)

        assert history(connection, 1) == ()
