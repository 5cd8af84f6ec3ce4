import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, insert, select

from newsroom.database.tables import bounce, delivery, issue, metadata
from newsroom.model import SubscriberState
from newsroom.readers import consent, privacy, subscribers, suppression
from newsroom.readers.consent import Act, Consent
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EMAIL = "anna.akesson@example.se"


def test_a_copy_holds_everything(either_database: Engine) -> None:
    """The export names the person, consents with their words, deliveries and bounces, as JSON."""
    with either_database.begin() as connection:
        number = subscriber_with_history(connection)
        copy = privacy.export_person(connection, KEYS, EMAIL)

    assert json.loads(json.dumps(copy)) == copy
    assert copy["subscriber"]["name"] == "Anna Åkesson"
    assert copy["subscriber"]["tags"] == ["press"]
    assert copy["consent"][0]["wording"] == "Ja tack"
    assert [row["issue"] for row in copy["deliveries"]] == ["2026-host", "2026-var"]
    assert copy["deliveries"][0]["subscriber_id"] == number
    assert copy["bounces"][0]["diagnostic"] == f"550 {EMAIL} unknown"
    assert copy["suppressed"] is None


def test_a_copy_of_nobody_is_empty(database: Engine) -> None:
    """An address we do not know gives an empty copy."""
    with database.begin() as connection:
        copy = privacy.export_person(connection, KEYS, "nobody@example.se")

    assert copy["subscriber"] is None
    assert copy["consent"] == copy["deliveries"] == copy["bounces"] == []


def test_erasing_leaves_only_the_keyed_hash(either_database: Engine) -> None:
    """Neither the address nor the name is in any table, and the address is kept out."""
    with either_database.begin() as connection:
        subscriber_with_history(connection)

        assert privacy.forget(connection, KEYS, EMAIL, NOW)

        left = everything(connection)
        assert EMAIL not in left
        assert "Åkesson" not in left
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.ERASED


def test_the_ledger_still_adds_up_after_an_erasure(either_database: Engine) -> None:
    """Each delivery keeps its row and its state, under a name that means nobody."""
    with either_database.begin() as connection:
        number = subscriber_with_history(connection)
        privacy.forget(connection, KEYS, EMAIL, NOW)

        rows = connection.execute(select(delivery).order_by(delivery.c.issue)).all()

    assert [(row.issue, row.state) for row in rows] == [
        ("2026-host", "pending"),
        ("2026-var", "accepted"),
    ]
    assert {row.email for row in rows} == {f"erased-{number}@invalid"}
    assert {row.name for row in rows} == {None}


def test_the_chain_survives_an_erasure(database: Engine) -> None:
    """The consent log keeps its entries, which name nobody, and says that one was erased."""
    with database.begin() as connection:
        number = subscriber_with_history(connection)
        privacy.forget(connection, KEYS, EMAIL, NOW)

        acts = [entry.consent.act for entry in consent.history(connection, number)]
        assert acts == [Act.CONFIRMED, Act.ERASED]
        assert consent.first_broken(connection) is None


def test_a_stranger_can_be_forgotten_too(database: Engine) -> None:
    """An address that is not on the list is kept out from now on; nothing was erased."""
    with database.begin() as connection:
        assert not privacy.forget(connection, KEYS, "new@example.se", NOW)
        assert suppression.why_suppressed(connection, KEYS, "new@example.se") == Reason.ERASED


def test_those_who_never_confirmed_are_gone_within_fourteen_days(either_database: Engine) -> None:
    """A pending row vanishes after its link ran out, without leaving a hash behind."""
    with either_database.begin() as connection:
        waiting = NewSubscriber("new@example.se", SubscriberState.PENDING, "sv")
        (number,) = subscribers.add(connection, [waiting], NOW)
        subscribers.open_confirmation(connection, number, "d" * 64, NOW + timedelta(days=7))

        assert privacy.expire(connection, KEYS, NOW + timedelta(days=13)) == 0
        assert privacy.expire(connection, KEYS, NOW + timedelta(days=13, hours=1)) == 1
        assert subscribers.find(connection, "new@example.se") is None
        assert suppression.why_suppressed(connection, KEYS, "new@example.se") is None


def test_the_proof_of_those_who_left_is_kept_two_years(database: Engine) -> None:
    """Somebody who left is a row for 24 months, then only a hash; the others stay."""
    with database.begin() as connection:
        number = subscriber_with_history(connection)
        other = NewSubscriber("bo@example.se", SubscriberState.ACTIVE, "sv")
        subscribers.add(connection, [other], NOW)
        subscribers.set_state(connection, number, SubscriberState.UNSUBSCRIBED, NOW)

        assert privacy.expire(connection, KEYS, NOW + timedelta(days=700)) == 0
        assert privacy.expire(connection, KEYS, NOW + timedelta(days=731)) == 1
        assert EMAIL not in everything(connection)
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.LEFT
        assert subscribers.find(connection, "bo@example.se") is not None


def subscriber_with_history(connection: Connection) -> int:
    """Anna, who confirmed, was sent one issue, is queued for another, and bounced once."""
    person = NewSubscriber(EMAIL, SubscriberState.ACTIVE, "sv", "Anna Åkesson", ("press",))
    (number,) = subscribers.add(connection, [person], NOW)
    words = consent.keep_wording(connection, "Ja tack")
    consent.record(connection, Consent(number, Act.CONFIRMED, NOW, "web", wording=words))
    for name, state in (("2026-var", "accepted"), ("2026-host", "pending")):
        connection.execute(insert(issue).values(name=name, state="sending", updated=NOW))
        connection.execute(insert(delivery).values(_delivery(name, number, state)))
    connection.execute(
        insert(bounce).values(
            digest="b" * 64,
            email=EMAIL,
            severity="soft",
            diagnostic=f"550 {EMAIL} unknown",
            suppressed=False,
            at=NOW,
        )
    )
    return number


def _delivery(name: str, number: int, state: str) -> dict[str, object]:
    return {
        "issue": name,
        "subscriber_id": number,
        "email": EMAIL,
        "name": "Anna Åkesson",
        "lang": "sv",
        "lane": "example.se",
        "batch": 1,
        "place": 0.0,
        "state": state,
        "attempts": 0,
        "message_id": f"<{name}.{number}@example.se>",
        "updated": NOW,
    }


def everything(connection: Connection) -> str:
    """All rows of all tables, as text."""
    tables = metadata.sorted_tables
    return "\n".join(str(row) for table in tables for row in connection.execute(select(table)))
