"""One event from its announcement to its cancelling, in everything that readers may look at."""

import json
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
from icalendar import Calendar

from tests.cli.terminal import Terminal

EVENT = "posts/events/2027-03-17-konferens.md"
PAGE = "kalender/konferens/index.html"


@dataclass(frozen=True, slots=True)
class Told:
    """What each output of a built site says of the one event."""

    public: Path

    def page(self, path: str = PAGE) -> str:
        """A page, as its words."""
        html = (self.public / path).read_text(encoding="utf-8")
        text = re.sub(r"<[^>]+>", " ", html.partition("<body")[2])
        return re.sub(r"\s+", " ", text.replace("\xa0", " "))

    def machines(self) -> dict[str, Any]:
        """What its page says to machines."""
        html = (self.public / PAGE).read_text(encoding="utf-8")
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert found
        data: dict[str, Any] = json.loads(found[1])
        return data

    def entries(self) -> list[tuple[str, ...]]:
        """What both calendars say of it: UID, SEQUENCE, STATUS, SUMMARY, DTSTART."""
        said = []
        for path in ("calendar.ics", "kalender/konferens.ics"):
            calendar = Calendar.from_ical((self.public / path).read_text(encoding="utf-8"))
            assert isinstance(calendar, Calendar)
            (event,) = calendar.events
            names = ("UID", "SEQUENCE", "STATUS", "SUMMARY")
            said.append((*(str(event[name]) for name in names), f"{event.start:%Y-%m-%dT%H:%M}"))
        return said

    def news(self) -> list[list[tuple[str, str, str]]]:
        """Id, title and time of each item in RSS, Atom and JSON Feed."""
        said = []
        for path in ("feed.xml", "atom.xml"):
            feed = feedparser.parse((self.public / path).read_bytes())
            said.append([(e.id, e.title, _utc(e.published_parsed)) for e in feed.entries])
        items = json.loads((self.public / "feed.json").read_bytes())["items"]
        times = [datetime.fromisoformat(item["date_published"]) for item in items]
        rows = [(i["id"], i["title"], t.timestamp()) for i, t in zip(items, times, strict=True)]
        said.append([(id_, title, f"{moment:.0f}") for id_, title, moment in rows])
        return said


def _utc(parsed: Any) -> str:  # noqa: ANN401 (feedparser's time)
    return str(timegm(parsed))


def seconds(text: str) -> str:
    """A time with its offset, in POSIX seconds."""
    return f"{datetime.fromisoformat(text).timestamp():.0f}"


def edit(terminal: Terminal, *changes: tuple[str, str]) -> None:
    """Change words in the event's file, as an editor would."""
    path = terminal.root / EVENT
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def build(terminal: Terminal, now: str) -> Told:
    """Build the live site at a time, with nothing to warn of."""
    built = json.loads(terminal.do("build", "--json", "--now", now).out)
    assert "change-unsaid" not in {problem["code"] for problem in built["problems"]}
    return Told(terminal.root / "public")


def unsaid(terminal: Terminal, command: str, now: str) -> list[tuple[str, int, str]]:
    """Where a command says that a change is not told of, and what it was."""
    said = json.loads(terminal.do(command, "--json", "--now", now).out)
    problems = said if command == "check" else said["problems"]
    found = [p for p in problems if p["code"] == "change-unsaid"]
    return [(p["path"], p["line"], p["message"]) for p in found]


