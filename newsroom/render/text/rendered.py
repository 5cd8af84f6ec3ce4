"""A text rendered as HTML whose addresses are not filled in yet: each place leaves a hole."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from typing import NamedTuple

from newsroom.render.text.file_notes import SIZE, note_of

ANCHOR = "t-"  # stands before every id in a text, so that none can meet an id of the page around it

_ID = re.compile(rf' id="{ANCHOR}([^"]*)"')
_TO_NOWHERE = re.compile(
    r'<a(?: [a-z]+="[^"]*")*? href=""(?: [a-z]+="[^"]*")*>(.*?)</a>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address in a text leads, and what is known of it when it is a picture or a file."""

    url: str  # empty: nowhere, and a link is shown as its words alone
    width: int | None = None  # pixels
    height: int | None = None
    srcset: str | None = None  # the same picture in other widths, as HTML writes them
    sizes: str | None = None  # how wide it is shown
    size: str | None = None  # of a file, as readers are told it: 1,2 MB


Resolve = Callable[[str], Target]
NOWHERE = Target("")


class Hole(NamedTuple):
    """A place in a text's HTML where an address goes, or what is to be said of a file."""

    address: str  # as written; fragments point at the text's own ids
    picture: bool = False  # of which the size is to be told
    note: str | None = None  # words for the end of a link, when its file is there


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as sanitised HTML with holes for its addresses: what a text alone can tell.

    A page fills the holes with its site's paths, a feed with whole addresses, so that one rendering
    serves them all.
    """

    parts: tuple[str, ...]  # one more than there are holes
    holes: tuple[Hole, ...]

    def html(self, resolve: Resolve) -> str:
        """The HTML with every address resolved; a link that leads nowhere is its words alone."""
        targets = [resolve(hole.address) for hole in self.holes]
        filled = [self.parts[0]]
        for hole, target, after in zip(self.holes, targets, self.parts[1:], strict=True):
            filled += _filling(hole, target), after
        html = "".join(filled)
        return html if all(target.url for target in targets) else _TO_NOWHERE.sub(r"\1", html)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address in the text, once, in the order of the alphabet."""
        return tuple(sorted({hole.address for hole in self.holes}))

    @property
    def anchors(self) -> tuple[str, ...]:
        """What a link may name after its #: the ids of the text, as they are written in it."""
        return tuple(name for part in self.parts for name in _ID.findall(part))


class AddressesAside:
    """The addresses of one text, set aside while its HTML is cleaned and mended.

    A mark stands for each of them meanwhile: a digest of the text, which no text can hold.
    """

    def __init__(self, body: str) -> None:
        """`body` is the Markdown of the text."""
        self._mark = blake2b(body.encode(), digest_size=12).hexdigest()
        self._written: list[tuple[str, str]] = []  # tag and address, by the number of the mark

    def settle(self, tag: str, attribute: str, value: str) -> str:
        """What an attribute has meanwhile: an address its mark, an id its prefix."""
        if attribute in {"href", "src", "cite"}:
            is_fragment = value.startswith("#") and len(value) > 1
            self._written.append((tag, f"#{ANCHOR}{value[1:]}" if is_fragment else value))
            return f"{self._mark}{len(self._written) - 1};"
        return ANCHOR + value if attribute == "id" else value

    def rendered(self, html: str) -> Rendered:
        """The HTML with a hole at each mark, and one at the end of a link for what is its file."""
        first, *others = html.split(self._mark)
        parts, holes = [first], list[Hole]()
        for other in others:
            number, _, after = other.partition(";")
            tag, address = self._written[int(number)]
            holes.append(_hole(tag, address, parts[-1], after))
            note = note_of(address, after) if tag == "a" else None
            if note:
                parts.append(after[: note.at])
                holes.append(Hole(address, note=note.words))
            parts.append(after[note.at :] if note else after)
        return Rendered(tuple(parts), tuple(holes))


def _hole(tag: str, address: str, before: str, after: str) -> Hole:
    """The hole; a picture whose size was written beside it keeps that one."""
    sized = tag != "img" or "width=" in before[before.rfind("<") :] + after[: after.find(">")]
    return Hole(address, picture=not sized)


def _filling(hole: Hole, target: Target) -> str:
    """What stands between the quotation marks of the address: for a picture, attributes too.

    At the end of a link it is the note on its file, if there is a file.
    """
    if hole.note is not None:
        return escape(hole.note.replace(SIZE, target.size)) if target.size else ""
    said = escape(target.url)
    if not hole.picture or not (target.width and target.height):
        return said
    said += f'" width="{target.width}" height="{target.height}'
    if target.srcset and target.sizes:
        said += f'" srcset="{escape(target.srcset)}" sizes="{escape(target.sizes)}'
    return said
