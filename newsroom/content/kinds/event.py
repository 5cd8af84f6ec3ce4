"""An event, from its file."""

from collections.abc import Sequence
from datetime import datetime, time

from newsroom.content.front.days import is_known
from newsroom.content.front.fields import Fields
from newsroom.content.front.times import When, shown
from newsroom.content.kinds.places import read_online, read_place
from newsroom.content.kinds.previously import read_previously
from newsroom.content.kinds.sheet import Sheet
from newsroom.content.links.meaning import meant_by
from newsroom.content.write import as_yaml
from newsroom.model import Event, EventStatus, Registration, Speaker
from newsroom.model.lifecycle import Change, changes
from newsroom.model.saying import say

_END_OF_DAY = time(23, 59, 59)


def read_event(sheet: Sheet) -> Event:
    """The event; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    start, end, all_day = _span(fields)
    event = Event(
        **sheet.shared(start.date()),
        start=start,
        end=end,
        all_day=all_day,
        place=read_place(fields),
        online=read_online(fields),
        registration=_registration(fields),
        audience=fields.text("audience"),
        status=fields.choice("status", EventStatus, EventStatus.PLANNED),
        previously=read_previously(fields),
        members=fields.slugs("members"),
        series=fields.text("series"),
        program=fields.block("program"),
        recordings=fields.urls("recordings"),
        documentation=fields.block("documentation"),
        speakers=_speakers(fields),
    )
    for change in changes(event):
        _check_dated(fields, event, change)
    return event


def _check_dated(fields: Fields, event: Event, change: Change) -> None:
    """Warn of a change that feeds do not tell of, since nobody knows when it was made."""
    if change.moment is not None or change.before == change.after:
        return
    message = say("the event was changed, but nobody knows when, so no feed tells of it")
    if change.entry is None:
        if change.after.status is event.status:  # else it is one that a later entry gives away
            entry = f"{{status: {change.before.status.value}, changed: …}}"
            fix = (
                say("run newsroom check --fix, or add last in previously: {words}", words=entry)
                if fields.has("previously")
                else say(
                    "run newsroom check --fix, or write {words}", words=f"previously: [{entry}]"
                )
            )
            fields.warning("status", "change-undated", message, fix)
        return
    entries = fields.value("previously")
    line = entries[change.entry].line if isinstance(entries, tuple) else None
    fix = say("write when in this entry: {words}", words="changed: 2026-09-01T10:00")
    fields.notes.warning(line, "change-undated", message, fix)


def _span(fields: Fields) -> tuple[datetime, datetime | None, bool]:
    """Start, end, and whether whole days are meant."""
    first = fields.required_when("start", "2026-11-02T13:00")
    last = fields.when("end", on=first.day if first.clock else None)
    whole_days = fields.flag("all_day")
    if not is_known(start := fields.instant("start", first)):
        return start, None, False
    if first.clock is None or whole_days:
        return *_days(fields, first, last), True
    if last is None:
        return start, None, False
    if last.clock is None and last.day >= first.day:
        message = say("end {day} has no clock time, but start has", day=last.day)
        fix = say("write its time too: {words}", words=f"end: {last.day}T…")
        fields.error("end", "bad-date", message, fix)
        return start, None, False
    end = fields.instant("end", last)
    if is_known(end) and end.timestamp() <= start.timestamp():
        _note_order(fields, shown(start), shown(end) if last.clock else str(last.day))
    return start, end, False


def _days(fields: Fields, first: When, last: When | None) -> tuple[datetime, datetime]:
    """The midnights around whole days; `end` is written as the last of them."""
    if fields.has("all_day") and not fields.flag("all_day"):
        message = say("start {day} has no clock time, but all_day is false", day=first.day)
        fix = say("write its time too: {words}", words=f"start: {first.day}T…")
        fields.error("start", "bad-date", message, fix)
    for name, when in (("start", first), ("end", last)):
        if when is not None and when.clock is not None:
            message = say("{field} has a clock time, but the event lasts whole days", field=name)
            fields.error(name, "bad-date", message, say("write the day alone: {day}", day=when.day))
    last = last or first
    if last.day < first.day:
        _note_order(fields, str(first.day), str(last.day))
    return fields.instant("start", When(first.day)), fields.midnight_after("end", last.day)


def _note_order(fields: Fields, start: str, end: str) -> None:
    message = say("end {end} is not after start {start}", end=end, start=start)
    fields.error("end", "end-before-start", message, say("write an end that comes later"))


def _registration(fields: Fields) -> Registration | None:
    example = "registration: {url: https://…, deadline: …}"
    registration = fields.nested("registration", example, _registration_alone)
    if registration is None:
        return None
    return Registration(
        url=registration.url("url"),
        deadline=registration.moment("deadline", alone=_END_OF_DAY),
        cost=registration.text("cost"),
    )


def _registration_alone(text: str) -> str:
    """The field with a text that was written in its place."""
    return f"registration: {as_yaml({'url': meant_by(text) or text})}"


def _speakers(fields: Fields) -> tuple[Speaker, ...]:
    return tuple(
        Speaker(speaker.required("name", "…"), speaker.text("role"))
        for speaker in fields.nested_list(
            "speakers", "speakers: [{name: …, role: …}]", _speakers_alone
        )
    )


def _speakers_alone(names: Sequence[str]) -> str:
    return f"speakers: [{', '.join(as_yaml({'name': name}) for name in names)}]"
