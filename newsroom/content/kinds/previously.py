"""What an event's file says was announced before: read, and written as an editor would."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from newsroom.content.front.days import is_known
from newsroom.content.front.fields import Fields
from newsroom.content.front.times import shown
from newsroom.content.kinds.places import read_online, read_place
from newsroom.content.write import add_lines, field_lines, set_lines
from newsroom.model import Earlier, EventStatus
from newsroom.model.saying import say

_EXAMPLE = "previously: [{start: 2026-10-21T09:00, changed: 2026-09-01T10:00}]"
_DAY = timedelta(days=1)
_BLOCK = re.compile(r"previously:\s*(#.*)?")  # then each entry stands on lines of its own


def read_previously(fields: Fields) -> tuple[Earlier, ...]:
    """The entries, oldest first, with a warning where their order says otherwise."""
    entries = [(entry, _read(entry)) for entry in fields.nested_list("previously", _EXAMPLE)]
    latest: datetime | None = None
    for entry, earlier in entries:
        if latest and earlier.changed and earlier.changed.timestamp() < latest.timestamp():
            message = say("this change was made before the one above it")
            entry.warning("changed", "previously-order", message, say("write the oldest first"))
        latest = earlier.changed or latest
    return tuple(earlier for _, earlier in entries)


def previously_yaml(entries: Iterable[Earlier]) -> tuple[str, ...]:
    """The lines of the field with these entries, to stand in the front matter of an event.

    Times are civil times in the zone they have, as an editor writes them. Without entries there
    are no lines.
    """
    lines = [f"  - {{{', '.join(_written(entry))}}}" for entry in entries]
    return ("previously:", *lines) if lines else ()


def with_entries(
    text: str, there: Sequence[Earlier], more: Sequence[Earlier], source: PurePosixPath
) -> str:
    """The text of an event's file with more entries behind those that are there.

    Nothing else in it changes, and of a list that has each entry on its own lines neither do
    those. Raises ContentError when the text has no front matter that can be read.
    """
    written = field_lines(text, "previously", source)
    entries = [line for line in written if line.lstrip().startswith("-")]
    if not (entries and _BLOCK.fullmatch(written[0])):
        return set_lines(text, "previously", previously_yaml((*there, *more)), source)
    indent = entries[0][: -len(entries[0].lstrip())]
    lines = [f"{indent}{line.lstrip()}" for line in previously_yaml(more)[1:]]
    return add_lines(text, "previously", lines, source)


def _read(fields: Fields) -> Earlier:
    start, end, all_day = _times(fields)
    return Earlier(
        changed=fields.moment("changed"),
        start=start,
        end=end,
        all_day=all_day,
        place=read_place(fields),
        online=read_online(fields),
        status=_status(fields),
    )


def _status(fields: Fields) -> EventStatus | None:
    return (
        fields.choice("status", EventStatus, EventStatus.PLANNED) if fields.has("status") else None
    )


def _times(fields: Fields) -> tuple[datetime | None, datetime | None, bool]:
    """Start, end, and whether whole days were meant: as in the event, but either may be missing."""
    first, last = fields.when("start"), fields.when("end")
    if first and last and (first.clock is None) != (last.clock is None):
        message = say("one of start and end has a clock time, the other has none")
        fields.error("end", "bad-date", message, say("write both with a clock time, or neither"))
    all_day = any(when is not None and when.clock is None for when in (first, last))
    start = fields.instant("start", first) if first else None
    if all_day:
        final = last or (first if start and is_known(start) else None)
        end = fields.midnight_after("end", final.day) if final else None
    else:
        end = fields.instant("end", last) if last else None
    known = all(is_known(moment) for moment in (start, end) if moment)
    if known and start and end and end.timestamp() <= start.timestamp():
        message = say("end {end} is not after start {start}", end=shown(end), start=shown(start))
        fields.error("end", "end-before-start", message, say("write an end that comes later"))
    return start, end, all_day


def _written(entry: Earlier) -> Iterator[str]:
    """The fields of an entry inside braces; names stand in quotation marks, which JSON has too."""
    if entry.start:
        yield f"start: {_civil(entry.start, entry.all_day)}"
    if entry.end:
        last = entry.end - _DAY if entry.all_day else entry.end
        yield f"end: {_civil(last, entry.all_day)}"
    if entry.place:
        yield f"place: {{{_texts(name=entry.place.name, address=entry.place.address)}}}"
    if entry.online:
        yield f"online: {{{_texts(url=entry.online.url, label=entry.online.label)}}}"
    if entry.status:
        yield f"status: {entry.status.value}"
    if entry.changed:
        yield f"changed: {_civil(entry.changed, day_alone=False)}"


def _texts(**texts: str | None) -> str:
    known = ((name, text) for name, text in texts.items() if text)
    return ", ".join(f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in known)


def _civil(moment: datetime, day_alone: bool) -> str:  # noqa: FBT001 (named where it is called)
    """The day, or the time on the clock; with its offset when the clock shows it a second time."""
    if day_alone:
        return moment.date().isoformat()
    exact = "seconds" if moment.second else "minutes"
    return (moment if moment.fold else moment.replace(tzinfo=None)).isoformat(timespec=exact)
