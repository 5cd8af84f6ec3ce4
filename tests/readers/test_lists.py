import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsroom.errors import ContentError
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers.lists import Listed, parse_list, write_list
from newsroom.readers.row_says import RowSays

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def rows(text: str, encoding: str = "utf-8") -> list[Listed]:
    """The people of a list written in a test."""
    return list(parse_list(text.encode(encoding), "people.csv").people)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_lists_are_read_as_they_were_saved(delimiter: str, encoding: str) -> None:
    """Comma, semicolon and tab, in every encoding that Excel and Outlook write."""
    text = "Namn;E-post\r\nÅsa Öberg;asa@example.se\r\n".replace(";", delimiter)

    assert rows(text, encoding) == [Listed(2, "asa@example.se", RowSays.READER, "Åsa Öberg")]


@pytest.mark.parametrize(
    "heading",
    [
        "email",
        "E-mail",
        "Email Address",
        "E-mail 1 - Value",
        "email_address",
        "E-post",
        "E-postadress",
        "epostadress",
        "Mejl",
    ],
)
def test_the_column_of_addresses_has_many_names(heading: str) -> None:
    """The headings of known services are understood, in English and Swedish."""
    (person,) = rows(f"id,{heading}\n1,anna@example.se\n")

    assert person.email == "anna@example.se"


def test_first_and_last_names_are_joined() -> None:
    """A list with two columns of names gives one name; a whole name wins over its parts."""
    people = rows(
        "Förnamn,Efternamn,Namn,E-post\nAnna,Ek,,a@example.se\nBo,Ek,Bosse,b@example.se\n"
    )

    assert [person.name for person in people] == ["Anna Ek", "Bosse"]


def test_the_first_address_of_a_row_counts() -> None:
    """An address book's second address is used only where the first is empty."""
    people = rows(
        "E-mail Address,E-mail 2 Address\nanna@example.se,private@example.net\n,bo@example.net\n"
    )

    assert [person.email for person in people] == ["anna@example.se", "bo@example.net"]


@pytest.mark.parametrize(
    ("headings", "cells", "says"),
    [
        ("status", "enabled", RowSays.READER),
        ("status", "Blocklisted", RowSays.LEFT),
        ("status", "", RowSays.READER),
        ("status", "vip", RowSays.UNKNOWN),
        ("state", "pending", RowSays.UNCONFIRMED),
        ("state", "suppressed", RowSays.BOUNCED),
        ("type", "unactivated", RowSays.UNCONFIRMED),
        ("type", "business", RowSays.READER),
        ("UNSUB_TIME", "2024-03-05 07:12:44", RowSays.LEFT),
        ("UNSUB_TIME", "", RowSays.READER),
        ("CLEAN_TIME", "2024-04-02 06:00:09", RowSays.BOUNCED),
        ("unsubscribed", "true", RowSays.LEFT),
        ("unsubscribed", "False", RowSays.READER),
        ("Avregistrerad", "nej", RowSays.READER),
        ("Unsubscribed at", "0", RowSays.READER),
        ("unsubscribed_at", "0000-00-00 00:00:00", RowSays.READER),
        ("bounced at", "NULL", RowSays.READER),
        ("Samtycke", "Ja", RowSays.READER),
        ("Samtycke", "X", RowSays.READER),
        ("Samtycke", "Nej", RowSays.NO_CONSENT),
        ("Samtycke", "", RowSays.NO_CONSENT),
    ],
)
def test_a_list_says_where_people_stand(headings: str, cells: str, says: RowSays) -> None:
    """Words of status, times of leaving and a column of consent are understood."""
    (person,) = rows(f"email,{headings}\nanna@example.se,{cells}\n")

    assert person.says == says


def test_a_column_that_says_no_does_not_hide_one_that_says_when() -> None:
    """Of two columns about leaving, the one that says that it happened counts."""
    (person,) = rows("email,unsubscribed,UNSUB_TIME\na@example.se,false,2024-03-05\n")

    assert person.says == RowSays.LEFT


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ('"""Medlem"",""Press"""', ("Medlem", "Press")),
        ('"press,medlem,press"', ("press", "medlem")),
        ('"Nyhetsbrev;Press"', ("Nyhetsbrev", "Press")),
        ("* myContacts ::: Nyhetsbrev", ("myContacts", "Nyhetsbrev")),
        ("", ()),
    ],
)
def test_tags_come_apart(cell: str, tags: tuple[str, ...]) -> None:
    """Each service writes tags its own way."""
    (person,) = rows(f"email,tags\nanna@example.se,{cell}\n")

    assert person.tags == tags


