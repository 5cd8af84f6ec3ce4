"""The log of a bot."""

import json
import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsroom.cli.hush import Hush
from newsroom.cli.log import DeskFormatter, JsonFormatter
from newsroom.model.saying import say
from tests.newsrooms import put, write_newsroom

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HUSH = Hush(("relayets-losen",))
NOON = datetime(2026, 7, 1, 10, 0, 5, tzinfo=UTC)  # in summer time


def line(language: str, level: int, message: object, *values: object) -> str:
    """What one note becomes in the log."""
    record = logging.LogRecord("newsroom", level, "", 0, message, values, None)
    record.created = NOON.timestamp()
    return DeskFormatter(language, STOCKHOLM, HUSH).format(record)


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

    told = DeskFormatter("sv", STOCKHOLM, HUSH).format(record)

    assert "Fel: avslutar\nTraceback" in told
    assert told.endswith("ValueError: odd")


def broken(text: str) -> logging.LogRecord:
    """A note of something that broke with these words."""
    try:
        raise ValueError(text)  # noqa: TRY301 (to be caught here)
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("newsroom.x", logging.ERROR, "", 0, say("stopping"), (), fault)
    record.created = NOON.timestamp()
    return record


def test_nobodys_address_or_secret_is_in_a_trace() -> None:
    """Neither in the words of a fault, as lines or as JSON, nor in what was being said."""
    record = broken("asa@example.se with relayets-losen")
    formatters = (DeskFormatter("sv", STOCKHOLM, HUSH), JsonFormatter("sv", HUSH))

    for told in (formatter.format(record) for formatter in formatters):
        assert "ValueError: …@… with …" in told
        assert "asa" not in told
        assert "relayets" not in told


def test_as_json() -> None:
    """An object on a line: when in UTC, how serious, what, from where, and what broke."""
    told = JsonFormatter("sv", HUSH).format(broken("odd"))

    assert "\n" not in told
    found = json.loads(told)
    assert found.pop("fault").endswith("ValueError: odd")
    assert found == {
        "at": "2026-07-01T10:00:05.000Z",
        "level": "error",
        "message": "avslutar",
        "logger": "newsroom.x",
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_nobody_writes_a_line_of_ours(end: str) -> None:
    """What a server said may hold line breaks: what follows them is seen to be its words."""
    forged = f"550 no{end}2026-07-01 12:00:05  Fel: databasen är borta\x1b[2J"

    first, second = line("sv", logging.INFO, "%s", forged).split("\n")

    assert first == "2026-07-01 12:00:05  550 no"
    assert second == "    2026-07-01 12:00:05  Fel: databasen är borta [2J"


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        (".env", "NEWSROOM_LOG=json\nNEWSROOM_MAIL=x:y\n", "NEWSROOM_MAIL"),
        ("posts/site.yaml", "name: [\n", "site.yaml"),
        ("schedule.yaml", "publish: {every: 5 hens}\n", "schedule.yaml"),
    ],
)
@pytest.mark.parametrize("command", ["run", "tick"])
def test_what_keeps_a_bot_from_starting_is_a_line_of_its_log(
    tmp_path: Path, command: str, file: str, text: str, says: str
) -> None:
    """Programs that read the log as JSON find nothing else in it, the last line included."""
    root = write_newsroom(tmp_path)
    put(root, ".env", "NEWSROOM_LOG=json\n")
    put(root, file, text)

    ended = subprocess.run(
        [sys.executable, "-m", "newsroom", "--root", root, command],
        capture_output=True,
        text=True,
        check=False,
    )

    notes = [json.loads(line) for line in ended.stderr.splitlines()]
    assert ended.returncode in {1, 2}
    assert (notes[-1]["level"], says in notes[-1]["message"]) == ("error", True)
