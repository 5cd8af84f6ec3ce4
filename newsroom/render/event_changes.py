"""What is new about an event, in words: what stands otherwise than it was announced."""

from newsroom.model import Event, EventStatus
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.words import Words


def what_changed(event: Event, words: Words) -> tuple[str, ...]:
    """The last changes of time and of place: Ny tid (tidigare 21 oktober).

    Nothing when the file tells of none, and nothing of a time that no longer holds.
    """
    told = tuple(reversed(changes(event)))
    off = event.status in {EventStatus.CANCELLED, EventStatus.POSTPONED}
    timed = next((change for change in told if is_retimed(change)), None)
    housed = next((change for change in told if is_rehoused(change)), None)
    said = [_new_time(timed.before, event, words)] if timed and not off else []
    if housed and housed.before.place:
        said.append(_new_place(housed, housed.before.place.name, words))
    return tuple(said)


def is_retimed(change: Change) -> bool:
    """Whether another time was announced."""
    return _times(change.before) != _times(change.after)


def is_rehoused(change: Change) -> bool:
    """Whether people are to meet somewhere else, or no longer in a place."""
    return change.before.place != change.after.place


def is_moved_online(change: Change) -> bool:
    """Whether people who were to meet in a place meet on the web instead."""
    return is_rehoused(change) and change.after.place is None and change.after.online is not None


def _times(version: Version) -> tuple[float, float | None, bool]:
    end = version.end.timestamp() if version.end else None
    return version.start.timestamp(), end, version.all_day


def _new_time(before: Version, event: Event, words: Words) -> str:
    """The earlier time, as short as it is plain: the day, or the hours of the same day."""
    if before.start.date() == event.start.date() and not before.all_day:
        time = words.hours(before.start, before.end)
    elif before.start.year == event.start.year:
        time = words.day(before.start)
    else:
        time = words.date(before.start)
    return words.gettext("New time (before: {time})").format(time=time)


def _new_place(change: Change, place: str, words: Words) -> str:
    if is_moved_online(change):
        return words.gettext("Online instead (before: {place})").format(place=place)
    return words.gettext("New place (before: {place})").format(place=place)
