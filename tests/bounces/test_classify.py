"""What a message in the inbox is, and what it says of whose address."""

import pytest

from newsroom.bounces.classify import classify
from tests.bounces.mails import OURS, mail, only, report

DAEMON = (
    "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: studs@example.se"
)
ASA = "asa@mottagare.example"


@pytest.mark.parametrize(
    ("diagnostic", "status", "severity"),
    [
        ("smtp; 550 5.1.1 <asa@mottagare.example>: User unknown", "5.1.1", "hard"),
        ("smtp; 550 No such user here", "5.0.0", "policy"),
        ("smtp; 452 4.2.2 The recipient's inbox is out of storage space", "4.2.2", "soft"),
        ("smtp; 552 5.2.2 Mailbox full", "5.2.2", "soft"),
        ("smtp; 550 5.7.26 Unauthenticated email is not accepted", "5.7.26", "policy"),
        ("smtp; 554 Service unavailable; client host blocked using zen", "5.0.0", "policy"),
        ("smtp; 550 5.1.1 refused due to recipient preferences", "5.1.1", "policy"),
        ("smtp; 550 5.4.1 Recipient address rejected: Access denied.", "5.4.1", "hard"),
        ("x-postfix; Host or domain name not found. type=AAAA", "5.4.4", "hard"),
        ("smtp; 554 5.4.6 Hop count exceeded - possible mail loop", "5.4.6", "soft"),
        ("smtp; 556 5.1.10 Domain does not accept mail (nullMX)", "5.1.10", "hard"),
    ],
)
def test_a_report_of_delivery(diagnostic: str, status: str, severity: str) -> None:
    """A report names the recipient and its status, and the words beside it say what that means."""
    one = only(report(diagnostic, status=status))

    assert (one.email, one.severity, one.status) == (ASA, severity, status)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_was_not_refused_is_no_bounce(action: str) -> None:
    """A report of a delay or of a delivery says nothing against anybody."""
    message = report("smtp; 250 ok", action=action, status="2.0.0")

    assert classify(message).kind == "other"


@pytest.mark.parametrize(
    "recipient",
    ["rfc822;asa@mottagare.example", "RFC822; <asa@mottagare.example>", "asa@mottagare.example"],
)
def test_addresses_are_read_in_many_spellings(recipient: str) -> None:
    """The recipient's field is written in more ways than the standard has."""
    assert only(report("smtp; 550 5.1.1 gone", recipient=recipient)).email == ASA


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Undeliverable: Nytt", "asa@mottagare.example couldn't be found at mottagare.example."),
        ("Kunde inte levereras: Nytt", "asa@mottagare.example hittades inte."),
        ("Unzustellbar: Nytt", "asa@mottagare.example wurde nicht gefunden."),
        ("Non remis : Nytt", "asa@mottagare.example est introuvable."),
        ("Kan ikke leveres: Nytt", "asa@mottagare.example blev ikke fundet."),
        ("Onbestelbaar: Nytt", "asa@mottagare.example is niet gevonden."),
        ("No se puede entregar: Nytt", "No se encontró asa@mottagare.example."),
        ("Недоставленное сообщение", "asa@mottagare.example: пользователь не найден"),
    ],
)
def test_exchange_speaks_its_tenants_language(subject: str, words: str) -> None:
    """A report without a status is read in the language it is written in."""
    one = only(mail(f"From: postmaster@mottagare.example\nSubject: {subject}", words))

    assert (one.email, one.severity) == (ASA, "hard")


@pytest.mark.parametrize(
    ("system", "body", "severity"),
    [
        (
            "qmail",
            "Hi. This is the qmail-send program at mx.example.\n\n<asa@mottagare.example>:\n"
            "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy.\n\n",
            "hard",
        ),
        (
            "Exim",
            "This message was created automatically by mail delivery software.\n\n"
            "A message that you sent could not be delivered to one or more of its\nrecipients. "
            "The following address(es) failed:\n\n  asa@mottagare.example\n    SMTP error from "
            "remote mail server after RCPT TO:<asa@mottagare.example>:\n    host mx "
            "[192.0.2.1]: 550 Unrouteable address\n\n",
            "hard",
        ),
        (
            "Exim, of a host with a short name",
            "A message that you sent could not be delivered to one or more of its\nrecipients. "
            "The following address(es) failed:\n\n  asa@mottagare.example\n    SMTP error from "
            "remote mail server after RCPT:\n    550 unknown user\n\n",
            "hard",
        ),
        (
            "sendmail",
            "   ----- The following addresses had permanent fatal errors -----\n"
            "<asa@mottagare.example>\n    (reason: 552 5.2.2 Over quota)\n\n",
            "soft",
        ),
        (
            "Postfix",
            "I'm sorry to have to inform you that your message could not\nbe delivered to one or "
            "more recipients.\n\n<asa@mottagare.example>: host mx[192.0.2.1] said: 554 5.7.1 "
            "Message rejected as spam (in reply to end of DATA command)\n\n",
            "policy",
        ),
        (
            "Domino",
            "Your message\n\n  Subject: Nytt\n\nwas not delivered to:\n\n  asa@mottagare.example\n"
            "\nbecause:\n\n  User asa (asa@mottagare.example) not listed in Domino Directory\n\n",
            "hard",
        ),
    ],
)
def test_systems_that_write_a_text(system: str, body: str, severity: str) -> None:
    """Mail systems that write no report name the recipient in words that are theirs."""
    one = only(mail(f"{DAEMON}\nSubject: Delivery failure\nX-Mailer: {system}", body + OURS))

    assert (one.email, one.severity) == (ASA, severity)


