"""What is new about an event, in words: what stands otherwise than it was announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsroom.model import Event, EventStatus
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.words import Words

_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced before one change, as far as it no longer holds."""

    words: str  # 21 oktober 2026 kl. 13.00–15.00, Folkets hus
    changed: datetime | None  # when it ceased to hold; None when the file does not say


def what_changed(event: Event, words: Words) -> tuple[str, ...]:
    """The last changes of time and of place: Ny tid (tidigare 21 oktober).

    Nothing when the file tells of none, and nothing of a time that no longer holds.
    """
    return last_changes(changes(event), words)


def last_changes(told: Sequence[Change], words: Words) -> tuple[str, ...]:
    """The same of all changes of an event, oldest first, for whoever knows nothing else of it."""
    timed = next((change for change in reversed(told) if is_retimed(change)), None)
    housed = next((change for change in reversed(told) if is_rehoused(change)), None)
    said = []
    if timed and told[-1].after.status not in _OFF:
        said.append(_new_time(timed.before, told[-1].after, words))
    if housed and housed.before.place:
        said.append(_new_place(housed, housed.before.place.name, words))
    return tuple(said)


def announced(told: Sequence[Change], words: Words) -> tuple[Announced, ...]:
    """The times and places that were announced of an event and no longer hold, oldest first."""
    said = ((_no_longer(change, words), change.moment) for change in told)
    return tuple(Announced(text, moment) for text, moment in said if text)


def is_retimed(change: Change) -> bool:
    """Whether another time was announced."""
    return _times(change.before) != _times(change.after)


def is_rehoused(change: Change) -> bool:
    """Whether people are to meet somewhere else, or no longer in a place."""
    return change.before.place != change.after.place


def is_moved_online(change: Change) -> bool:
    """Whether people who were to meet in a place meet on the web instead."""
    return is_rehoused(change) and change.after.place is None and change.after.online is not None


def _no_longer(change: Change, words: Words) -> str:
    before, parts = change.before, []
    if is_retimed(change):
        parts.append(words.span(before.start, before.end, all_day=before.all_day))
    if is_rehoused(change) and before.place:
        parts.append(before.place.name)
    elif before.online and change.after.online is None:
        parts.append(words.gettext("Online"))
    return ", ".join(parts)


def _times(version: Version) -> tuple[float, float | None, bool]:
    end = version.end.timestamp() if version.end else None
    return version.start.timestamp(), end, version.all_day


def _new_time(before: Version, now: Version, words: Words) -> str:
    """The earlier time, as short as it is plain: the day, or the hours of the same day."""
    if before.start.date() == now.start.date() and not before.all_day:
        time = words.hours(before.start, before.end)
    elif before.start.year == now.start.year:
        time = words.day(before.start)
    else:
        time = words.date(before.start)
    return words.gettext("New time (before: {time})").format(time=time)


def _new_place(change: Change, place: str, words: Words) -> str:
    if is_moved_online(change):
        return words.gettext("Online instead (before: {place})").format(place=place)
    return words.gettext("New place (before: {place})").format(place=place)
