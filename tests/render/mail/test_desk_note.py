"""The mails to those at the desk."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage

import pytest

from newsroom.render.mail.desk_note import DeskNote, desk_message
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.markup import markup_faults
from newsroom.render.templates import Templates, default_templates
from tests.render.mail.test_letter import write
from tests.render.pieces import URL, at, make_site

NOW = at("2026-11-22T09:00")
SITE = make_site()
PLAIN = DeskNote(
    lang="sv",
    subject="Granska: nyhetsbrevet våren 2026, senast 29 maj",
    sentences=("Brevet går ut tisdag 2 juni kl. 09.00.", "Utan ett ja går inget brev."),
    button="Granska brevet",
    url=f"{URL}/granska/{'x' * 30}",
)
WITH_LETTER = replace(
    PLAIN,
    preview=write(),
    caption="Så här ser brevet ut hos läsaren.",
    way_out="[läsarens egen länk]",
    must=("a.md:3: texten säger ännu [Skriv några rader]; skriv den", "listan är tom"),
    heading="Det här måste rättas först:",
)
FAULTY = replace(WITH_LETTER, preview=None)
NOTES = pytest.mark.parametrize(
    "note", [PLAIN, WITH_LETTER, FAULTY], ids=["plain", "with a letter", "faulty"]
)


def received(note: DeskNote) -> EmailMessage:
    """The mail as it arrives."""
    templates = Templates([default_templates()])
    raw = desk_message(SITE, note, "anna@malmö.example", NOW, templates).as_bytes()
    message = email.message_from_bytes(raw, policy=policy.strict)
    assert isinstance(message, EmailMessage)
    return message


def part(note: DeskNote, kind: str) -> str:
    """One of its parts."""
    found = received(note).get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


@NOTES
def test_it_says_what_is_asked(note: DeskNote) -> None:
    """Both parts have the sentences and the one link, once, before anything else."""
    text, html = part(note, "plain"), part(note, "html")

    for sentence in note.sentences:
        assert sentence in text
        assert sentence in html
    assert text.count(str(note.url)) == html.count(f'href="{note.url}"') == 1
    assert text.index("Granska brevet:\n") < text.index("Nätverket Exempel")


@NOTES
def test_it_is_a_program_that_writes(note: DeskNote) -> None:
    """No holiday answers, no list, one address, in ASCII."""
    message = received(note)

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Unsubscribe"] is None
    assert [each.addr_spec for each in message["To"].addresses] == ["anna@xn--malm-8qa.example"]
    assert message["Subject"] == note.subject


@NOTES
def test_mail_programs_show_it_as_meant(note: DeskNote) -> None:
    """It passes what letters pass, in light, in the dark and inverted."""
    assert [str(fault.message) for fault in markup_faults(part(note, "html"), SITE)] == []


def test_a_preview_leads_nobody_out() -> None:
    """In the letter below, the way out is nobody's: it leads to the site."""
    assert LEAVE not in part(WITH_LETTER, "html") + part(WITH_LETTER, "plain")
    assert WITH_LETTER.caption in part(WITH_LETTER, "html")
    assert part(WITH_LETTER, "html").index("Utan ett ja") < part(WITH_LETTER, "html").index("<h1")


def test_the_text_of_a_preview_does_not_lead_to_the_front_page() -> None:
    """Where each reader has a link of their own the text says so."""
    own = part(WITH_LETTER, "plain").partition("-" * 72)[2]

    assert WITH_LETTER.way_out in own


@pytest.mark.parametrize("note", [WITH_LETTER, FAULTY], ids=["with a letter", "alone"])
def test_each_fault_has_a_line_of_its_own(note: DeskNote) -> None:
    """What is to be mended first stands above the button, as a list."""
    text, html = part(note, "plain"), part(note, "html")

    assert "\n- a.md:3: texten säger" in text
    assert "\n- listan är tom" in text
    assert text.index(note.heading) < text.index(note.button)
    assert html.count("<li") - part(replace(note, must=()), "html").count("<li") == len(note.must)
    assert html.index(note.heading) < html.index(str(note.url))


def test_nothing_to_press() -> None:
    """A mail that only tells has no link."""
    note = replace(PLAIN, url=None)

    assert "http" not in part(note, "plain")
    assert "<a " not in part(note, "html")
