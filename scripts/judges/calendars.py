"""Readers of calendars that are not ours: ical.js, icalendar, vobject. They have to agree."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import vobject

from scripts.judges.exhibit import Exhibit
from scripts.judges.opinion import Opinion, error
from scripts.judges.toolbox import Toolbox, run

# What an entry says, the same whoever reads it: UID, start and end in UTC (a day alone stays a
# day), summary.
Entry = tuple[str, str, str, str]


def by_icalendar(exhibit: Exhibit, _tools: Toolbox) -> Opinion:
    """Every calendar: nothing that had to be ignored, and what RFC 5545 section 3.6.1 requires."""
    files = exhibit.files(".ics")
    findings = tuple(
        error(exhibit.place(path), fault) for path in files for fault in _complaints(path)
    )
    return Opinion("icalendar", f"{len(files)} calendars", findings)


def by_vobject(exhibit: Exhibit, _tools: Toolbox) -> Opinion:
    """Every calendar, and the same entries as icalendar finds."""
    files = exhibit.files(".ics")
    findings = tuple(
        error(exhibit.place(path), fault)
        for path in files
        for fault in _differences(path, set(_vobject_entries(path)))
    )
    return Opinion("vobject", f"{len(files)} calendars", findings)


def by_ical_js(exhibit: Exhibit, tools: Toolbox) -> Opinion:
    """Every calendar, and the same entries as icalendar finds."""
    tools.package("ical.js")
    node = tools.system_program("node", package="nodejs")
    files = exhibit.files(".ics")
    said = run([node, Path(__file__).with_name("calendars.mjs"), tools.folder.absolute(), *files])
    if said.returncode:
        return Opinion("ical.js", "nothing", (error("calendars.mjs", said.stderr),))
    findings = []
    for one in json.loads(said.stdout):
        path, entries = Path(one["file"]), {tuple(entry) for entry in one["entries"]}
        faults = [one["fault"]] if one["fault"] else _differences(path, entries)
        findings += [error(exhibit.place(path), fault) for fault in faults]
    return Opinion("ical.js", f"{len(files)} calendars", tuple(findings))


def _complaints(path: Path) -> Iterator[str]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    for part in calendar.walk():
        yield from (f"{part.name}: {name}: {words}" for name, words in part.errors)
    for event in calendar.walk("VEVENT"):
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            if not event.get(name):
                yield f"an entry has no {name}"


def _differences(path: Path, theirs: set[Entry]) -> Iterator[str]:
    ours = set(_entries(path))
    for entry in sorted(ours - theirs):
        yield f"icalendar reads {entry}, this one does not"
    for entry in sorted(theirs - ours):
        yield f"this one reads {entry}, icalendar does not"


def _entries(path: Path) -> Iterator[Entry]:
    for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        start, end = (event.get(name) for name in ("DTSTART", "DTEND"))
        yield (
            str(event["UID"]),
            _moment(start.dt),
            _moment(end.dt) if end else "",
            str(event["SUMMARY"]),
        )


def _vobject_entries(path: Path) -> Iterator[Entry]:
    calendar = vobject.readOne(path.read_text(encoding="utf-8"))
    for event in calendar.contents.get("vevent", []):
        end = event.contents.get("dtend")
        yield (
            event.uid.value,
            _moment(event.dtstart.value),
            _moment(end[0].value) if end else "",
            event.summary.value,
        )


def _moment(when: date | datetime) -> str:
    """In UTC, as all three readers can say it; a day alone stays a day."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return when.isoformat()
