"""Mails that come back for copies of an issue, and readers who get them."""

from sqlalchemy import Engine, select, update

from newsroom.database.tables import bounce, delivery, subscriber
from newsroom.delivery.ledger.freeze import freeze
from newsroom.delivery.sending.course import release
from newsroom.model.delivery import DeliveryState
from newsroom.readers.return_address import return_address, return_token
from tests.delivery.sample_ledger import AT_ONCE, NOW, add_readers, an_edition, approve_row

KEYS = (b"a secret of the newsroom",)
ASA = "asa@kommun.example"
MAILBOX = "studs@example.se"


def freeze_issues(database: Engine, *names: str, emails: tuple[str, ...] = (ASA,)) -> None:
    """Issues on their way to the same readers."""
    with database.begin() as connection:
        add_readers(connection, emails)
        for name in names:
            approve_row(connection, name)
            freeze(connection, an_edition(name), AT_ONCE, NOW)


def hand_over(
    database: Engine, issue: str = "2026-var", state: DeliveryState = DeliveryState.ACCEPTED
) -> None:
    """Every copy of an issue as it is after a server was asked to take it."""
    with database.begin() as connection:
        release(connection, issue, NOW)
        connection.execute(
            update(delivery).where(delivery.c.issue == issue).values(state=state, updated=NOW)
        )


def delivery_state(database: Engine, issue: str = "2026-var") -> str:
    """Where the one copy of an issue stands."""
    with database.begin() as connection:
        found: str = connection.execute(
            select(delivery.c.state).where(delivery.c.issue == issue)
        ).scalar_one()
        return found


def message_id(database: Engine, issue: str = "2026-var", email: str = ASA) -> str:
    """The Message-ID of one reader's copy."""
    with database.begin() as connection:
        found: str = connection.execute(
            select(delivery.c.message_id).where(
                delivery.c.issue == issue, delivery.c.email == email
            )
        ).scalar_one()
        return found


def verp(database: Engine, issue: str = "2026-var", email: str = ASA) -> str:
    """The address that one reader's copy comes back to."""
    with database.begin() as connection:
        number = connection.execute(
            select(subscriber.c.id).where(subscriber.c.email == email)
        ).scalar_one()
    return return_address(MAILBOX, return_token(KEYS[0], issue, number))


def came_back(
    status: str = "5.1.1",
    *,
    to: str = MAILBOX,
    message_id: str = "<nothing@elsewhere.example>",
    envelope: str = "",
    named: str = ASA,
    words: str = "",
) -> bytes:
    """A delivery report on a copy."""
    envelope_line = f"Original-Envelope-Id: {envelope}\n" if envelope else ""
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n{envelope_line}\n"
        f"Final-Recipient: rfc822; {named}\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} {words}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nTo: {named}\n"
        "Subject: Nytt\n\n--b--\n"
    ).encode()


def complained(message_id: str) -> bytes:
    """A feedback report on a copy (RFC 5965)."""
    return (
        "From: feedback@isp.example\nTo: studs@example.se\nSubject: FW: Nytt\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {message_id}\n"
        "Subject: Nytt\n\nHej\n--b--\n"
    ).encode()


def state_of(database: Engine, email: str = ASA) -> str:
    """Where a reader stands."""
    with database.begin() as connection:
        found: str = connection.execute(
            select(subscriber.c.state).where(subscriber.c.email == email)
        ).scalar_one()
        return found


def on_record(database: Engine) -> list[tuple[str, str, str]]:
    """Each bounce: its issue, whose copy it was, its severity."""
    with database.begin() as connection:
        rows = connection.execute(
            select(bounce.c.issue, bounce.c.email, bounce.c.severity).order_by(bounce.c.id)
        )
        return [(row.issue, row.email, row.severity) for row in rows]
