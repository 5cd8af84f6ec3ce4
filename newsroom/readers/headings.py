"""Which column of an imported list holds what, by its heading and by the cells below it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsroom.errors import ContentError
from newsroom.model.printable import printable
from newsroom.model.saying import say

# Letters and digits of a heading in lower case, by what the column holds.
_HEADINGS = {
    "email": "email emailaddress mail epost epostadress epostadresser mejl mejladress mailadress "
    "emailadress email1value email2address email2value email3address epostadress2 epostadress3",
    "name": "name namn fullname displayname visningsnamn",
    "first": "firstname givenname fname förnamn fornamn",
    "last": "lastname familyname surname lname efternamn",
    "status": "status state läge",
    "type": "type typ",
    "lang": "language lang språk sprak",
    "tags": "tags taggar categories kategorier groupmembership labels etiketter ämnen",
    "consent": "consent samtycke optin godkännande",
    "left": "unsubtime unsubscriptiondate unsubscribedat unsubscribed avregistrerad",
    "bounced": "cleantime undeliverabilitydate bouncedat",
}
# What contacts have and subscribers have not, as Outlook and Google name it when they export.
_OF_CONTACTS = frozenset(
    [
        *("middlename", "mellannamn", "jobtitle", "befattning"),
        *("mobilephone", "mobiltelefon", "homephone", "telefonhem"),
        *("businessphone", "telefonarbete", "phone1value", "phone1type", "phone1label"),
        *("email2address", "email3address", "epostadress2", "epostadress3"),
        *("email2value", "email2type", "email2label"),
    ]
)
_FEWEST = 2  # one alone may be a field of somebody's form
_COLUMN = {heading: column for column, text in _HEADINGS.items() for heading in text.split()}
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")  # a cell with one address and nothing else
_MOST_HEADINGS, _LONGEST_HEADING = 20, 40  # that a message repeats


def column_of(heading: str) -> str | None:
    """What the column below a heading holds; None when nobody has taught us."""
    return _COLUMN.get(_letters(heading))


def of_address_book(headings: Iterable[str]) -> tuple[str, ...]:
    """The headings that give an address book away; none where it may be a list of subscribers."""
    found = tuple(heading for heading in headings if _letters(heading) in _OF_CONTACTS)
    return found if len(found) >= _FEWEST else ()


def where_addresses_stand(
    headings: Sequence[str], columns: Sequence[str | None], records: Iterable[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings that an address was taken from, and those below which others stand.

    Of the columns that are for addresses (`column_of`) the first counts that has one in the row.
    """
    ours = [place for place, column in enumerate(columns) if column == "email"]
    read, unread = {ours[0]}, set[int]()
    for record in records:
        taken = next((place for place in ours if place < len(record) and record[place]), ours[0])
        read.add(taken)
        known = record[taken] if taken < len(record) else ""
        others = _addresses_in(record[: len(headings)])
        unread.update(place for place in others if record[place] != known)
    return tuple(headings[n] for n in sorted(read)), tuple(headings[n] for n in sorted(unread))


def no_addresses(
    source: str, headings: Sequence[str], records: Iterable[Sequence[str]]
) -> ContentError:
    """That no heading is one for addresses; and below which of them addresses stand."""
    found = {place for record in records for place in _addresses_in(record[: len(headings)])}
    there = ", ".join(_shown(heading) for heading in headings[:_MOST_HEADINGS] if heading)
    if len(found) == 1 and (heading := headings[found.pop()]):
        return ContentError(
            say(
                '{source}: no column is called "E-post" or "email"; there are addresses below '
                '"{heading}": if they are the ones, call it "E-post"',
                source=source,
                heading=_shown(heading),
            )
        )
    return ContentError(
        say(
            "{source}: no column of addresses was found; the first row has {headings}: call the "
            'one with addresses "E-post" or "email"',
            source=source,
            headings=there or "-",
        )
    )


def _letters(heading: str) -> str:
    """A heading's letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "", heading.lower())


def _addresses_in(record: Sequence[str]) -> Iterator[int]:
    return (place for place, cell in enumerate(record) if _ADDRESS.fullmatch(cell))


def _shown(heading: str) -> str:
    """A heading as a terminal can show it: a file of another kind holds anything."""
    return printable(heading[:_LONGEST_HEADING])
