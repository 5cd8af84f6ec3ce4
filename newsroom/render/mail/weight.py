"""Whether a letter is too heavy: Gmail cuts one off near 102 kB, with the unsubscribe link."""

import quopri
from collections.abc import Iterator

from newsroom.model.saying import Saying, say

MOST_OCTETS = 80_000  # of HTML
MOST_ENCODED = 100_000  # of the same as it travels: in quoted-printable, an ö is six octets
_NAMED_BLOCKS = 3
_NAMED_LETTERS = 40


def too_heavy(html: str) -> Saying | None:
    """What a letter weighs more than it may, with the blocks that weigh most; None if it may."""
    octets, encoded = len(html.encode()), encoded_octets(html)
    if octets > MOST_OCTETS:
        return say(
            "the letter is {size} kB of HTML and may be {most} kB; "
            "the largest parts are {largest}: shorten them or take some away",
            size=octets // 1000,
            most=MOST_OCTETS // 1000,
            largest=_largest(html),
        )
    if encoded > MOST_ENCODED:
        return say(
            "the letter is {size} kB as it is sent and may be {most} kB, since Gmail cuts it a "
            "little above; the largest parts are {largest}: shorten them or take some away",
            size=encoded // 1000,
            most=MOST_ENCODED // 1000,
            largest=_largest(html),
        )
    return None


def encoded_octets(html: str) -> int:
    """The size of a letter's HTML in quoted-printable (RFC 2045, section 6.7)."""
    return len(quopri.encodestring(html.encode().replace(b"\n", b"\r\n")))


def _largest(html: str) -> str:
    """The blocks that weigh most, by their first words."""
    blocks = sorted(_blocks(html), reverse=True)[:_NAMED_BLOCKS]
    return ", ".join(f'"{title}" ({octets // 1000} kB)' for octets, title in blocks)


def _blocks(html: str) -> Iterator[tuple[int, str]]:
    """The size of each row of a letter, and the words it begins with.

    In a letter whose templates have no such rows, each cell that holds no other is one.
    """
    from lxml.html import document_fromstring, tostring

    document = document_fromstring(html)
    rows = document.findall(".//td[@class='side']") or document.xpath("//td[not(.//td)]")
    for cell in rows or document.find("body"):
        heading = next(cell.iter("h1", "h2", "h3"), cell)
        title = " ".join(heading.text_content().split())
        yield encoded_octets(tostring(cell, encoding="unicode")), title[:_NAMED_LETTERS]
