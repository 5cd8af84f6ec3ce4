"""Slugs: the part of an address that says what a page is about."""

import re
import unicodedata

_SPELT_OUT = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "&": " "}
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str) -> str:
    """A slug of lower-case letters a–z, digits and single hyphens: å and ä become a, ö becomes o.

    Empty when the text has no letter or digit that can be written so.
    """
    spelt = text.lower().translate(_SPELT_OUT)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", bare)))


def is_slug(text: str) -> bool:
    """Whether `text` can stand in an address as it is; no dots or slashes, so no path tricks."""
    return _SLUG.fullmatch(text) is not None
