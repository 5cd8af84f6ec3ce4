"""A newsroom whose issue is a letter of 65 KB, and its readers."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from benchmarks.process import Surroundings, last_words, run
from newsroom.database import migrate, open_database, transaction
from newsroom.database.tables import subscriber

ISSUE: Final = "2026-host"
SIZE: Final = 65_000  # bytes of a whole message; what the figures to compare with were made with
NEWSROOM: Final = (sys.executable, "-m", "newsroom")
_PATIENCE: Final = 300.0  # seconds for a command that prepares something
_HOSTS: Final = 200  # mail hosts that the readers are spread over
_CHUNK: Final = 5_000
_SITE: Final = """\
name: Benchmark
url: https://bench.example.se
language: sv
timezone: Europe/Stockholm
sender: {{name: Benchmark, email: bench@example.se, bounces: bounces@example.se, verp: true}}
postal_address: Hamnplan 2, 999 10 Lövhamn
sending:
  pace: unlimited
  lane_pace: unlimited
  connections: {connections}
  hours: always
  canary: none
  undo: 0 minutes
  doctor: never
approvers: [ada]
"""
_CONTACT: Final = "---\nid: urn:uuid:0\nname: Ada\nemail: ada@example.se\n---\n"
_STORY: Final = """\
---
id: urn:bench:{number}
title: Händelse {number} i höst
date: {day}
summary: {summary}
---

Mer om det på vår hemsida.
"""
_ISSUE: Final = """\
---
id: urn:bench:issue
title: Nyhetsbrev hösten 2026
number: 1
preheader: Vad som har hänt sedan i våras, och vad som väntar.
stories:
{stories}---

Hej!
"""
_SUMMARY: Final = "Människor som möts där de bor mår bättre, och kommuner kan planera för det. " * 5


def fitting_letter(root: Path) -> tuple[int, bytes]:
    """How many stories make a message of about `SIZE`, and that message as a reader gets it."""
    few, more = (len(_exported(root / str(stories), stories)) for stories in (10, 30))
    stories = 10 + round((SIZE - few) / ((more - few) / 20))
    return stories, _exported(root / "fitting", stories)


def write_newsroom(root: Path, stories: int, connections: int) -> None:
    """A folder with an issue of so many stories."""
    for folder in ("contacts", "news", "newsletters"):
        (root / "posts" / folder).mkdir(parents=True)
    _write(root / "posts" / "site.yaml", _SITE.format(connections=connections))
    _write(root / "posts" / "contacts" / "ada.md", _CONTACT)
    for number in range(stories):
        day = f"2026-09-{1 + number % 28:02}"
        story = _STORY.format(number=number, day=day, summary=_SUMMARY)
        _write(root / "posts" / "news" / f"{day}-story-{number}.md", story)
    listed = "".join(f"  - story-{number}\n" for number in range(stories))
    _write(root / "posts" / "newsletters" / f"{ISSUE}.md", _ISSUE.format(stories=listed))


def approve(root: Path, environment: Mapping[str, str]) -> None:
    """Say yes to the issue, as an approver would."""
    command(root, environment, "issue", "approve", ISSUE, "--by", "ada")


def write_readers(url: str, count: int) -> None:
    """So many active readers in an empty database."""
    database = open_database(url)
    migrate(database)
    now = datetime.now(UTC)
    rows = (
        {
            "email": f"reader{number}@town{number % _HOSTS}.example",
            "state": "active",
            "lang": "sv",
            "tags": [],
            "since": now,
        }
        for number in range(count)
    )
    with transaction(database) as connection:
        while chunk := list(islice(rows, _CHUNK)):
            connection.execute(insert(subscriber), chunk)
    database.dispose()


def command(root: Path, environment: Mapping[str, str], *arguments: str) -> str:
    """A newsroom command that must succeed; what it said."""
    where = surroundings(root, environment)
    run([*NEWSROOM, "--root", str(root), *arguments], where, root / "nothing")
    return last_words(where)


def surroundings(
    root: Path, environment: Mapping[str, str], home: Path | None = None
) -> Surroundings:
    """Where a command of a newsroom runs, and what it is told: in its folder, or in another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    source = str(Path(__file__).parent.parent.parent)
    return Surroundings(home or root, {**kept, "PYTHONPATH": source, **environment}, _PATIENCE)


def _exported(root: Path, stories: int) -> bytes:
    write_newsroom(root, stories, connections=1)
    command(root, {}, "issue", "export", ISSUE, "--out", str(root / "export"))
    return (root / "export" / f"{ISSUE}.eml").read_bytes()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
