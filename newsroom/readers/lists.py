"""Lists of people as mailing services, address books and spreadsheets export them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from email.utils import getaddresses

from newsroom.errors import ContentError
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.readers.headings import (
    column_of,
    no_addresses,
    of_address_book,
    where_addresses_stand,
)
from newsroom.readers.row_says import RowSays, row_says, says_no

_DELIMITERS = ",;\t"
# A spreadsheet would calculate a cell that begins so; those of full width in East Asian ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What Mac and DOS programs saved Swedish as; any bytes can be read as Windows-1252.
_OLD = ("windows-1252", "mac-roman", "cp850")
_SWEDISH = frozenset("åäöÅÄÖéüÉÜ")
# How files begin that a spreadsheet or an address book saves when it is not told to save CSV.
_NOT_TEXT = {
    b"PK\x03\x04": "Excel (.xlsx), Numbers, OpenDocument (.ods)",
    b"\xd0\xcf\x11\xe0": "Excel (.xls)",
    b"BEGIN:VCARD": "vCard (.vcf)",
    b"%PDF": "PDF",
}
_LARGEST_CELL = 1_000_000  # characters
_HAPPENED = frozenset({"left", "bounced"})  # columns that tell when it did, or whether
_TAG = re.compile(
    r"""(?:^|[,;]|:::)\s*(?:"((?:[^"]|"")*)"\s*(?=[,;]|:::|\Z)|((?:(?!:::)[^,;])*))"""
)


@dataclass(frozen=True, slots=True)
class _Written:
    """How a list is written in a language: all of it is read again by `parse_list`."""

    delimiter: str
    headings: tuple[str, ...]
    states: Mapping[SubscriberState, str]


_WRITTEN = {
    "en": _Written(
        ",",
        ("email", "name", "state", "lang", "tags", "since"),
        {state: state.value for state in SubscriberState},
    ),
    "sv": _Written(
        ";",
        ("E-post", "Namn", "Läge", "Språk", "Ämnen", "Sedan"),
        {
            SubscriberState.PENDING: "obekräftad",
            SubscriberState.ACTIVE: "aktiv",
            SubscriberState.UNSUBSCRIBED: "avslutad",
            SubscriberState.SUPPRESSED: "utanför",
        },
    ),
}
_AROUND = ' "*\t\r\n'  # what services put around a tag


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list, as written."""

    row: int  # as a spreadsheet counts: the headings are row 1
    email: str
    says: RowSays
    name: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The people of a file, and under which headings their addresses stand."""

    people: tuple[Listed, ...]
    read: tuple[str, ...] = ()  # headings that an address was taken from; a plain list has none
    unread: tuple[str, ...] = ()  # headings below which other addresses were left alone
    contacts: tuple[str, ...] = ()  # headings that only an address book has


def parse_list(content: bytes, source: str) -> PeopleList:
    """The people of a CSV file with headings, or of a plain list of addresses.

    Comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252. Of several addresses in a row the first
    below a heading that we know counts. Raises ContentError when there is no column of addresses,
    and when there is nothing in the file.
    """
    for beginning, kind in _NOT_TEXT.items():
        if content.startswith(beginning):
            raise _not_text(source, kind)
    text = _decode(content)
    if not text.strip():
        raise ContentError(say("{source}: the file is empty; export the list again", source=source))
    delimiter, text = _delimiter(text)
    records = [record for record in _records(text, delimiter, source) if any(record[1])]
    headings = records[0][1] if records else []
    columns = [column_of(heading) for heading in headings]
    cells = [record for _, record in records[1:]]
    if "email" in columns:
        people = tuple(_listed(row, record, columns) for row, record in records[1:])
        read, unread = where_addresses_stand(headings, columns, cells)
        return PeopleList(people, read, unread, of_address_book(headings))
    if any("@" in cell for cell in headings):
        return PeopleList(tuple(_plain(text)))
    raise no_addresses(source, headings, cells)


