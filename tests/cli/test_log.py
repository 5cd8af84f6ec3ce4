"""The log of a bot."""

import logging
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.cli.log import DeskFormatter
from newsroom.model.saying import say

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 7, 1, 10, 0, 5, tzinfo=UTC)  # in summer time


def line(language: str, level: int, message: object, *values: object) -> str:
    """What one note becomes in the log."""
    record = logging.LogRecord("newsroom", level, "", 0, message, values, None)
    record.created = NOON.timestamp()
    return DeskFormatter(language, STOCKHOLM).format(record)


@pytest.mark.parametrize(
    ("language", "level", "words"),
    [
        ("sv", logging.INFO, "avslutar"),
        ("sv", logging.WARNING, "Varning: avslutar"),
        ("sv", logging.ERROR, "Fel: avslutar"),
        ("en", logging.WARNING, "Warning: stopping"),
    ],
)
def test_a_note_is_in_the_language_and_the_time_of_the_desk(
    language: str, level: int, words: str
) -> None:
    """The clock on the wall, a word for what is no mere note, and what happened."""
    assert line(language, level, say("stopping")) == f"2026-07-01 12:00:05  {words}"


def test_a_note_of_a_library_stays_as_it_is() -> None:
    """What is no saying is nobody's to translate; its values are filled in."""
    assert line("sv", logging.INFO, "%d retries", 3) == "2026-07-01 12:00:05  3 retries"


def test_what_broke_is_shown_whole() -> None:
    """A fault that nobody foresaw is told with where it was, for whoever mends it."""
    try:
        raise ValueError("odd")  # noqa: TRY301 (to be caught here)
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("newsroom", logging.ERROR, "", 0, say("stopping"), (), fault)

    told = DeskFormatter("sv", STOCKHOLM).format(record)

    assert "Fel: avslutar\nTraceback" in told
    assert told.endswith("ValueError: odd")
