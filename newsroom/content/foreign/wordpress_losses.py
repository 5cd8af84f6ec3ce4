"""What of a WordPress text cannot be kept, reported to whoever imports it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsroom.content.foreign.wordpress_text import CAPTION, EMBED, GALLERY, PLAYER, gallery_of
from newsroom.model.saying import Saying, say

_ELEMENT = re.compile(r"<[^<>]{0,2000}>")
_CODE = re.compile(
    r"\[(?P<name>[a-z][a-z0-9_-]{1,40})(?P<what>\s[^\]]{0,1000})?/?\](?!\()", re.IGNORECASE
)
_PLAYERS = {"audio", "caption", "embed", "playlist", "video"}  # codes that WordPress itself has
# A block without HTML of its own: WordPress makes its text when the page is shown.
_BLOCK = re.compile(r"<!--\s+wp:(?P<name>[a-z][a-z0-9/-]{0,80})\s[^<>]{0,2000}?/-->")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that does not come along as it was."""

    written: str  # as it stands in the text
    words: Saying


def losses_in(content: str, pictures: Mapping[str, str], here: str | None) -> Iterator[Loss]:
    """What is lost of a text, in the order of its sorts; `pictures` and `here` as for its HTML."""
    for match in GALLERY.finditer(content):
        gallery = gallery_of(match, pictures, here)
        if gallery.missing:
            numbers = ", ".join(gallery.missing)
            told = say(
                "the export lacks pictures of a gallery, by number: {numbers}", numbers=numbers
            )
            yield Loss(match[0], told)
        elif not gallery.pictures:
            told = say(
                "the export has no picture for {code}, which stays in the text", code=match[0]
            )
            yield Loss(match[0], told)
    for match in _BLOCK.finditer(content):
        told = say(
            "the block {name} has no text in the export and was left out", name=match["name"]
        )
        yield Loss(match[0], told)
    for name in codes_left(content):
        told = say("the code [{name}] means nothing here and stays in the text", name=name)
        yield Loss(f"[{name}", told)


def codes_left(content: str) -> tuple[str, ...]:
    """The names of the codes of which nothing is made, each once; they stay in the text.

    A word in square brackets may be no more than that: a code has an end, something that is set, or
    a name like one.
    """
    text = content
    for known in (CAPTION, EMBED, PLAYER, GALLERY, _ELEMENT):
        text = known.sub("", text)
    codes: dict[str, str] = {}
    for match in _CODE.finditer(text):
        name = match["name"].lower()
        codes[name] = codes.get(name, "") + (match["what"] or "")
    return tuple(name for name, what in codes.items() if _is_code(name, what, text))


def _is_code(name: str, what: str, text: str) -> bool:
    looks_like_one = "-" in name or "_" in name or "=" in what
    return looks_like_one or name in _PLAYERS or f"[/{name}]" in text
