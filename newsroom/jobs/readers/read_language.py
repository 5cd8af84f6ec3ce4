"""Which of the languages that letters come in somebody means, by its code or by its name."""

import re
from functools import cache

from newsroom.render.words import SPOKEN

# `sv`, `sv-SE`, `sv_SE`, `svenska`, `Svenska (Sverige)`: what lists and address books write.
_WRITTEN = re.compile(r"([^\W\d_]+)(?:[-_][A-Za-z0-9]{2,8})*(?: \([^()]*\))?")


def languages_of(own: str) -> tuple[str, ...]:
    """The languages that letters come in, the site's `own` first."""
    return tuple(dict.fromkeys((own, *SPOKEN)))


def language_meant(written: str, own: str) -> str | None:
    """The language that somebody wrote; None where no letter comes in it."""
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        return None
    return _by_name(own).get(match[1].casefold())


@cache
def _by_name(own: str) -> dict[str, str]:
    """The languages by their codes of two and of three letters (ISO 639), and by their names."""
    from babel import Locale
    from babel.core import get_global
    from babel.localedata import exists

    long_codes = get_global("language_aliases")
    spoken = {lang.partition("-")[0]: lang for lang in reversed(languages_of(own))}
    names = dict(spoken)
    for code, lang in spoken.items():
        names |= {long: lang for long, short in long_codes.items() if short == code}
        own_name = Locale.parse(code).get_language_name if exists(code) else None
        named = map(own_name, filter(exists, spoken)) if own_name else ()
        names |= {name.casefold(): lang for name in named if name}
    return names
