"""Messages made to do harm: each gets a verdict, soon and in little memory."""

import resource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.bounces.classify import MailKind, classify
from tests.bounces.mails import report

MEGABYTE = 1 << 20
HEAD = b"From: MAILER-DAEMON@mx.example\nSubject: Undelivered mail\n"
TO_REPORT = (
    HEAD + b"Content-Type: multipart/report; boundary=x\n\n--x\n"
    b"Content-Type: message/delivery-status\n\n"
)
BOMBS = {
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)
    ),
    "messages in messages": b"Content-Type: message/rfc822\n\n" * 30_000,
    "a parameter without an end": b'Content-Type: text/plain; a="' + b";\n " * 300_000 + b"\n\n",
    "many headers": b"X: y\n" * 200_000,
    "one long line": b"A" * 5 * MEGABYTE,
    "half addresses": HEAD + b"\n" + b"a@b." * MEGABYTE,
    "tags that do not end": HEAD + b"Content-Type: text/html\n\n" + b"<style" * 200_000,
    "one word again and again": HEAD + b"\n" + b"mailbox " * 130_000,
    "another": HEAD + b"\n" + b"recipient " * 100_000,
    "a report of nothing": TO_REPORT + b"a:b\n\n" * 200_000,
    "a report of everybody": TO_REPORT
    + b"Final-Recipient: rfc822; a@b.example\nAction: failed\n\n" * 20_000,
    "encoded words": b"Subject: " + b"=?utf-8?b?" * 100_000 + b"\n\n",
    "a slow charset": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * MEGABYTE,
}

alphabet = st.sampled_from(
    [
        *(b"\n", b"\r", b"\0", b"=?", b"?=", b'"', b";", b"<", b"@", b":", b"--", b"\xff\xfe"),
        *(b"boundary=", b"--=_r", b"message/rfc822", b"charset*0=", b"charset=utf-7", b"base64"),
        *(b"Content-Transfer-Encoding: x-uuencode\n", b"Final-Recipient: rfc822; "),
        *(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"=?utf-8?b?x?=", b"5.1.1"),
    ]
)


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_soon_over(bomb: str) -> None:
    """No message takes a minute of a processor, however slow: what grows with its square does."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime

    verdict = classify(BOMBS[bomb])

    assert verdict.kind in MailKind
    assert len(verdict.recipients) <= 100
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 60


@given(st.binary(max_size=2_000))
def test_any_bytes_get_a_verdict(message: bytes) -> None:
    """Nothing is raised, whatever comes."""
    assert classify(message).kind in MailKind


@given(st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 30), alphabet), max_size=12))
def test_broken_reports_get_a_verdict(changes: list[tuple[int, int, bytes]]) -> None:
    """A report with pieces cut out and others put in is still read without a fault."""
    message = report("smtp; 550 5.1.1 User unknown", status="5.1.1")
    for at, length, piece in changes:
        message = message[:at] + piece + message[at + length :]

    assert classify(message).kind in MailKind


def test_a_mail_cut_off_anywhere_gets_a_verdict() -> None:
    """However little of a report arrived, nothing is raised, and nobody else is named."""
    message = report("smtp; 550 5.1.1 User unknown", status="5.1.1")

    for length in range(0, len(message), 3):
        named = [one.email or "" for one in classify(message[:length]).recipients]
        assert all("asa@mottagare.example".startswith(email) for email in named)


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_line_ends_change_nothing(ends: bytes) -> None:
    """CR, LF and CRLF mean the same, at the end of every line."""
    message = report("smtp; 550 5.1.1 User unknown", status="5.1.1")

    assert classify(message.replace(b"\n", ends)) == classify(message)


@pytest.mark.parametrize("length", range(9))
def test_broken_base64_gets_a_verdict(length: int) -> None:
    """A report in base64 may be cut off in the middle of a byte."""
    message = TO_REPORT.replace(b"status\n", b"status\nContent-Transfer-Encoding: base64\n")

    assert classify(message + b"RmluYWwt"[:length]).kind in MailKind
