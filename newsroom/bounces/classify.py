"""What a message in the inbox is, and what it says of whose address.

The standards are asked first: a reader's complaint (RFC 5965), a report of delivery (RFC 3464), an
answer by a program (RFC 3834). Mail systems that are older or more careless write a text, which is
known by its sender and its words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from newsroom.bounces.addresses import addresses_in
from newsroom.bounces.notices import is_from_a_system, is_no_failure
from newsroom.bounces.opened import Opened, open_message
from newsroom.bounces.prose import told_by
from newsroom.bounces.replies import answers_by_itself, is_challenge, is_receipt
from newsroom.bounces.report import Told, told_in
from newsroom.bounces.verdict import enhanced_status, reply_code, severity
from newsroom.model.delivery import BounceSeverity

_LONGEST_DIAGNOSTIC = 500  # characters
_NO_COMPLAINT = {"not-spam", "auth-failure", "dkim"}  # RFC 6650 section 4, RFC 6591
# A host that took the address (RCPT) and calls it unknown once it has the text has it, or had it:
# some of the large ones refuse a message in these words, so the reader is not struck for them.
_AFTER_THE_TEXT = re.compile(
    r"in\s+reply\s+to\s+end\s+of\s+DATA|after\s+end\s+of\s+data|our\s+final\s+DATA|"
    r">>>\s*DATA\s*\n<<<\s*5[^\n]*\n554 5\.0\.0 Service unavailable|SMTP command\s+DATA\b",
    re.IGNORECASE,
)


_MOST_RECIPIENTS = 100  # that one message is taken to tell of


class MailKind(StrEnum):
    """What a message in the inbox is."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"  # a reader called our mail spam
    AUTO_REPLY = "auto-reply"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Returned:
    """What a message says of one recipient."""

    email: str | None  # as the mail names it; None where it names nobody
    severity: BounceSeverity
    status: str | None = None  # RFC 3463
    diagnostic: str | None = None  # in the mail system's words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message is, and whom it tells of."""

    kind: MailKind
    recipients: tuple[Returned, ...] = ()

    @property
    def severity(self) -> BounceSeverity:
        """What it comes to: of several recipients the mildest, so that nobody is wronged."""
        order = list(BounceSeverity)
        known = [one.severity for one in self.recipients]
        return max(known, key=order.index, default=BounceSeverity.UNKNOWN)


def classify(message: bytes) -> Verdict:
    """The verdict on a message, whatever it is; nothing is raised."""
    return judge(open_message(message))


def judge(mail: Opened) -> Verdict:
    """The verdict on a message that was opened."""
    if mail.feedback or _is_complaint(mail):
        return _complaint(mail)
    told = tuple(told_in(mail.reports))
    if told:
        return _reported(mail, told)
    if is_receipt(mail):
        return Verdict(MailKind.OTHER)
    if is_from_a_system(mail):
        return _written(mail)
    if is_challenge(mail):
        return Verdict(MailKind.OTHER)
    if answers_by_itself(mail):
        return Verdict(MailKind.AUTO_REPLY)
    return Verdict(MailKind.OTHER)


def _is_complaint(mail: Opened) -> bool:
    """Whether it is a complaint without the report's fields; Outlook.com sends such (JMRP)."""
    return (
        "message/feedback-report" in mail.kinds
        or bool(mail.original.every("x-hmxmroriginalrecipient"))
        or mail.head.first("subject").lower().startswith("complaint about message from")
    )


def _complaint(mail: Opened) -> Verdict:
    feedback = mail.feedback
    if feedback.first("feedback-type").lower() in _NO_COMPLAINT:
        return Verdict(MailKind.OTHER)
    named = [
        *feedback.every("original-rcpt-to"),
        *feedback.every("removal-recipient"),
        *feedback.every("redacted-address"),
        mail.original.first("x-hmxmroriginalrecipient", "to"),
    ]
    emails = dict.fromkeys(email for value in named for email in addresses_in(value))
    first = next(iter(emails), None)
    if first is None:
        return Verdict(MailKind.COMPLAINT)
    return Verdict(MailKind.COMPLAINT, (Returned(first, BounceSeverity.UNKNOWN),))


def _reported(mail: Opened, told: tuple[Told, ...]) -> Verdict:
    failed = [one for one in told if one.action == "failed"]
    if not failed:
        return Verdict(MailKind.OTHER)
    return _bounce(mail, failed)


def _written(mail: Opened) -> Verdict:
    return Verdict(MailKind.OTHER) if is_no_failure(mail) else _bounce(mail, told_by(mail))


def _bounce(mail: Opened, told: Iterable[Told]) -> Verdict:
    recipients: dict[str, Returned] = {}
    for one in islice(told, _MOST_RECIPIENTS):
        email = one.email or next(addresses_in(mail.original.first("x-original-to", "to")), "")
        recipients.setdefault(email.lower(), _returned(mail, replace(one, email=email)))
    return Verdict(MailKind.BOUNCE, tuple(recipients.values()))


def _returned(mail: Opened, told: Told) -> Returned:
    """The severity from what belongs to the recipient; only if that says nothing, from it all."""
    status = told.status or enhanced_status(told.words)
    kind = severity(reply_code(told.words), status, told.words)
    if kind is BounceSeverity.UNKNOWN:
        words = f"{told.words}\n{mail.words}"
        status = status or enhanced_status(words)
        kind = severity(reply_code(words), status, f"{words}\n{mail.head.first('subject')}")
    if kind is BounceSeverity.HARD and _AFTER_THE_TEXT.search(f"{told.words}\n{mail.words}"):
        kind = BounceSeverity.POLICY
    shown = " ".join((told.words or mail.words).split())[:_LONGEST_DIAGNOSTIC]
    return Returned(told.email or None, kind, status, shown or None)
