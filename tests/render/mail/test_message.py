import email
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.errors import ContentError
from newsroom.model import Sender, Site
from newsroom.model.wire import WireText
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.message import (
    MessageTemplate,
    message_template,
    system_message,
    trial_message,
)
from tests.render.mail.hard_messages import LETTER, NOW
from tests.render.mail.hard_messages import READER as ANNA
from tests.render.pieces import URL, at, make_issue, make_site

ISSUE = make_issue()
READER = replace(ANNA, to_name="Öberg, Åsa – Region", to_email="asa@xn--malm-8qa.example")


def template(letter: Letter = LETTER, site: Site | None = None) -> MessageTemplate:
    """The template of a letter."""
    return message_template(letter, site or make_site(), ISSUE, NOW)


def read(message: bytes) -> EmailMessage:
    """A message as the standard parser reads it."""
    parsed = email.message_from_bytes(message, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def read_as_before(message: bytes) -> Message:
    """A message as the older, separate parser of headers reads it."""
    return email.message_from_bytes(message, policy=policy.compat32)


def address_as_before(message: bytes, header: str) -> tuple[str, str]:
    """The one name and address of a header, by the older parser."""
    [(name, address)] = getaddresses([str(read_as_before(message)[header])])
    return str(make_header(decode_header(name))), address


def part(message: bytes, subtype: str) -> str:
    """The text or the HTML of a message."""
    found = read(message).get_body((subtype,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", "anna@example.se"),
        ("Anna Ek", "Anna Ek <anna@example.se>"),
        ("Ek, Anna", '"Ek, Anna" <anna@example.se>'),
        ('Anna "Ann" Ek', '"Anna \\"Ann\\" Ek" <anna@example.se>'),
        ("Åsa Öberg", "=?utf-8?b?w4VzYSDDlmJlcmc=?= <anna@example.se>"),
    ],
)
def test_how_a_reader_is_addressed(name: str, written: str) -> None:
    """A name stands before the address, quoted or encoded as it needs."""
    message = template().fill(replace(READER, to_name=name, to_email="anna@example.se"))

    assert f"To: {written}\r\nSubject".encode() in message


NAMES = [
    "Öberg, Åsa – Region",
    "Anna Ek",
    "Ek, Anna",
    "Registrator",
    "“Anna” (vikarie) <ek@example.se>",
    "健康ネットワーク",
    "🌱 Trädgården",
]
LONG_NAMES = ["Åsa " * 40, "Anna " * 40, "ö" * 200, "x" * 300]


@pytest.mark.parametrize("name", [*NAMES, "=?utf-8?q?x?="])
def test_names_survive(name: str) -> None:
    """Whatever a reader is called, two parsers read the name and exactly one address."""
    message = template().fill(replace(READER, to_name=name))

    [reader] = read(message)["To"].addresses
    assert (reader.display_name, reader.addr_spec) == (name, READER.to_email)
    assert address_as_before(message, "To") == (name, READER.to_email)


@pytest.mark.parametrize("name", LONG_NAMES)
def test_long_names_survive(name: str) -> None:
    """A name of several encoded words is read whole.

    By the older parser: the newer leaves the blanks between the words (RFC 2047, section 6.2).
    """
    site = make_site(sender=Sender(name, "brev@example.se"))

    message = template(site=site).fill(replace(READER, to_name=name))

    assert address_as_before(message, "To") == (name.strip(), READER.to_email)
    assert address_as_before(message, "From") == (name.strip(), "brev@example.se")


@pytest.mark.parametrize("name", NAMES)
def test_senders_survive(name: str) -> None:
    """Whatever the sender is called, two parsers read it."""
    site = make_site(sender=Sender(name, "brev@example.se"))

    message = template(site=site).fill(READER)

    [sender] = read(message)["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "brev@example.se")
    assert address_as_before(message, "From") == (name, "brev@example.se")


@pytest.mark.parametrize("subject", [*NAMES, *LONG_NAMES])
def test_subjects_survive(subject: str) -> None:
    """Whatever the subject says, two parsers read it."""
    message = template(replace(LETTER, subject=subject)).fill(READER)

    assert read(message)["Subject"] == subject.strip()
    written = str(read_as_before(message)["Subject"])
    assert "".join(str(make_header(decode_header(written))).splitlines()) == subject.strip()


def test_bodies_survive() -> None:
    """Two parsers read text and HTML as they were, with the reader's own way out."""
    message = template().fill(READER)

    assert part(message, "plain") == LETTER.text.replace(LEAVE, READER.leave_url)
    assert part(message, "html") == LETTER.html.replace(LEAVE, READER.leave_url)
    payloads: Any = read_as_before(message).get_payload()
    assert [each.get_payload(decode=True).decode().replace("\r\n", "\n") for each in payloads] == [
        part(message, "plain"),
        part(message, "html"),
    ]


def test_nobody_else_is_addressed() -> None:
    """There is one To, one From, and nothing that names another reader or says where to bounce."""
    parsed = read(template().fill(READER))

    assert parsed.keys().count("To") == parsed.keys().count("From") == 1
    assert not any(parsed[name] for name in ("Cc", "Bcc", "Return-Path", "Sender"))
    assert parsed["Auto-Submitted"] is None


@pytest.mark.parametrize("length", range(40, 301))
def test_unsubscribe_addresses_are_never_encoded(length: int) -> None:
    """However long the address is, the header has it whole, in angle brackets, on one line."""
    address = f"{URL}/u/".ljust(length, "x")

    message = template().fill(replace(READER, one_click_url=address))

    assert f"List-Unsubscribe: <{address}>,\r\n <mailto:".encode() in message
    assert b"=?" not in message.partition(b"List-Unsubscribe:")[2].partition(b"List-Id")[0]
    assert str(read(message)["List-Unsubscribe"]).startswith(f"<{address}>, <mailto:")


@pytest.mark.parametrize("length", [40, 75, 76, 77, 150, 300])
def test_leave_addresses_of_any_length(length: int) -> None:
    """The address in the body is whole again after decoding, and its lines are short before."""
    address = f"{URL}/avsluta/?t=".ljust(length, "x")

    message = template().fill(replace(READER, leave_url=address))

    assert f'href="{address}"' in part(message, "html")
    assert f"\n{address}\n" in part(message, "plain")
    assert max(map(len, message.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76


@pytest.mark.parametrize("before", range(40, 80))
def test_holes_that_stand_across_a_line(before: int) -> None:
    """A hole is found wherever quoted-printable breaks its word."""
    letter = replace(LETTER, text=f"{'x' * before} {LEAVE}\n", html=f"{'å' * before}{LEAVE}")

    message = template(letter).fill(READER)

    assert part(message, "plain") == f"{'x' * before} {READER.leave_url}\n"
    assert part(message, "html").strip() == f"{'å' * before}{READER.leave_url}"


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


@given(texts, texts, st.integers(0, 5_000))
@settings(deadline=None, max_examples=60)
def test_lines_and_letters(name: str, subject: str, length: int) -> None:
    """No line has more than 998 octets, and everything is ASCII, for any words of any length."""
    long = "å" * length
    letter = replace(
        LETTER,
        subject=subject,
        text=f"{long} {name} 🌱 {LEAVE}",
        html=f"<p>{long}</p>{LEAVE}",
    )

    message = template(letter).fill(replace(READER, to_name=name))

    assert message.isascii()
    assert max(map(len, message.split(b"\r\n"))) <= 998
    assert b"\n" not in message.replace(b"\r\n", b"")
    encodings = [each["Content-Transfer-Encoding"] for each in read(message).iter_parts()]
    assert encodings == ["quoted-printable"] * 2


HEADERS = [
    name for name, _ in read(message_template(LETTER, make_site(), ISSUE, NOW).fill(READER)).items()
]
breaks = st.text(alphabet='aå\r\n\x0b\x0c\x85\u2028\0:, <>@"', max_size=40)


@given(breaks, breaks, breaks)
@settings(deadline=None, max_examples=80)
def test_no_text_can_make_a_header(name: str, subject: str, sender: str) -> None:
    """Line breaks and control characters in names and subjects never begin a header."""
    evil = "{}\r\nBcc: x@example.com\r\n\r\n<script>"
    site = make_site(sender=Sender(evil.format(sender), "brev@example.se", "kansli@example.se"))
    letter = replace(LETTER, subject=evil.format(subject))

    message = template(letter, site).fill(replace(READER, to_name=evil.format(name)))

    assert read(message).keys() == HEADERS
    assert part(message, "plain") == LETTER.text.replace(LEAVE, READER.leave_url)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to_email", "åsa@example.se"),
        ("to_email", "asa@malmö.se"),
        ("to_email", "a@example.se\r\nBcc: b@example.se"),
        ("to_email", "a@example.se, b@example.se"),
        ("to_email", "a b@example.se"),
        ("to_email", "<a@example.se>"),
        ("to_email", ""),
        ("message_id", "17@example.se"),
        ("message_id", "<17>"),
        ("message_id", "<1\n7@example.se>"),
        ("one_click_url", "http://e.test/u/å"),
        ("one_click_url", "https://e.test/u/ x"),
        ("one_click_url", "https://e.test/u/x>,<mailto:y"),
        ("leave_url", 'https://e.test/"onclick="x'),
        ("leave_url", "https://e.test/?a=b&c=d"),
        ("leave_url", "javascript:alert(1)"),
        ("leave_url", "https://e.test/x\r\n"),
    ],
)
def test_values_that_would_break_a_message(field: str, value: str) -> None:
    """A value that cannot stand in a message is refused at the door, by its field's name."""
    with pytest.raises(ValueError, match=field):
        replace(READER, **{field: value})


def test_json() -> None:
    """A template that was kept as JSON gives the same bytes."""
    made = template()

    kept = MessageTemplate.from_json(json.loads(json.dumps(made.to_json())))

    assert kept == made
    assert kept.fill(READER) == made.fill(READER)


def test_same_letter_same_bytes() -> None:
    """Nothing in a message depends on the moment or on chance."""
    assert template().fill(READER) == template().fill(READER)


def test_date_of_the_attempt() -> None:
    """A message may be dated when it is sent, later than when it was made."""
    later = at("2026-12-02T08:00")

    dated = [template().fill(READER), template().fill(READER, later)]

    assert [parsedate_to_datetime(str(read(each)["Date"])) for each in dated] == [NOW, later]


@pytest.mark.parametrize("lost", ["text", "html"])
def test_letter_without_a_way_out(lost: str) -> None:
    """A letter in which a template has lost the link is refused."""
    letter = replace(LETTER, **{lost: "Hej!"})

    with pytest.raises(ContentError, match="ends the subscription"):
        template(letter)


def test_international_sender() -> None:
    """A sender's international domain leaves as its A-label."""
    site = make_site(sender=Sender("Malmö", "brev@malmö.example", "kansli@malmö.example"))

    parsed = read(template(site=site).fill(READER))

    assert parsed["From"].addresses[0].addr_spec == "brev@xn--malm-8qa.example"
    assert parsed["List-Owner"] == "<mailto:kansli@xn--malm-8qa.example>"
    assert parsed["Feedback-ID"].rpartition(":")[2] == "xnmalm8qaexampl"


@pytest.mark.parametrize(
    ("lang", "words"), [("sv", "Det här är ett provutskick."), ("en", "This is a trial,")]
)
def test_trial(lang: str, words: str) -> None:
    """A letter that somebody tries says so in its subject and before its first word."""
    letter = replace(LETTER, lang=lang, subject="Våren")

    message = trial_message(letter, make_site(), ISSUE, READER, NOW)

    assert read(message)["Subject"] == "[Test] Våren"
    assert part(message, "plain").startswith(f"[Test] {words}")
    assert f"[Test] {words}" in part(message, "html")


Make = Callable[[datetime], EmailMessage]


def make_note(now: datetime, html: str | None = None) -> EmailMessage:
    """A message that the program writes by itself."""
    return system_message(
        make_site(), "anna@malmö.example", "Ett steg\nkvar", "Hej å!\n", html, now
    )


def test_system_message() -> None:
    """A mail of the program's own says so, asks for no holiday replies, and is on no list."""
    message = make_note(NOW)

    parsed = read(message.as_bytes())
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert parsed["To"].addresses[0].addr_spec == "anna@xn--malm-8qa.example"
    assert parsed["Subject"] == "Ett steg kvar"
    assert parsed["Reply-To"] == "kansli@example.se"
    assert parsed["Date"].datetime == NOW
    assert parsed.get_content() == "Hej å!\r\n"
    assert not any(name.lower().startswith("list-") for name in parsed)
    assert "Precedence" not in parsed


def test_system_message_with_html() -> None:
    """With HTML it has both, text first."""
    parsed = read(make_note(NOW, "<p>Hej å!</p>").as_bytes())

    assert [each.get_content_type() for each in parsed.iter_parts()] == ["text/plain", "text/html"]


def test_system_message_ids() -> None:
    """The same mail has the same id; the same words at another time are another mail."""
    first, again, later = make_note(NOW), make_note(NOW), make_note(at("2026-12-02T09:00"))

    assert first["Message-ID"] == again["Message-ID"] != later["Message-ID"]


def test_a_reader_without_reply_address() -> None:
    """Without a reply address there is no Reply-To, and the owner is the sender."""
    site = make_site(sender=Sender("Exempel", "brev@example.se", bounces="studs@example.se"))

    parsed = read(template(site=site).fill(READER))

    assert parsed["Reply-To"] is None
    assert parsed["List-Owner"] == "<mailto:brev@example.se>"
    assert "<mailto:studs@example.se?" in parsed["List-Unsubscribe"]


def test_letters_are_looked_through_once() -> None:
    """A letter without a dot at the beginning of a line is known to travel as it is."""
    filled = template().fill(ANNA)

    assert isinstance(filled, WireText)
    assert filled == template().fill(ANNA)
    assert filled.count(b"\n") == filled.count(b"\r\n") == filled.count(b"\r")
    assert not filled.count(b"\r\n.")


@pytest.mark.parametrize("piece", [b".", b"\r\n..", b"\n", b"\r"])
def test_what_does_not_travel_as_it_is(piece: bytes) -> None:
    """Where a dot begins a line, or one ends in another way, the message does not claim to."""
    whole = template()
    changed = replace(whole, pieces=(whole.pieces[0], piece, *whole.pieces[2:]))

    assert not isinstance(changed.fill(ANNA), WireText)