def test_a_language_is_taken_as_written() -> None:
    """Which one is meant is for somebody to say who knows what letters come in."""
    people = rows("email,språk\na@example.se,EN\nb@example.se,svenska förstås\n")

    assert [person.lang for person in people] == ["EN", "svenska förstås"]


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    """Headings are row 1; empty rows count but are nobody; a break inside a cell is not a row."""
    people = rows('email,notes\na@example.se,"two\nlines"\n\n,\nb@example.se,\n')

    assert [(person.row, person.email) for person in people] == [
        (2, "a@example.se"),
        (5, "b@example.se"),
    ]


def test_addresses_may_stand_alone() -> None:
    """A plain list has one or several addresses a line, names and comments."""
    people = rows('a@example.se\n"Ek, Bo" <b@example.se>\n\n# old\nc@example.se; d@example.se\n')

    assert [(person.row, person.email, person.name) for person in people] == [
        (1, "a@example.se", None),
        (2, "b@example.se", "Ek, Bo"),
        (5, "c@example.se", None),
        (5, "d@example.se", None),
    ]


@pytest.mark.parametrize("first", ["\n", "\r\n", " \n\n"])
def test_the_headings_may_stand_below_an_empty_line(first: str) -> None:
    """What parts the columns is told by the first line that holds something."""
    (person,) = rows(f"{first}email;name\na@example.se;Anna\n")

    assert (person.email, person.name) == ("a@example.se", "Anna")


def test_excels_own_delimiter_line_is_obeyed() -> None:
    """A first line of `sep=;` is no heading."""
    assert [person.email for person in rows("sep=;\nemail;name\na@example.se;A\n")] == [
        "a@example.se"
    ]


def test_a_file_without_addresses_is_refused() -> None:
    """The message names the file and the headings that were found, and says what to write."""
    with pytest.raises(ContentError) as refused:
        rows("name,phone\nAnna,08-1\n")

    assert refused.value.sentence == (
        "people.csv: no column of addresses was found; the first row has name, phone: call the one "
        'with addresses "E-post" or "email"'
    )


def test_a_column_that_only_looks_like_the_one_is_guessed_and_not_taken() -> None:
    """Addresses below a heading that we do not know may be somebody else's: a person decides."""
    with pytest.raises(ContentError, match=r'there are addresses below "Kontakt": .* "E-post"'):
        rows("Namn;Kontakt;Tel\nAnna;anna@example.se;08-1\nBo;bo@example.se;\n")
    with pytest.raises(ContentError, match="the first row has Hen, Chef: call the one"):
        rows("Hen;Chef\nanna@example.se;bo@example.se\n")


