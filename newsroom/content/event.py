"""An event, from its file."""

from datetime import datetime, time, timedelta

from newsroom.content.fields import Fields
from newsroom.content.sheet import Sheet
from newsroom.content.times import When
from newsroom.model import Event, EventStatus, Online, Place, Registration, Speaker

_END_OF_DAY = time(23, 59, 59)


def read_event(sheet: Sheet) -> Event:
    """The event; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    start, end, all_day = _span(fields)
    return Event(
        **sheet.shared(start.date()),
        start=start,
        end=end,
        all_day=all_day,
        place=_place(fields),
        online=_online(fields),
        registration=_registration(fields),
        audience=fields.text("audience"),
        status=fields.choice("status", EventStatus, EventStatus.PLANNED),
        series=fields.text("series"),
        program=fields.block("program"),
        recordings=fields.urls("recordings"),
        documentation=fields.block("documentation"),
        speakers=_speakers(fields),
    )


def _span(fields: Fields) -> tuple[datetime, datetime | None, bool]:
    """Start, end, and whether whole days are meant."""
    first, last = fields.required_when("start", "2026-11-02T13:00"), fields.when("end")
    if first.clock is None or fields.flag("all_day"):
        return *_days(fields, first, last), True
    start = fields.instant("start", first)
    if last is None:
        return start, None, False
    if last.clock is None:
        message = f"end {last.day} has no clock time, but start has"
        fields.error("end", "bad-date", message, f"write {last.day}T16:00")
    end = fields.instant("end", last)
    if end.timestamp() <= start.timestamp():
        _note_order(fields, start.isoformat(), end.isoformat())
    return start, end, False


def _days(fields: Fields, first: When, last: When | None) -> tuple[datetime, datetime]:
    """The midnights around whole days; `end` is written as the last of them."""
    if fields.has("all_day") and not fields.flag("all_day"):
        message = f"start {first.day} has no clock time, but all_day is false"
        fields.error("start", "bad-date", message, f"write {first.day}T09:00")
    for name, when in (("start", first), ("end", last)):
        if when is not None and when.clock is not None:
            message = f"{name} has a clock time, but the event lasts whole days"
            fields.error(name, "bad-date", message, f"write the day alone: {when.day}")
    last = last or first
    if last.day < first.day:
        _note_order(fields, str(first.day), str(last.day))
    start, end = When(first.day), When(last.day + timedelta(days=1))
    return fields.instant("start", start), fields.instant("end", end)


def _note_order(fields: Fields, start: str, end: str) -> None:
    message = f"end {end} is not after start {start}"
    fields.error("end", "end-before-start", message, "write an end that comes later")


def _place(fields: Fields) -> Place | None:
    place = fields.nested("place", "place: {name: …, address: …}")
    return Place(place.required("name", "…"), place.text("address")) if place else None


def _online(fields: Fields) -> Online | None:
    online = fields.nested("online", "online: {url: https://…, label: …}")
    if online is None:
        return None
    online.required("url", "https://…")
    return Online(online.url("url") or "", online.text("label"))


def _registration(fields: Fields) -> Registration | None:
    registration = fields.nested("registration", "registration: {url: https://…, deadline: …}")
    if registration is None:
        return None
    return Registration(
        url=registration.url("url"),
        deadline=registration.moment("deadline", alone=_END_OF_DAY),
        cost=registration.text("cost"),
    )


def _speakers(fields: Fields) -> tuple[Speaker, ...]:
    return tuple(
        Speaker(speaker.required("name", "…"), speaker.text("role"))
        for speaker in fields.nested_list("speakers", "speakers: [{name: …, role: …}]")
    )
