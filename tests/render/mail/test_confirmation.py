from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from newsroom.model import Sender, Site
from newsroom.render.mail.confirmation import (
    Note,
    OwnCopy,
    already_note,
    code_note,
    confirmation_note,
    copy_note,
    data_note,
    leave_note,
    note_message,
)
from newsroom.render.mail.markup import markup_faults
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
URL = "https://nyheter.example.se/bekrafta/" + "x" * 32
SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Öberg, Åsa – Nätverket", "nyhetsbrev@example.se", reply_to="kansli@example.se"),
    postal_address="Hamnplan 2, 999 10 Lövhamn",
)
TEMPLATES = Templates([default_templates()])


def with_code(site: Site, words: Words, url: str) -> Note:
    """Asks for a confirmation with a code."""
    return code_note(site, words, url, "012345")


NOTES = [confirmation_note, with_code, already_note, leave_note, data_note, copy_note]


def as_received(note: Note, to: str = "anna@example.se") -> EmailMessage:
    """The message after a journey as bytes, read strictly."""
    raw = note_message(SITE, note, to, NOW, TEMPLATES).as_bytes()
    received = message_from_bytes(raw, policy=policy.strict)
    assert isinstance(received, EmailMessage)
    return received


def parts(message: EmailMessage) -> tuple[str, str]:
    """Its text and its HTML."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("make", NOTES)
def test_a_note_is_a_few_sentences_and_one_link(
    make: Callable[[Site, Words, str], Note], lang: str
) -> None:
    """Both parts have the same link, once; no picture, nothing fetched, nothing to leave."""
    message = as_received(make(SITE, Words(lang), URL))
    text, html = parts(message)

    assert text.count("https://") == html.count("https://") == 1
    assert URL in text
    assert f'href="{URL}"' in html
    assert "<img" not in html
    assert "src=" not in html
    assert f'<html lang="{lang}"' in html
    assert message["Content-Language"] == lang


@pytest.mark.parametrize("make", NOTES)
def test_mail_programs_show_a_note_as_it_was_meant(
    make: Callable[[Site, Words, str], Note],
) -> None:
    """A note passes what letters pass: contrast, size, languages, nothing that Outlook lacks."""
    _, html = parts(as_received(make(SITE, Words("sv"), URL)))

    assert [str(fault.message) for fault in markup_faults(html, SITE)] == []


def test_its_headers_say_that_a_program_wrote_it() -> None:
    """No holiday answers come back, and no list is pretended."""
    message = as_received(confirmation_note(SITE, Words("sv"), URL))

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Unsubscribe"] is None
    assert message["Precedence"] is None
    assert message["From"].addresses[0].display_name == "Öberg, Åsa – Nätverket"
    assert message["From"].addresses[0].addr_spec == "nyhetsbrev@example.se"
    assert message["Reply-To"] == "kansli@example.se"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"].endswith("@example.se>")
    assert not message.defects


@pytest.mark.parametrize(
    "to",
    [
        "anna@xn--malm-8qa.example.se",
        '"citat tecken"@example.org',
        "o'hara@example.org",
        "a" * 64 + "@b.test",
    ],
)
def test_every_address_that_the_list_takes_can_be_written_to(to: str) -> None:
    """It arrives in the header as it is on the list."""
    message = as_received(confirmation_note(SITE, Words("sv"), URL), to)

    assert [address.addr_spec for address in message["To"].addresses] == [to]


def test_every_line_can_travel() -> None:
    """All ASCII, CRLF, lines of at most 78 characters, nothing in base64."""
    raw = note_message(
        SITE, confirmation_note(SITE, Words("sv"), URL), "a@example.se", NOW, TEMPLATES
    ).as_bytes()

    assert raw.isascii()
    assert b"base64" not in raw
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_two_mails_have_two_ids() -> None:
    """And the same mail rendered again has the same one."""
    first = as_received(confirmation_note(SITE, Words("sv"), URL))
    again = as_received(confirmation_note(SITE, Words("sv"), URL))
    other = as_received(confirmation_note(SITE, Words("sv"), URL + "y"))

    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]


def test_a_sender_may_have_letters_outside_ascii_in_its_domain() -> None:
    """The domains of the sender and of the reader are written as mail knows them (RFC 5890)."""
    sender = Sender("Hälsa", "brev@hälsa.example", reply_to="kansli@hälsa.example")
    note = confirmation_note(SITE, Words("sv"), URL)

    raw = note_message(
        replace(SITE, sender=sender), note, "anna@malmö.example.se", NOW, TEMPLATES
    ).as_bytes()

    assert raw.isascii()
    assert b"brev@xn--hlsa-loa.example" in raw
    assert b"kansli@xn--hlsa-loa.example" in raw
    assert b"anna@xn--malm-8qa.example.se" in raw


def test_the_same_mail_has_the_same_bytes() -> None:
    """Nothing in a mail is drawn by lot, the boundary between its parts neither."""
    note = confirmation_note(SITE, Words("sv"), URL)
    first, again = (
        note_message(SITE, note, "anna@example.se", NOW, TEMPLATES).as_bytes() for _ in range(2)
    )

    assert first == again


def test_a_code_stands_in_both_parts() -> None:
    """Whoever reads the text or the HTML finds the six digits, once."""
    text, html = parts(as_received(with_code(SITE, Words("sv"), URL)))

    assert text.count("012345") == html.count("012345") == 1
    assert "Koden: 012345" in text


def test_a_copy_of_somebodys_data_is_two_files() -> None:
    """Their names are in the site's language, and the mail has the same bytes each time."""
    copy = OwnCopy("Namn: Åsa Öberg\n", '{"name": "Åsa Öberg"}'.encode())
    note = copy_note(SITE, Words("sv"), URL)
    raw, again = (
        note_message(SITE, note, "anna@example.se", NOW, TEMPLATES, copy).as_bytes()
        for _ in range(2)
    )
    received = message_from_bytes(raw, policy=policy.strict)
    assert isinstance(received, EmailMessage)

    words, file = received.iter_attachments()
    assert words.get_filename() == "mina-uppgifter.txt"
    assert words.get_content().splitlines() == ["Namn: Åsa Öberg"]
    assert (file.get_filename(), file.get_content_type()) == (
        "mina-uppgifter.json",
        "application/json",
    )
    assert file.get_payload(decode=True) == copy.json
    assert raw == again
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
