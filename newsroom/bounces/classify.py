"""Tells what a message in the inbox is (bounce, complaint, reply), and whom it is about.

The standards are asked first: a reader's complaint (RFC 5965), a report of delivery (RFC 3464), an
answer by a program (RFC 3834). Mail systems that are older or more careless write a text, which is
known by its sender and its words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from newsroom.bounces.addresses import addresses_in
from newsroom.bounces.cause import Cause
from newsroom.bounces.diagnostic import diagnostic
from newsroom.bounces.notices import is_from_a_system, is_no_failure
from newsroom.bounces.opened import Opened, open_message
from newsroom.bounces.prose import told_by
from newsroom.bounces.replies import answers_by_itself, is_challenge, is_receipt
from newsroom.bounces.report import Told, told_in
from newsroom.bounces.stage import Stage, stage_in
from newsroom.bounces.verdict import cause, enhanced_status, reply_code
from newsroom.model.delivery import BounceSeverity

_NO_COMPLAINT = {"not-spam", "auth-failure", "dkim"}  # RFC 6650 section 4, RFC 6591
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
    cause: Cause
    status: str | None = None  # RFC 3463
    diagnostic: str | None = None  # in the mail system's words

    @property
    def severity(self) -> BounceSeverity:
        """How the address is to be taken."""
        return self.cause.severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message is, and whom it tells of."""

    kind: MailKind
    recipients: tuple[Returned, ...] = ()

    @property
    def cause(self) -> Cause:
        """What it comes to: of several recipients the mildest, so that nobody is wronged."""
        order = list(BounceSeverity)
        known = [one.cause for one in self.recipients]
        return max(known, key=lambda why: order.index(why.severity), default=Cause.UNKNOWN)


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
    emails = [email for value in _complainers(mail) for email in addresses_in(value)]
    told = (Returned(emails[0], Cause.UNKNOWN),) if emails else ()
    return Verdict(MailKind.COMPLAINT, told)


def _complainers(mail: Opened) -> Iterator[str]:
    """Where a complaint names who complained, best first; providers redact some of these."""
    for name in ("original-rcpt-to", "removal-recipient", "redacted-address"):
        yield from mail.feedback.every(name)
    yield mail.original.first("x-hmxmroriginalrecipient", "to")


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
    """The cause from what belongs to the recipient; only if that says nothing, from it all."""
    stage = told.stage
    for words in (told.words, mail.words):
        stage = stage_in(words) if stage is Stage.NOT_SAID else stage
    status = told.status or enhanced_status(told.words)
    why = cause(reply_code(told.words), status, told.words, stage)
    if why is Cause.UNKNOWN:
        words = f"{told.words}\n{mail.words}"
        status = status or enhanced_status(words)
        why = cause(reply_code(words), status, f"{words}\n{mail.head.first('subject')}", stage)
    return Returned(told.email or None, why, status, diagnostic(told.words or mail.words))
