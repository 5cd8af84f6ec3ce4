"""Mails as mail systems write them."""

from newsroom.bounces.classify import Returned, classify

OURS = "Message-ID: <1@news.example.se>\nFrom: nyhetsbrev@example.se\nTo: asa@mottagare.example\n"


def mail(head: str, body: str) -> bytes:
    """A plain mail with these headers."""
    return f"{head}\n\n{body}".encode()


def report(
    diagnostic: str,
    *,
    status: str = "5.0.0",
    action: str = "failed",
    recipient: str = "rfc822; asa@mottagare.example",
    text: str = "This is the mail system at host mx.example.\n",
    language: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    """A delivery report (RFC 3464)."""
    return mail(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: studs@example.se\n"
        f"Subject: {language}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"',
        f"--=_r\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        "--=_r\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: {recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {diagnostic}\n\n"
        f"--=_r\nContent-Type: message/rfc822\n\n{OURS}Subject: Nytt\n\nHej\n--=_r--\n",
    )


def only(message: bytes) -> Returned:
    """The one recipient that a bounce tells of."""
    verdict = classify(message)
    assert verdict.kind == "bounce", verdict
    (one,) = verdict.recipients
    return one
