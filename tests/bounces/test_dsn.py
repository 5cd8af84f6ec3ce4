"""Delivery status notifications."""

from email import message_from_string

import pytest

from newsroom.bounces.dsn import Failure, read_dsn
from newsroom.model.delivery import BounceSeverity

NOTIFICATION = """\
From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: studs@example.se
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

{fields}

--b--
"""


def read(*fields: str) -> tuple[Failure, ...]:
    """What a notification with these fields reports."""
    return read_dsn(message_from_string(NOTIFICATION.replace("{fields}", "\n".join(fields))))


def test_failed_recipient() -> None:
    """The address, the status and the server's words of a failure."""
    found = read(
        "Final-Recipient: rfc822; Anna@a.example",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 <anna@a.example>:",
        "  no such user",
    )

    words = "550 5.1.1 <anna@a.example>: no such user"
    assert found == (Failure("anna@a.example", BounceSeverity.HARD, "5.1.1", words),)


def test_two_recipients() -> None:
    """Each group of fields is one recipient; the original address is the one we wrote to."""
    found = read(
        "Original-Recipient: rfc822;anna@a.example",
        "Final-Recipient: rfc822;other@b.example",
        "Action: failed",
        "Status: 5.2.2",
        "",
        "Final-Recipient: rfc822; bo@b.example",
        "Action: failed",
        "Status: 5.0.0",
        "Diagnostic-Code: smtp; 550 5.7.1 blocked",
    )

    assert [(f.email, f.severity, f.status) for f in found] == [
        ("anna@a.example", "soft", "5.2.2"),
        ("bo@b.example", "policy", "5.7.1"),
    ]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_no_failure(action: str) -> None:
    """A report of delay, delivery or relaying is no bounce."""
    fields = ("Final-Recipient: rfc822; a@a.example", f"Action: {action}", "Status: 4.4.1")

    assert read(*fields) == ()


def test_ordinary_mail() -> None:
    """A mail that reports nothing names nobody."""
    assert read_dsn(message_from_string("Subject: Re: Nyhetsbrev\n\nTack!\n")) == ()


@pytest.mark.parametrize("cut", range(0, 700, 50))
def test_truncated_notification(cut: int) -> None:
    """A notification that was cut off anywhere is read without an error."""
    whole = NOTIFICATION.replace("{fields}", "Final-Recipient: rfc822; a@a.example\nAction: failed")

    assert len(read_dsn(message_from_string(whole[:cut]))) <= 1
