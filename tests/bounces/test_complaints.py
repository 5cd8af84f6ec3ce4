"""Readers' complaints in the shapes that mail hosts send them (RFC 5965, and what came before)."""

from base64 import b64encode

import pytest

from newsroom.bounces.classify import MailKind, classify
from newsroom.bounces.opened import open_message
from newsroom.bounces.traces import traces

ASA = "asa@mottagare.example"
VERP = "studs+mfrggzdfmztwq2lknnwg23tpobyxe43u@example.se"
OURS = "Message-ID: <1@news.example.se>\nFrom: nyhetsbrev@example.se\nSubject: Nytt\n"
HEAD = "From: feedback@isp.example\nTo: studs@example.se\nSubject: FW: Nytt\nMIME-Version: 1.0\n"
ARF = f"{HEAD}Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
ABUSE = "Feedback-Type: abuse\nUser-Agent: isp/1\nVersion: 1\n"


def part(kind: str, text: str) -> str:
    """One part of a report."""
    return f"--b\nContent-Type: {kind}\n\n{text}\n"


def report(fields: str, original: str = OURS, kind: str = "message/rfc822") -> str:
    """A report in the form of the standard."""
    told = part("text/plain", "This is an email abuse report for a message from 192.0.2.1.")
    feedback = part("message/feedback-report", fields)
    returned = part(kind, original + "\nHej")
    return f"{ARF}{told}{feedback}{returned}--b--\n"


JUNKED = f"X-HmXmrOriginalRecipient: <{ASA}>\n{OURS}\nHej\n"
TO_ASA = f"{OURS}To: Åsa <{ASA}>\n"
ENCODED = b64encode(f"{ABUSE}Original-Rcpt-To: {ASA}\n".encode()).decode()
BASE64 = "message/feedback-report\nContent-Transfer-Encoding: base64"
SHAPES = {
    "the standard's shortest": report(ABUSE, TO_ASA),
    "the standard's longest": report(
        f"{ABUSE}Original-Mail-From: <{VERP}>\nOriginal-Rcpt-To: <{ASA}>\n"
        "Arrival-Date: Thu, 8 Mar 2005 14:00:00 EDT\nReporting-MTA: dns; mail.isp.example\n"
        f"Source-IP: 192.0.2.1\nAuthentication-Results: isp.example; spf=fail\n"
        "Reported-Domain: example.se\nReported-Uri: https://example.se/\n"
    ),
    "headers only": report(f"{ABUSE}Original-Rcpt-To: {ASA}\n", kind="text/rfc822-headers"),
    "the recipient in the message alone": report(ABUSE, TO_ASA, "text/rfc822-headers"),
    "with its type": report(f"{ABUSE}Original-Rcpt-To: rfc822;{ASA}\n"),
    "capitals": report(f"FEEDBACK-TYPE: Abuse\nVERSION: 1\nORIGINAL-RCPT-TO: <{ASA}>\n"),
    "folded": report(f"{ABUSE}Original-Rcpt-To:\n <{ASA}>\n"),
    "fraud": report(f"Feedback-Type: fraud\nVersion: 1\nOriginal-Rcpt-To: {ASA}\n"),
    "virus": report(f"Feedback-Type: virus\nVersion: 1\nOriginal-Rcpt-To: {ASA}\n"),
    "other": report(f"Feedback-Type: other\nVersion: 1\nOriginal-Rcpt-To: {ASA}\n"),
    "the older removal": report(
        f"Feedback-Type: opt-out\nVersion: 0.1\nRemoval-Recipient: {ASA}\n"
    ),
    "Yahoo": report(
        f"Feedback-Type: abuse\nUser-Agent: Yahoo!-Mail-Feedback/2.0\nVersion: 0.1\n"
        f"Original-Mail-From: <{VERP}>\nOriginal-Rcpt-To: {ASA}\nReported-Domain: example.se\n",
        f"{OURS}To: redacted\n",
    ),
    "Outlook.com": (
        "From: <staff@hotmail.com>\nTo: studs@example.se\n"
        "Subject: complaint about message from 192.0.2.1\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        f"{part('message/rfc822', JUNKED)}--b--\n"
    ),
    "Outlook.com, its message alone": (
        "From: <staff@hotmail.com>\nSubject: complaint about message from 192.0.2.1\n"
        f"Content-Type: message/rfc822\n\n{JUNKED}"
    ),
    "a part in base64": f"{ARF}{part(BASE64, ENCODED)}{part('message/rfc822', OURS)}--b--\n",
    "pasted into a text": f"{HEAD}\nReport:\n\n{ABUSE}Original-Rcpt-To: {ASA}\n\n{OURS}\nHej\n",
    "cut off": report(f"{ABUSE}Original-Rcpt-To: {ASA}\n").removesuffix("--b--\n")[:-20],
}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("shape", SHAPES)
def test_who_complained(shape: str, ends: str) -> None:
    """Whatever its shape, a complaint is one and names the reader; its line ends do not matter."""
    verdict = classify(SHAPES[shape].replace("\n", ends).encode())

    assert verdict.kind is MailKind.COMPLAINT
    assert [one.email for one in verdict.recipients] == [ASA]


def test_a_complaint_without_a_name_is_known_by_what_we_sent() -> None:
    """A host that blackens out the reader leaves our return address, or our Message-ID."""
    message = report(f"{ABUSE}Original-Mail-From: <{VERP}>\n", f"{OURS}To: undisclosed\n").encode()

    found = traces(open_message(message))

    assert classify(message).kind is MailKind.COMPLAINT
    assert VERP in found.return_addresses
    assert found.message_ids == ("<1@news.example.se>",)


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "dkim"])
def test_what_is_no_complaint(kind: str) -> None:
    """That something was no spam, or failed a check of signatures, is nobody's complaint."""
    message = report(f"Feedback-Type: {kind}\nVersion: 1\nOriginal-Rcpt-To: {ASA}\n")

    assert classify(message.encode()).kind is MailKind.OTHER
