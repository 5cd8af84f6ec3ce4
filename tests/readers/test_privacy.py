import json

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.tables import metadata
from newsroom.readers import privacy, standing, subscribers
from newsroom.readers.suppression import Reason
from tests.readers.histories import EMAIL, KEYS, NOW, subscriber_with_history

NOT_THEIRS = {  # tables that hold nothing about a reader
    *("announcement", "approval", "batch", "consent_head", "issue", "job_run"),
    *("inbox_mark", "letter", "rate"),
}
SHOWN_AS = {
    "subscriber": "subscriber",
    "consent_event": "consent",
    "wording": "consent",
    "delivery": "deliveries",
    "bounce": "bounces",
    "notice": "mails_from_forms",
    "outbox": "mails_that_wait",
    "incoming": "mails_that_came_back",
    "suppression": "suppressed",
}


def test_a_copy_holds_everything(either_database: Engine) -> None:
    """The copy has the person, consents with their words, deliveries and bounces, as JSON."""
    with transaction(either_database) as connection:
        number = subscriber_with_history(connection)
        copy = privacy.export_person(connection, KEYS, EMAIL)

    assert json.loads(json.dumps(copy)) == copy
    assert copy["subscriber"]["name"] == "Anna Åkesson"
    assert copy["subscriber"]["tags"] == ["press"]
    assert [entry["wording"] for entry in copy["consent"]] == [
        "Ja tack",
        "Anna Åkesson sa ja på mötet",
    ]
    assert [row["issue"] for row in copy["deliveries"]] == ["2026-host", "2026-var"]
    assert copy["deliveries"][0]["subscriber_id"] == number
    assert copy["bounces"][0]["diagnostic"] == f"550 {EMAIL} unknown"
    assert [row["kind"] for row in copy["mails_from_forms"]] == ["confirm"]
    assert [row["known_by"] for row in copy["mails_that_came_back"]] == ["token"]
    assert copy["suppressed"] == []


def test_every_table_about_readers_is_in_the_copy() -> None:
    """A table is in the copy, or is known to say nothing of readers: a new one needs a decision."""
    about_readers = {
        table.name
        for table in metadata.sorted_tables
        if {"email", "subscriber_id", "address_hash"} & set(table.c.keys())
    }

    assert about_readers <= SHOWN_AS.keys()
    assert not SHOWN_AS.keys() & NOT_THEIRS


def test_a_copy_says_why_nothing_is_sent(either_database: Engine) -> None:
    """Somebody who bounced reads that, and since when."""
    with transaction(either_database) as connection:
        subscriber_with_history(connection)
        standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)

        copy = privacy.export_person(connection, KEYS, EMAIL)

    assert copy["suppressed"] == [{"reason": "bounced", "at": "2026-11-22T09:00:00Z"}]
    assert copy["subscriber"]["state"] == "suppressed"


def test_a_copy_has_the_deliveries_of_a_former_address(database: Engine) -> None:
    """What was sent is found by the person, not only by how the address is written."""
    with transaction(database) as connection:
        number = subscriber_with_history(connection)
        subscribers.remove(connection, number)

        copy = privacy.export_person(connection, KEYS, EMAIL)

    assert copy["subscriber"] is None
    assert len(copy["deliveries"]) == 2


def test_a_copy_of_nobody_is_empty(database: Engine) -> None:
    """An address we do not know gives an empty copy."""
    with reading(database) as connection:
        copy = privacy.export_person(connection, KEYS, "nobody@example.se")

    assert copy["subscriber"] is None
    assert copy["consent"] == copy["deliveries"] == copy["bounces"] == []