def test_everything_tells_the_same_story(terminal: Terminal) -> None:
    """Planned, moved, cancelled: pages, calendars and feeds say the same, and ids and days stay.

    The editor changes the time, and then the status, and nothing more; `check --fix` writes what
    was announced before.
    """
    told = build(terminal, "2026-11-22T09:00")
    uid = told.entries()[0][0]
    planned = told.news()[0]
    assert told.entries() == [(uid, "0", "CONFIRMED", "Konferens", "2027-03-17T10:00")] * 2
    assert told.machines()["eventStatus"] == "https://schema.org/EventScheduled"
    assert "tidigare" not in told.page().lower()
    assert all(feed == planned for feed in told.news())

    edit(
        terminal, ("start: 2027-03-17", "start: 2027-04-14"), ("end: 2027-03-17", "end: 2027-04-14")
    )
    warning = (EVENT, 4, "tiden har ändrats sedan den publicerades (var 2027-03-17 10:00–16:00)")
    for command in ("check", "build", "build", "check"):
        assert unsaid(terminal, command, "2026-11-23T10:00") == [warning], command
    terminal.do("check", "--fix", "--now", "2026-11-23T10:30")
    told = build(terminal, "2026-11-23T10:31")

    moved = (told.news()[0][0][0], "Ny dag: Konferens", seconds("2026-11-23T10:30+01:00"))
    assert told.entries() == [(uid, "1", "CONFIRMED", "Konferens", "2027-04-14T10:00")] * 2
    assert told.machines()["eventStatus"] == "https://schema.org/EventRescheduled"
    assert told.machines()["startDate"] == "2027-04-14T10:00:00+02:00"
    assert told.machines()["previousStartDate"] == "2027-03-17T10:00:00+01:00"
    assert "Ny dag: onsdag 14 april (tidigare 17 mars). Det som står här gäller." in told.page()
    assert "Tidigare 17 mars 2027 kl. 10.00–16.00 (ändrat 23 november 2026 )" in told.page()
    for path in ("index.html", "kalender/index.html"):
        assert "Ny dag: onsdag 14 april (tidigare 17 mars)." in told.page(path)
    for path in ("index.html", "nyheter/index.html", "nyheter/2026/11/index.html"):
        assert "Ny dag: Konferens" in told.page(path)
    assert all(feed == [moved, *planned] for feed in told.news())

    edit(terminal, ("title: Konferens\n", "title: Konferens\nstatus: cancelled\n"))
    warning = (EVENT, 4, "status har ändrats sedan den publicerades (var planned)")
    assert unsaid(terminal, "check", "2026-11-24T08:00") == [warning]
    terminal.do("check", "--fix", "--now", "2026-11-24T08:00")
    told = build(terminal, "2026-11-24T08:01")

    off = (told.news()[0][0][0], "Inställt: Konferens", seconds("2026-11-24T08:00+01:00"))
    summary = "INSTÄLLT: Konferens"
    assert told.entries() == [(uid, "2", "CANCELLED", summary, "2027-04-14T10:00")] * 2
    assert told.machines()["eventStatus"] == "https://schema.org/EventCancelled"
    assert told.machines()["startDate"] == "2027-04-14T10:00:00+02:00"
    assert told.machines()["previousStartDate"] == "2027-03-17T10:00:00+01:00"
    assert "Inställt. Det blir inte av." in told.page()
    assert "Ny dag: " not in told.page()
    for path in ("index.html", "kalender/index.html", "nyheter/index.html"):
        assert "Inställt" in told.page(path)
    assert "Ny dag: Konferens" not in told.page("index.html")
    overtaken = (moved[0], "Ny dag: Konferens (ändrat sedan dess)", moved[2])
    assert all(feed == [off, overtaken, *planned] for feed in told.news())
    assert len({id_ for id_, _, _ in [off, moved, *planned]}) == len(planned) + 2


def test_only_the_live_site_is_remembered(terminal: Terminal) -> None:
    """What was built with drafts, or into another folder, is what no reader has."""
    memory = terminal.root / "var/builds/events.json"

    terminal.do("build", "--drafts", "--now", "2026-11-22T09:00")
    terminal.do("build", "--out", str(terminal.root / "copy"), "--now", "2026-11-22T09:00")
    assert not memory.exists()

    terminal.do("build", "--now", "2026-11-22T09:00")
    assert list(json.loads(memory.read_text(encoding="utf-8"))) == ["urn:x:konferens"]

    (terminal.root / EVENT).unlink()
    terminal.do("build", "--now", "2026-11-22T09:00")
    assert memory.read_text(encoding="utf-8") == "{}"
