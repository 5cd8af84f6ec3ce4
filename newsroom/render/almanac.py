"""Names of days and months: Swedish and English at hand, other languages from Babel (slower).

Babel knows all of them, and takes longer to be asked the first time than a page to be made. What
stands here is what it says of these two; a test holds each word against it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_PATTERN_LANGUAGE = {"en": "en_GB", "no": "nb"}  # 12 April 2026, not April 12, 2026


@dataclass(frozen=True, slots=True)
class Almanac:
    """The names in one language that puts the day before the month, and the year last."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]  # from Monday

    def date(self, day: dt.date) -> str:
        """12 april 2026."""
        return f"{self.day(day)} {day.year}"

    def day(self, day: dt.date) -> str:
        """12 april."""
        return f"{day.day} {self.month_name(day.month)}"

    def days(self, first: dt.date, last: dt.date) -> str:
        """14–15 mars 2026: of one month."""
        return f"{first.day}–{self.date(last)}"

    def weekday(self, day: dt.date) -> str:
        """Söndag, written as inside a sentence: söndag."""
        return self.weekdays[day.weekday()]

    def month(self, year: int, month: int) -> str:
        """April 2026, written as inside a sentence: april 2026."""
        return f"{self.month_name(month)} {year}"

    def month_name(self, month: int) -> str:
        """The name of a month alone."""
        return self.months[month - 1]

    def short_month(self, month: int) -> str:
        """A month in three or four letters, without a point: apr."""
        return self.short_months[month - 1]


class CldrAlmanac:
    """The same of any language, asked of Babel; English for one that it does not know."""

    def __init__(self, lang: str) -> None:
        """`lang` as BCP 47 writes it."""
        self._locale = locale(lang)

    def date(self, day: dt.date) -> str:
        """The day, the month and the year, in the language's own order."""
        return _long_date(self._locale, day)

    def day(self, day: dt.date) -> str:
        """The day and the month."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMMd", day, locale=self._locale)

    def days(self, first: dt.date, last: dt.date) -> str:
        """The long date with both days in place of one; CLDR's own intervals shorten the month."""
        from babel.dates import format_date

        pattern = self._locale.date_formats["long"].pattern
        point = "." if "d." in pattern else ""
        days = f"'{first.day}{point}–{last.day}{point}'"
        return format_date(last, pattern.replace(f"d{point}", days, 1), self._locale)

    def weekday(self, day: dt.date) -> str:
        """The name of a weekday, as inside a sentence."""
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=self._locale)

    def month(self, year: int, month: int) -> str:
        """The name of a month and its year, as inside a sentence."""
        from babel.dates import format_date

        return format_date(dt.date(year, month, 1), "MMMM y", locale=self._locale)

    def month_name(self, month: int) -> str:
        """The name of a month alone."""
        return str(self._locale.months["stand-alone"]["wide"][month])

    def short_month(self, month: int) -> str:
        """A month in three or four letters, without a point."""
        return str(self._locale.months["stand-alone"]["abbreviated"][month]).rstrip(".")


AT_HAND = {
    "sv": Almanac(
        months=(
            *("januari", "februari", "mars", "april", "maj", "juni"),
            *("juli", "augusti", "september", "oktober", "november", "december"),
        ),
        short_months=(
            *("jan", "feb", "mars", "apr", "maj", "juni"),
            *("juli", "aug", "sep", "okt", "nov", "dec"),
        ),
        weekdays=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    ),
    "en": Almanac(
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        short_months=(
            *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
            *("Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
        ),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ),
}


@cache
def almanac(lang: str) -> Almanac | CldrAlmanac:
    """The almanac of a language (BCP 47)."""
    return AT_HAND.get(lang) or CldrAlmanac(lang)


@cache
def locale(lang: str) -> "Locale":
    """Babel's data for a language, else for English; heavy, so read when first asked for."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_PATTERN_LANGUAGE.get(lang, lang.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=10_000)
def _long_date(language: "Locale", day: dt.date) -> str:
    """The same few stand on most pages of a site."""
    from babel.dates import format_date

    return format_date(day, "long", locale=language)