@pytest.mark.parametrize("text", ["", "\n\n", " \r\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    """Nothing in it, not even headings, is another fault than a column that lacks."""
    with pytest.raises(ContentError, match=r"people.csv: the file is empty"):
        rows(text)


@pytest.mark.parametrize(
    ("text", "read", "unread"),
    [
        ("E-post;Chefens e-post\na@example.se;b@example.se\n", "E-post", "Chefens e-post"),
        ("Kontakt;E-post\na@example.se;b@example.se\n", "E-post", "Kontakt"),
        ("E-post;E-postadress 2\na@example.se;b@example.se\n", "E-post", "E-postadress 2"),
        ("E-post;E-postadress 2\n;b@example.se\na@example.se\n", "E-post, E-postadress 2", ""),
        ("E-post;Visas som\na@example.se;a@example.se\n", "E-post", ""),
        ("E-post;Anteckning\na@example.se;skriv till b@example.se\n", "E-post", ""),
        ("E-post\n", "E-post", ""),
        ("a@example.se\nb@example.se\n", "", ""),
    ],
)
def test_the_columns_that_addresses_were_read_from_are_told(
    text: str, read: str, unread: str
) -> None:
    """And so is each column that holds other addresses, which were left alone."""
    found = parse_list(text.encode(), "people.csv")

    assert (", ".join(found.read), ", ".join(found.unread)) == (read, unread)


def test_a_file_of_another_kind_cannot_disturb_the_terminal() -> None:
    """The headings that a message repeats are few, short and printable."""
    with pytest.raises(ContentError) as refused:
        parse_list(b"\x1b[2J" + b"x" * 500 + b",\x07" + b",y" * 300, "people.csv")

    assert refused.value.sentence.isprintable()
    assert len(refused.value.sentence) < 500


def test_a_broken_file_is_refused() -> None:
    """A quote that is never closed does not swallow the machine's memory."""
    with pytest.raises(ContentError, match=r"people.csv:\d+: field larger"):
        rows('email,name\na@example.se,"' + "x" * 1_100_000)


@pytest.mark.parametrize(("lang", "sign"), [("en", ","), ("sv", ";")])
def test_a_written_list_is_read_again_and_calculates_nothing(lang: str, sign: str) -> None:
    """Names that a spreadsheet would run as formulas are defused; the round loses nothing."""
    people = [
        person(1, "a@example.se", "=HYPERLINK(1)", SubscriberState.ACTIVE),
        person(2, "b@example.se", None, SubscriberState.UNSUBSCRIBED),
        person(3, "c@example.se", "+46 70", SubscriberState.PENDING),
        person(4, "d@example.se", None, SubscriberState.SUPPRESSED),
    ]

    text = write_list(people, UTC, lang)

    assert f"{sign}'=HYPERLINK(1){sign}" in text
    assert f"{sign}'+46 70{sign}" in text
    again = rows(text)
    assert [(p.email, p.name, p.says) for p in again] == [
        ("a@example.se", "=HYPERLINK(1)", RowSays.READER),
        ("b@example.se", None, RowSays.LEFT),
        ("c@example.se", "+46 70", RowSays.UNCONFIRMED),
        ("d@example.se", None, RowSays.BOUNCED),
    ]
    assert again[0].tags == ("press", "medlem")


@pytest.mark.parametrize("name", ["'=Bo", "''+Bo", "'t Hooft", "Bo", "'", '"Bo" Ek; son'])
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    """An apostrophe in front of a formula's sign is told from the one that defuses it."""
    people = [person(1, "a@example.se", name, SubscriberState.ACTIVE)]

    assert rows(write_list(people, UTC))[0].name == name


@pytest.mark.parametrize("tag", ["a,b", "a; b", "a:::b", "*", '5"', '"a", b', "=a,b", " a", "a"])
def test_a_topic_is_read_as_it_was_written(tag: str) -> None:
    """A topic with the signs that part topics is one topic still."""
    someone = replace(person(1, "a@example.se", "Bo", SubscriberState.ACTIVE), tags=(tag, "press"))

    assert rows(write_list([someone], UTC))[0].tags == (tag, "press")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("field", ["email", "name", "tag"])
def test_no_cell_begins_a_formula(sign: str, field: str) -> None:
    """Whatever stands in an address, a name or a topic, no spreadsheet calculates it."""
    bad = f"{sign}cmd|'/c calc'!A1"
    told = {"email": "a@example.se", "name": "Anna", "tag": "press"} | {field: bad}
    someone = replace(person(1, told["email"], told["name"], SubscriberState.ACTIVE))
    someone = replace(someone, tags=(told["tag"],))

    (_, cells) = csv.reader(io.StringIO(write_list([someone], UTC), newline=""))

    assert [cell for cell in cells if cell.startswith(sign)] == []


def test_an_apostrophe_that_is_part_of_a_name_stays() -> None:
    """Only the one that defuses a formula is taken away."""
    (one,) = rows("email,name\na@example.se,'t Hooft\n")

    assert one.name == "'t Hooft"


@pytest.mark.parametrize(
    "encoding", ["windows-1252", "mac-roman", "cp850", "utf-16-le", "utf-16-be"]
)
def test_old_and_odd_encodings_are_recognised(encoding: str) -> None:
    """What Excel for Mac, DOS programs and those that forget the mark of UTF-16 have saved."""
    (one,) = rows("e-post;namn\r\nasa@example.se;Åsa Öberg på Ängö\r\n", encoding)

    assert (one.email, one.name) == ("asa@example.se", "Åsa Öberg på Ängö")


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"PK\x03\x04\x14\x00", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"BEGIN:VCARD\r\nVERSION:4.0\r\n", "vCard"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_told_how_to_be_saved(beginning: bytes, kind: str) -> None:
    """A spreadsheet itself is not a list: the answer names the format to save it in."""
    with pytest.raises(ContentError, match=rf'{kind}.*choose Save as .* "CSV UTF-8"'):
        parse_list(beginning + b"anna@example.se", "people.xlsx")


def person(number: int, email: str, name: str | None, state: SubscriberState) -> Subscriber:
    """Somebody on the list."""
    return Subscriber(number, email, name, state, "sv", ("press", "medlem"), NOW)