def write_list(people: Iterable[Subscriber], zone: tzinfo, lang: str = "en") -> str:
    """The list as CSV that Excel opens and `parse_list` reads again, letter for letter.

    Excel parts cells at the sign that its language has for it, so the language of the desk decides
    on that, on the headings and on the words for where somebody stands. Times are those of the
    zone. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which is
    taken away when it is read.
    """
    written = _WRITTEN.get(lang, _WRITTEN["en"])
    text = io.StringIO()
    out = csv.writer(text, delimiter=written.delimiter, lineterminator="\r\n")
    out.writerow(written.headings)
    for person in people:
        cells = (person.email, person.name or "", written.states[person.state], person.lang)
        tags = ", ".join(map(_tag, person.tags))
        since = f"{person.since.astimezone(zone):%Y-%m-%d %H:%M}"
        out.writerow([_safe(cell) for cell in (*cells, tags, since)])
    return "\ufeff" + text.getvalue()


def _not_text(source: str, kind: str) -> ContentError:
    return ContentError(
        say(
            "{source}: this is a file of {kind}; open it there, choose Save as or Export, and the "
            'format "CSV UTF-8"',
            source=source,
            kind=kind,
        )
    )


def _decode(content: bytes) -> str:
    """The text of a file; of several old encodings the one in which it has most Swedish letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[1:2] == b"\0" or content[:1] == b"\0":  # UTF-16 whose mark was lost
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        readings = [content.decode(encoding, errors="replace") for encoding in _OLD]
        return max(readings, key=lambda text: sum(letter in _SWEDISH for letter in text))


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, by a `sep=` line as Excel writes it or by the headings; and the rest."""
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)\r?", first):
        return match[1], rest
    headings = re.search(r".*\S.*", text)
    bare = re.sub(r'"[^"]*"', "", headings[0] if headings else "")
    return max(_DELIMITERS, key=bare.count), text


def _records(text: str, delimiter: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number; a line break inside a cell does not begin a new one."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row, record in enumerate(reader, start=1):
            yield row, [_plain_cell(cell.strip(" \t\u00a0")) for cell in record]
    except csv.Error as error:
        raise ContentError(
            say(
                "{source}:{line_num}: {error}; export the list as CSV again",
                source=source,
                line_num=reader.line_num,
                error=error,
            )
        ) from error


def _listed(row: int, record: Sequence[str], columns: Sequence[str | None]) -> Listed:
    cells: dict[str, str] = {}
    for column, cell in zip(columns, record, strict=False):
        if column and cell and not (column in _HAPPENED and says_no(cell)):
            cells.setdefault(column, cell)
    both = f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    return Listed(
        row=row,
        email=cells.get("email", ""),
        says=row_says(cells, columns),
        name=cells.get("name") or both or None,
        lang=cells.get("lang"),
        tags=_tags(cells.get("tags", "")),
    )


def _tags(cell: str) -> tuple[str, ...]:
    """Tags between commas, semicolons or Google's `:::`, each once, in order."""
    parts = (
        match[2].strip(_AROUND) if match[1] is None else match[1].replace('""', '"')
        for match in _TAG.finditer(cell)
    )
    return tuple(dict.fromkeys(part for part in parts if part))


def _tag(tag: str) -> str:
    """A tag as it is written beside others: in quotes where it would not be read as one."""
    return tag if _tags(tag) == (tag,) else '"{}"'.format(tag.replace('"', '""'))


def _plain(text: str) -> Iterator[Listed]:
    """Addresses without headings: one or several a line, with or without names; `#` comments."""
    for row, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            for name, email in getaddresses([line.replace(";", ",")]):
                yield Listed(row, email, RowSays.READER, name or None)


def _plain_cell(cell: str) -> str:
    """A cell as it was before `_safe`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Whether a cell begins a formula, or would if the apostrophes in front of it were gone."""
    return cell.lstrip("'").startswith(_FORMULA)
