"""What a reader sees in words: translations, dates, sizes and the order of the alphabet."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from newsroom.render.almanac import almanac, locale

CATALOGUES = Path(__file__).parent.parent / "locale"
SPOKEN: Final = ("sv", "en")  # the languages that our own words to readers are in
_FOR_READERS = ("mail", "site", "web")  # catalogues; the others are for the desk
_LAST_LETTERS = {  # CLDR root collation puts these among a, o and y; these languages do not
    "sv": str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"}),
    "fi": str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"}),
    "nb": str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"}),
    "da": str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"}),
}
_KILOBYTE = 1000
_HARD = "\N{NO-BREAK SPACE}"  # between a number and its unit
_COMMAS = {"sv": ",", "en": "."}  # Babel knows them all, and takes 40 ms to be asked
_COUNTRIES = {"sv": "sv_SE", "en": "en_GB", "nb": "nb_NO", "da": "da_DK", "fi": "fi_FI"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language (BCP 47). A language without a catalogue reads English."""

    lang: str

    def gettext(self, message: str) -> str:
        """The translation of an English message."""
        return _translations(self.lang).gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The translation of a message about `n` things."""
        return _translations(self.lang).ngettext(singular, plural, n)

    def locale(self, lang: str | None = None) -> str:
        """The language with its country, as Open Graph writes it: sv_SE."""
        lang = (lang or self.lang).replace("-", "_")
        return _COUNTRIES.get(lang, lang)

    def language(self, lang: str) -> str:
        """What a language (BCP 47) is called: svenska; its tag where it has no name."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(lang, sep="-").get_display_name(self.lang) or lang
        except (UnknownLocaleError, ValueError):
            return lang

    def date(self, day: dt.date) -> str:
        """12 april 2026. Of an aware time, the day in the time's own zone."""
        return almanac(self.lang).date(_day(day))

    def day(self, day: dt.date) -> str:
        """12 april: a day whose year is plain from its surroundings."""
        return almanac(self.lang).day(_day(day))

    def weekday(self, day: dt.date) -> str:
        """Söndag, written as inside a sentence: söndag."""
        return almanac(self.lang).weekday(_day(day))

    def month(self, year: int, month: int) -> str:
        """April 2026, written as inside a sentence: april 2026."""
        return almanac(self.lang).month(year, month)

    def month_name(self, month: int) -> str:
        """The name of a month alone, as in a list: april."""
        return almanac(self.lang).month_name(month)

    def short_month(self, month: int) -> str:
        """A month in three or four letters, without a point: apr."""
        return almanac(self.lang).short_month(month)

    def time(self, moment: dt.datetime) -> str:
        """13.00 in Swedish, 13:00 in English; in the moment's own zone."""
        pattern = self.gettext("HH:mm")
        return pattern.replace("HH", f"{moment:%H}").replace("mm", f"{moment:%M}")

    def moment(self, moment: dt.datetime) -> str:
        """12 april 2026 kl. 13.00."""
        return self.gettext("{date}, {time}").format(date=self.date(moment), time=self.time(moment))

    def span(self, start: dt.datetime, end: dt.datetime | None, *, all_day: bool = False) -> str:
        """From `start` to `end`, as short as people write it: 12 april 2026 kl. 10.00–11.30.

        Of an all-day span the end is exclusive: it is the midnight after the last day.
        """
        if all_day:
            return self.days(start, end - dt.timedelta(days=1) if end else start)
        if end is None or end == start:
            return self.moment(start)
        if start.date() == end.date():
            return self.gettext("{date}, {start}–{end}").format(
                date=self.date(start), start=self.time(start), end=self.time(end)
            )
        first = self.date(start) if start.year != end.year else self.day(start)
        opening = self.gettext("{date}, {time}").format(date=first, time=self.time(start))
        return self.gettext("{start} – {end}").format(start=opening, end=self.moment(end))

    def hours(self, start: dt.datetime, end: dt.datetime | None) -> str:
        """From one clock time to another, or from one alone: kl. 10.00–11.30."""
        if end is None or end == start:
            return self.gettext("at {time}").format(time=self.time(start))
        return self.gettext("{start}–{end}").format(start=self.time(start), end=self.time(end))

    def days(self, first: dt.date, last: dt.date) -> str:
        """14–15 mars 2026: both days included."""
        first, last = _day(first), _day(last)
        if first >= last:
            return self.date(first)
        if (first.year, first.month) == (last.year, last.month):
            return almanac(self.lang).days(first, last)
        opening = self.day(first) if first.year == last.year else self.date(first)
        dash = self.gettext("{first} – {last}")
        return dash.format(first=opening, last=self.date(last))

    def number(self, number: float) -> str:
        """A number with the language's own comma and spaces, at most one decimal."""
        from babel.numbers import format_decimal

        return format_decimal(number, "#,##0.#", locale=locale(self.lang))

    def size(self, octets: int) -> str:
        """The size of a file in kB or MB, on one line: 1,2 MB."""
        kilobytes = max(1, round(octets / _KILOBYTE))
        if kilobytes < _KILOBYTE:
            return f"{kilobytes}{_HARD}kB"
        megabytes, comma = octets / _KILOBYTE**2, _COMMAS.get(self.lang.partition("-")[0])
        if comma is None or megabytes >= _KILOBYTE:
            return f"{self.number(megabytes)}{_HARD}MB"
        return f"{f'{megabytes:.1f}'.removesuffix('.0').replace('.', comma)}{_HARD}MB"

    def sort_key(self, text: str) -> tuple[str, str]:
        """The place of a text in the language's alphabet; å, ä and ö stand last in Swedish."""
        placed = text.casefold().translate(_LAST_LETTERS.get(self.lang.split("-")[0], {}))
        bare = "".join(
            c for c in unicodedata.normalize("NFKD", placed) if not unicodedata.combining(c)
        )
        return bare, text


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


@cache
def _translations(lang: str) -> NullTranslations:
    """The language's catalogues of what readers see, read once; English when it has none."""
    for name in (lang.replace("-", "_"), lang.split("-", maxsplit=1)[0]):
        files = [CATALOGUES / name / "LC_MESSAGES" / f"{room}.mo" for room in _FOR_READERS]
        if found := [file for file in files if file.is_file()]:
            return _joined(found)
    return NullTranslations()


def _joined(files: list[Path]) -> NullTranslations:
    chain: NullTranslations | None = None
    for file in files:
        with file.open("rb") as handle:
            catalogue = GNUTranslations(handle)
        if chain is not None:
            catalogue.add_fallback(chain)
        chain = catalogue
    return chain or NullTranslations()
