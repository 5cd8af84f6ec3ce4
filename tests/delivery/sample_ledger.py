"""A list of readers and an issue on its way to them, in whatever database a test has."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, insert

from newsroom.database import transaction
from newsroom.database.tables import issue, subscriber
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.delivery.ledger.freeze import Edition, freeze
from newsroom.delivery.sending.course import release
from newsroom.model import Audience, Sending

NOW = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)  # a Tuesday, 09.00 in Stockholm
AT_ONCE = Sending(pace=None, lane_pace=None, hours=None, canary=None, undo=timedelta(0))


def add_readers(connection: Connection, emails: Iterable[str], **values: object) -> None:
    """Active readers with these addresses."""
    fields = {"state": "active", "lang": "sv", "tags": [], "since": NOW, **values}
    rows = [{"email": email, **fields} for email in emails]
    if rows:
        connection.execute(insert(subscriber), rows)


def approve_row(connection: Connection, name: str = "2026-var", content_hash: str = "h") -> None:
    """The issue's row, as an approval leaves it."""
    connection.execute(
        insert(issue).values(name=name, state="approved", content_hash=content_hash, updated=NOW)
    )


def keep_yes(database: Engine, given: Approval) -> None:
    """Somebody has said yes to an issue."""
    with transaction(database) as connection:
        keep_approval(connection, given)


def an_edition(name: str = "2026-var", **values: object) -> Edition:
    """An edition with a Swedish and an English letter."""
    fields: dict[str, object] = {
        "issue": name,
        "content_hash": "h",
        "subject": "Nyhetsbrev våren 2026",
        "letters": {"sv": {"words": "Hej"}, "en": {"words": "Hello"}},
        "default_lang": "sv",
        "audience": Audience(),
        "first_url": "https://nyheter.example.se",
        "sender_domain": "example.se",
    }
    return Edition(**{**fields, **values})  # type: ignore[arg-type]


def freeze_now(database: Engine, emails: Iterable[str], sending: Sending = AT_ONCE) -> None:
    """An issue that is frozen for these readers."""
    with database.begin() as connection:
        add_readers(connection, emails)
        approve_row(connection)
        freeze(connection, an_edition(), sending, NOW)


def sending_now(database: Engine, emails: Iterable[str], sending: Sending = AT_ONCE) -> None:
    """An issue that is being sent to these readers."""
    freeze_now(database, emails, sending)
    with database.begin() as connection:
        release(connection, "2026-var", NOW)


def addresses(number: int, domain: str = "kommun.example") -> list[str]:
    """So many addresses at one domain."""
    return [f"reader{n}@{domain}" for n in range(number)]
