"""The languages that the pages speak, and which of them a reader likes best."""

import re

from newsroom.render.words import SPOKEN, Words

LANGUAGES = tuple(sorted(SPOKEN))
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")
_MOST = 20  # ranges; browsers send a handful


def liked_languages(header: str) -> tuple[str, ...]:
    """The languages of an Accept-Language header, best liked first (RFC 9110 section 12.5.4).

    Regions are left out, since no page differs by them; what nobody can read is passed over.
    """
    found = [_RANGE.fullmatch(part) for part in header.split(",", _MOST)[:_MOST]]
    liked = [(float(one[2] or 1), one[1].lower()) for one in found if one]
    ordered = sorted(liked, key=lambda one: -one[0])  # stable: of equals the first
    return tuple(dict.fromkeys(lang for weight, lang in ordered if weight > 0))


def other_languages(lang: str) -> tuple[tuple[str, str], ...]:
    """The other languages that a page can be read in, each with the words of a link to it."""
    return tuple(
        (other, Words(other).gettext("This page in English"))
        for other in LANGUAGES
        if other != lang
    )


def language_names() -> tuple[tuple[str, str], ...]:
    """The languages that issues and pages come in, each by its own name for itself."""
    from babel import Locale

    return tuple((lang, Locale.parse(lang).get_language_name(lang) or lang) for lang in LANGUAGES)
