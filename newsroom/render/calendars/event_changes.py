"""What has changed about an event, in words: a new time, a new place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsroom.model import Event, EventStatus, Place
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.words import Words

_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced before one change, as far as it no longer holds."""

    words: str  # 21 oktober 2026 kl. 13.00–15.00, Folkets hus
    changed: datetime | None  # when it ceased to hold; None when the file does not say


def what_changed(event: Event, words: Words) -> tuple[str, ...]:
    """The last changes of time and of place: Ny dag: onsdag 4 november (tidigare 21 oktober).

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
        said.append(_new_place(housed, housed.before.place, words))
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


def in_one_day(version: Version) -> bool:
    """Whether it begins and ends on the same day; midnight belongs to the day before."""
    return version.end is None or (version.end - _INSTANT).date() == version.start.date()


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
    """The time and the earlier one, as short as it is plain: the hours, the day, or both."""
    said = words.gettext("New time: {time} (before: {before})")
    if before.start.date() == now.start.date() and not (before.all_day or now.all_day):
        times = words.hours(now.start, now.end), words.hours(before.start, before.end)
    elif is_another_day(before, now):
        said = words.gettext("New day: {time} (before: {before})")
        times = _weekday_and_date(before, now, words)
    else:
        times = _span(now, words), _span(before, words)
    return said.format(time=times[0], before=times[1])


def is_another_day(before: Version, now: Version) -> bool:
    """Whether an event of one day has only the day changed, and keeps its hours."""
    is_moved = before.start.date() != now.start.date()
    return is_moved and in_one_day(before) and in_one_day(now) and _at_the_same_hours(before, now)


def _at_the_same_hours(before: Version, now: Version) -> bool:
    """Whether only the day is another; an end that was not announced is taken for the same."""
    if (before.all_day, before.start.time()) != (now.all_day, now.start.time()):
        return False
    return not (before.end and now.end) or before.end.time() == now.end.time()


def _weekday_and_date(before: Version, now: Version, words: Words) -> tuple[str, str]:
    shown = words.day if before.start.year == now.start.year else words.date
    return f"{words.weekday(now.start)} {shown(now.start)}", shown(before.start)


def _span(version: Version, words: Words) -> str:
    return words.span(version.start, version.end, all_day=version.all_day)


def _new_place(change: Change, before: Place, words: Words) -> str:
    if is_moved_online(change):
        return words.gettext("Online instead (before: {place})").format(place=before.name)
    place = change.after.place
    if place is None:
        return words.gettext("No longer in {place}").format(place=before.name)
    said = words.gettext("New place: {place} (before: {before})")
    return said.format(place=_told_apart(place, before), before=_told_apart(before, place))


def _told_apart(place: Place, other: Place) -> str:
    """The name of a place, with its address where the name is that of the other too."""
    alike = place.name == other.name and place.address
    return f"{place.name}, {place.address}" if alike else place.name