def test_powermta_says_what_it_made_of_it() -> None:
    """Where a reply alone is no proof, the category that PowerMTA adds is."""
    words = "smtp;550 5.2.1 User unknown"
    plain = report(words, status="5.2.1")
    judged = plain.replace(
        b"Diagnostic-Code", b"X-PowerMTA-BounceCategory: bad-mailbox\nDiagnostic-Code"
    )

    assert [only(each).cause for each in (plain, judged)] == ["filtered", "gone"]


def test_an_address_that_was_taken_first_is_not_struck() -> None:
    """A host that calls an address unknown only after the text had taken it before."""
    text = "<asa@mottagare.example>: host mx said: 550 Unknown user (in reply to end of DATA)"

    assert only(report("smtp; 550 Unknown user", text=text)).severity == "policy"


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied\nSubject: Away until May 5",
        "X-Autoreply: yes\nSubject: Re: Nytt",
        "Subject: Autosvar: Nytt",
        "Subject: Automatiskt svar: Nytt",
        "Subject: Automatic reply: Nytt",
        "Subject: Automatische Antwort: Nytt",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_Nytt?=",
        "Precedence: auto_reply\nSubject: Hej",
        "Return-Path: <>\nSubject: Frånvaro",
    ],
)
def test_holiday_replies_condemn_nobody(head: str) -> None:
    """An answer by a program is one, whatever it says of addresses that are no longer used."""
    body = "Jag har slutat. The address asa@mottagare.example no longer exists. User unknown."
    verdict = classify(mail(f"From: asa@mottagare.example\n{head}", body))

    assert (verdict.kind, verdict.recipients) == ("auto-reply", ())


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("From: asa@mottagare.example\nSubject: Re: Nytt", "Tack för ett bra brev!"),
        (f"{DAEMON}\nSubject: Warning: message delayed 24 hours", f"To {ASA}. Will be retried."),
        (f"{DAEMON}\nSubject: Delivered: Nytt", f"Your message was delivered to {ASA}"),
        (f"From: {ASA}\nSubject: Please confirm your message", "BoxTrapper: user unknown to me"),
        (f"From: {ASA}\nSubject: Read: Nytt", "It was read."),
        ("", ""),
    ],
)
def test_what_is_no_bounce(head: str, body: str) -> None:
    """People's answers, delays, successes, challenges and receipts are something else."""
    assert classify(mail(head, body)).kind == "other"


def complaint(feedback_type: str) -> bytes:
    """A feedback report (RFC 5965)."""
    return mail(
        "From: feedback@isp.example\nSubject: FW: Nytt\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n"
        "--b\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {feedback_type}\nUser-Agent: x/1\nVersion: 1\n"
        "Original-Rcpt-To: <asa@mottagare.example>\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{OURS}\nHej\n--b--\n",
    )


def test_a_complaint_names_who_complained() -> None:
    """A reader who calls our mail spam is named by the report."""
    verdict = classify(complaint("abuse"))

    assert verdict.kind == "complaint"
    assert [one.email for one in verdict.recipients] == [ASA]


def test_outlook_complains_in_its_own_way() -> None:
    """Outlook.com sends the message back and says in its headers whose it was."""
    message = mail(
        "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: message/rfc822\n\n"
        f"X-HmXmrOriginalRecipient: {ASA}\n{OURS}\nHej\n--b--\n",
    )

    verdict = classify(message)

    assert (verdict.kind, verdict.recipients[0].email) == ("complaint", ASA)


def test_not_every_feedback_is_a_complaint() -> None:
    """That something is no spam, or failed a signature's check, is nobody's complaint."""
    assert [classify(complaint(kind)).kind for kind in ("not-spam", "auth-failure")] == [
        "other"
    ] * 2


def test_of_several_recipients_the_mildest_counts() -> None:
    """Nobody is wronged for another's sake."""
    block = (
        "Final-Recipient: rfc822; bo@mottagare.example\nAction: failed\nStatus: 4.4.7\n\n--=_r\n"
    )
    message = report("smtp; 550 5.1.1 User unknown", status="5.1.1")
    both = message.replace(
        b"--=_r\nContent-Type: message/rfc822", block.encode() + b"Content-Type: message/rfc822"
    )

    verdict = classify(both)

    assert [one.severity for one in verdict.recipients] == ["hard", "soft"]
    assert verdict.cause == "broken"
