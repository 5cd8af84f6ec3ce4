"""Swedish personal identity numbers and coordination numbers in a text.

They are personal data that nobody publishes on purpose, so one is told of without being repeated.
"""

import re
from collections.abc import Iterator
from datetime import date

from newsroom.content.lint.finding import Finding
from newsroom.model.saying import say

# Neither part of a longer number nor of an address: those are counters of somebody's system.
_NUMBER = re.compile(
    r"(?<![\w/=.+-])(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?P<sign>[-+–]?)(?P<last>\d{4})(?![\w/=])(?![.,+-]\d)",
    re.ASCII,
)
_LONG = re.compile(r"[0-9]{6}")  # what every one of them holds, and few texts do
_COORDINATION = 60  # added to the day when there is no permanent number
_CENTURIES = ("19", "20")


def personal_numbers(text: str) -> Iterator[Finding]:
    """Each number that has a day of birth and a right check digit.

    Organisation numbers have no month, and ten digits from 0 without a sign are a telephone's.
    """
    if not _LONG.search(text):
        return
    for match in _NUMBER.finditer(text):
        digits = match["year"] + match["month"] + match["day"] + match["last"]
        bare = not match["century"] and not match["sign"]
        if (bare and digits.startswith("0")) or not _is_born(match) or not _adds_up(digits):
            continue
        message = say(
            "what looks like a personal identity number stands here ({year}…)", year=match["year"]
        )
        yield Finding(
            match.start(), "personal-number", message, say("take it away before anybody reads it")
        )


def _is_born(match: re.Match[str]) -> bool:
    """Whether the number begins with a day that has been."""
    centuries = (match["century"],) if match["century"] else _CENTURIES
    month, day = int(match["month"]), int(match["day"])
    day -= _COORDINATION if day > _COORDINATION else 0
    return any(_is_day(int(century + match["year"]), month, day) for century in centuries)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _adds_up(digits: str) -> bool:
    """Whether the last digit checks the others (the Luhn algorithm, ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(digits):
        doubled = int(digit) * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0
