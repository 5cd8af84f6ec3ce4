"""The type and size added to links to files, so that nobody opens one unawares."""

import re
from html import unescape
from typing import NamedTuple

from newsroom.model.file_type import says_type, type_of

SIZE = "{size}"  # stands in a note for what only the file itself can tell

# A path on the same site, with the ending of a file.
_FILE = re.compile(r"(?![a-z][a-z0-9+.-]*:|[/#?])[^?#]*\.([a-z0-9]{1,5})(?:[?#].*)?", re.IGNORECASE)
_SHOWN = frozenset(
    ["avif", "gif", "htm", "html", "jpeg", "jpg", "markdown", "md", "png", "svg", "webp"]
)
_REST_OF_TAG = re.compile(r'"(?: [\w-]+="[^"]*")*>')
_TAG = re.compile(r"<[^<>]*>")
_SAYS_SIZE = re.compile(r"\d[ \xa0]?(?:[KMG]B|kilobyte|megabyte)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()<>]+)(?=\)(?:</\w+>|\s)*$)")


class Note(NamedTuple):
    """Words for the end of a link, and where in the HTML after its address they go."""

    at: int
    words: str


def note_of(address: str, after: str) -> Note | None:
    """What a link to a file does not say yet; None when it says all, or shows a picture.

    `after` is the HTML after the address, up to the next address in the text.
    """
    file = _FILE.fullmatch(address)
    rest, end = _REST_OF_TAG.match(after), after.find("</a>")
    if file is None or rest is None or end < 0 or file[1].lower() in _SHOWN:
        return None
    inside = after[rest.end() : end]
    text = unescape(_TAG.sub("", inside))
    told = says_type(text, f".{file[1]}"), bool(_SAYS_SIZE.search(text))
    match told:
        case False, False:
            return Note(end, f" ({type_of(file[1])}, {SIZE})")
        case False, True:
            return Note(end, f" ({type_of(file[1])})")
        case True, False:
            return _size_alone(inside, rest.end(), end, file[1])
    return None


def _size_alone(inside: str, start: int, end: int, ending: str) -> Note:
    """The size, within the brackets that name the type when the text ends with them."""
    brackets = _IN_BRACKETS.search(inside)
    if brackets and says_type(brackets[1], f".{ending}"):
        return Note(start + brackets.end(), f", {SIZE}")
    return Note(end, f" ({SIZE})")
