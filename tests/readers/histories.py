"""A reader with something in every table, for what is shown, kept and erased."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from newsroom.database import incoming
from newsroom.database.incoming import Incoming
from newsroom.database.tables import bounce, delivery, issue, metadata
from newsroom.model import SubscriberState
from newsroom.model.single_mail import Purpose
from newsroom.readers import consent, mail_caps, subscribers
from newsroom.readers.consent import Act, Consent
from newsroom.readers.subscribers import NewSubscriber

KEYS = [b"secret"]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EMAIL = "anna.akesson@example.se"


def subscriber_with_history(connection: Connection) -> int:
    """Anna, who confirmed, was sent one issue, is queued for another, and bounced once."""
    person = NewSubscriber(EMAIL, SubscriberState.ACTIVE, "sv", "Anna Åkesson", ("press",))
    (number,) = subscribers.add(connection, [person], NOW)
    words = consent.keep_wording(connection, "Ja tack")
    vouched = consent.keep_wording(connection, "Anna Åkesson sa ja på mötet")
    consent.record(
        connection,
        Consent(number, Act.CONFIRMED, NOW, "web", wording=words),
        Consent(number, Act.ADDED, NOW, "command", wording=vouched),
    )
    mail_caps.may_mail(connection, KEYS, EMAIL, Purpose.CONFIRM, NOW)
    for name, state in (("2026-var", "accepted"), ("2026-host", "pending")):
        connection.execute(
            insert(issue).values(name=name, state="sending", frozen_at=NOW, updated=NOW)
        )
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
    returned = b"Final-Recipient: rfc822; Anna.Akes=\r\nson@example.se\r\n"
    incoming.keep(connection, Incoming("c" * 64, "bounce", returned), NOW)
    about = Incoming("d" * 64, "bounce", b"550 unknown", "token", EMAIL)
    incoming.keep(connection, about, NOW)
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
        "reason": f"<{EMAIL.title()}>: greylisted",
        "attempts": 0,
        "message_id": f"<{name}.{number}@example.se>",
        "updated": NOW,
    }


def everything(connection: Connection) -> str:
    """All rows of all tables, as text in small letters."""
    tables = metadata.sorted_tables
    rows = "\n".join(str(row) for table in tables for row in connection.execute(select(table)))
    return rows.lower()
