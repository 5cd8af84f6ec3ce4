"""Dates, sizes and alphabets as people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.render.words import CATALOGUES, SPOKEN, Words

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SWEDISH, ENGLISH = Words("sv"), Words("en")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in Stockholm."""
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("start", "end", "all_day", "swedish", "english"),
    [
        (at(2026, 4, 12), None, True, "12 april 2026", "12 April 2026"),
        (at(2026, 3, 14), at(2026, 3, 16), True, "14–15 mars 2026", "14–15 March 2026"),
        (at(2026, 9, 14), at(2026, 9, 16), True, "14–15 september 2026", "14–15 September 2026"),
        (
            at(2026, 3, 30),
            at(2026, 4, 3),
            True,
            "30 mars–2 april 2026",
            "30 March – 2 April 2026",
        ),
        (
            at(2026, 12, 30),
            at(2027, 1, 3),
            True,
            "30 december 2026–2 januari 2027",
            "30 December 2026 – 2 January 2027",
        ),
        (at(2026, 4, 12, 13), None, False, "12 april 2026 kl. 13.00", "12 April 2026, 13:00"),
        (
            at(2026, 4, 12, 10),
            at(2026, 4, 12, 11, 30),
            False,
            "12 april 2026 kl. 10.00–11.30",
            "12 April 2026, 10:00–11:30",
        ),
        (
            at(2026, 10, 21, 12),
            at(2026, 10, 22, 12),
            False,
            "21 oktober kl. 12.00 – 22 oktober 2026 kl. 12.00",
            "21 October, 12:00 – 22 October 2026, 12:00",
        ),
    ],
)
def test_span_is_as_short_as_people_write_it(
    *, start: datetime, end: datetime | None, all_day: bool, swedish: str, english: str
) -> None:
    """A span names each day, month, year and hour once where once is enough."""
    assert SWEDISH.span(start, end, all_day=all_day) == swedish
    assert ENGLISH.span(start, end, all_day=all_day) == english


def test_other_languages_have_their_own_dates() -> None:
    """A language without a catalogue still gets its own month names and points."""
    assert Words("de").days(date(2026, 3, 14), date(2026, 3, 15)) == "14.–15. März 2026"


def test_unknown_language_reads_english() -> None:
    """A language nobody knows gets English rather than an error."""
    assert Words("xx").date(date(2026, 4, 12)) == "12 April 2026"
    assert Words("xx").gettext("HH:mm") == "HH:mm"


def test_months_and_days_stand_alone_or_in_a_sentence() -> None:
    """Month and weekday names follow the language's own capitals."""
    assert SWEDISH.month(2026, 4) == "april 2026"
    assert SWEDISH.month_name(9) == "september"
    assert SWEDISH.short_month(9) == "sep"
    assert SWEDISH.weekday(date(2026, 1, 1)) == "torsdag"
    assert ENGLISH.day(at(2026, 4, 12)) == "12 April"


@pytest.mark.parametrize(
    ("octets", "words"),
    [(1, "1 kB"), (34_500, "34 kB"), (999_499, "999 kB"), (999_600, "1 MB"), (1_234_567, "1,2 MB")],
)
def test_size_is_rounded_as_a_reader_needs_it(octets: int, words: str) -> None:
    """A small file is never of no size; a large one has one decimal."""
    assert SWEDISH.size(octets) == words


@pytest.mark.parametrize(
    ("lang", "words"), [("en-US", "1.2 MB"), ("de", "1,2 MB"), ("ja", "1.2 MB")]
)
def test_size_has_the_comma_of_the_language(lang: str, words: str) -> None:
    """Languages that we have no words in have their own comma all the same."""
    assert Words(lang).size(1_234_567) == words
    assert Words(lang).size(12_345_678_901).endswith("345.7 MB" if "1.2" in words else "345,7 MB")


def test_swedish_letters_stand_last() -> None:
    """Swedish puts å, ä and ö after z; accents that are no letters of their own do not count."""
    names = ["Örebro", "Åmål", "Ängelholm", "Zeta", "Éva", "Ekvall", "alfa"]

    swedish = sorted(names, key=SWEDISH.sort_key)
    english = sorted(names, key=ENGLISH.sort_key)

    assert swedish == ["alfa", "Ekvall", "Éva", "Zeta", "Åmål", "Ängelholm", "Örebro"]
    assert english == ["alfa", "Åmål", "Ängelholm", "Ekvall", "Éva", "Örebro", "Zeta"]


@pytest.mark.parametrize("catalogue", ["site", "web", "mail"])
def test_the_languages_spoken_are_those_with_catalogues(catalogue: str) -> None:
    """Every language that readers are spoken to in has all its words, and English needs none."""
    translated = {path.parts[-3] for path in CATALOGUES.glob(f"*/LC_MESSAGES/{catalogue}.mo")}

    assert translated | {"en"} == set(SPOKEN)
