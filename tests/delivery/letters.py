"""A letter as the newsletter makes them, and what a way out made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage

from newsroom.render.mail.policy import POLICY

SENDER, READER = "studs@example.se", "asa@a.example"
SUBJECT = "Nytt från Öberg – höstens möten"
TEXT = "Hej Åsa!\n.dold punkt\nSluta: https://nyheter.example.se/sluta/abc\n"
HTML = '<html lang="sv"><body><p>Hej Åsa! <a href="https://nyheter.example.se/">Läs</a></p></body></html>\n'
OWN_HEADERS = {
    "Message-ID": "<2026-host.7f3a@nyheter.example.se>",
    "List-Unsubscribe": (
        "<https://nyheter.example.se/sluta/AQAAAAAAAAAqc2VhbC1zZWFsLXNlYWw>, "
        "<mailto:studs@example.se?subject=unsubscribe%20AQAAAAAAAAAqc2VhbC1zZWFsLXNlYWw>"
    ),
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": "<newsletter.nyheter.example.se>",
    "Feedback-ID": "2026-host:newsletter:news:examplese",
    "Precedence": "bulk",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
    "Content-Language": "sv",
}


def letter(
    headers: Mapping[str, str] | None = None,
    html: str | None = HTML,
    without: tuple[str, ...] = (),
) -> bytes:
    """One reader's message, ready to leave; `headers` stand instead of its own."""
    message = EmailMessage(policy=POLICY)
    people = {
        "From": Address("Öberg, Åsa – Region", addr_spec="nyheter@example.se"),
        "To": Address("Åsa Öberg", addr_spec=READER),
        "Reply-To": Address(addr_spec="red@example.se"),
    }
    for name, person in people.items():
        if name not in without:
            message[name] = person
    message["Subject"] = SUBJECT
    message.set_content(TEXT, cte="quoted-printable")
    if html is not None:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    date = {"Date": "Tue, 01 Sep 2026 08:00:00 +0200"}
    for name, value in {**date, **OWN_HEADERS, **(headers or {})}.items():
        if name not in without:
            message[name] = value
    return message.as_bytes()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a message says where it arrived."""

    recipient: str | None  # None where the way out has no envelope
    sender: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


def read_message(message: bytes, recipient: str | None) -> Arrived:
    """What a message says that arrived in its own bytes."""
    whole = message_from_bytes(message, EmailMessage, policy=policy.default)
    text, html = whole.get_body(("plain",)), whole.get_body(("html",))
    assert text is not None
    assert html is not None
    return Arrived(
        recipient=recipient,
        sender=str(whole["From"]),
        subject=str(whole["Subject"]),
        text=text.get_content().replace("\r\n", "\n"),
        html=html.get_content().replace("\r\n", "\n"),
        headers={name: str(value) for name, value in whole.items()},
    )
