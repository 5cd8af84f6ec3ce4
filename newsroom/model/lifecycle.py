"""The changes of an event since it was announced, as far as its file tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.model.event import Earlier, Event, EventStatus, Online, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one announcement of an event said, of what a calendar must not get wrong."""

    start: datetime
    end: datetime | None
    all_day: bool
    place: Place | None
    online: Online | None
    status: EventStatus


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an event: what was announced before it, and what after."""

    number: int  # 1 for the first
    moment: datetime | None  # None when the file does not say when
    entry: int | None  # its place in `previously`; None when only a status tells of it
    before: Version
    after: Version


def changes(event: Event) -> tuple[Change, ...]:
    """Every change that the file of an event tells of, oldest first.

    Each entry of `previously` is one. A status is one more when no entry tells how the event came
    by it: the status that it has now, and each that an entry says was announced before. `moved`
    says that something was changed, not what, so it counts only where there is no entry at all.
    """
    told = list(_told(event))
    versions = [version_of(event)]
    for earlier, _ in reversed(told):
        versions.append(_before(versions[-1], earlier))
    versions.reverse()
    return tuple(
        Change(i + 1, earlier.changed, entry, versions[i], versions[i + 1])
        for i, (earlier, entry) in enumerate(told)
    )


def revision(event: Event) -> int:
    """The SEQUENCE of an event (RFC 5545, section 3.8.7.4): how many changes its file tells of.

    It follows from the file alone. It rises by one with each entry that is added to `previously`,
    and with the first status other than `planned`. It does not rise when an editor changes the
    time, the place, or one such status to another without an entry, and it falls when a status is
    taken back without one: `changes_unsaid` tells of both.
    """
    return len(changes(event))


def version_of(event: Event) -> Version:
    """What is announced of an event now."""
    return Version(
        start=event.start,
        end=event.end,
        all_day=event.all_day,
        place=event.place,
        online=event.online,
        status=event.status,
    )


def changes_unsaid(before: Version, sequence: int, after: Event) -> tuple[Earlier, ...]:
    """The entries that `previously` lacks, when `before` was published with this SEQUENCE.

    Empty when nothing that calendars show was changed, or when the file tells what it was. They
    belong behind those that are there; their `changed` is left for whoever knows the time.
    """
    now = version_of(after)
    lost = _lost(before, now)
    least = sequence + (_shown(before) != _shown(now))
    if revision(after) >= least and _is_told(lost, after):
        return ()
    missing = [lost]
    while revision(replace(after, previously=(*after.previously, *missing))) < least:
        missing.insert(0, Earlier())  # a change that was published, and of which nothing is left
    return tuple(missing)


def _told(event: Event) -> Iterator[tuple[Earlier, int | None]]:
    """The entries of `previously` with a status each, and the changes of status between them."""
    status = EventStatus.PLANNED
    last = len(event.previously) - 1
    for i, earlier in enumerate(event.previously):
        if earlier.status and earlier.status.kind is not status.kind:
            yield Earlier(status=status), None
            status = earlier.status
        moment = earlier.changed or (event.updated if i == last else None)
        yield replace(earlier, status=status, changed=moment), i
        if earlier.status:
            given = (later.status for later in event.previously[i + 1 :] if later.status)
            status = next(given, event.status)
    unnamed = event.status is EventStatus.MOVED and not event.previously
    if unnamed or event.status.kind is not status.kind:
        yield Earlier(status=status, changed=event.updated), None


def _before(after: Version, earlier: Earlier) -> Version:
    """The announcement before a change, put together from what was said of it."""
    timed = earlier.start is not None or earlier.end is not None
    return Version(
        start=earlier.start or after.start,
        end=earlier.end if timed else after.end,
        all_day=earlier.all_day if timed else after.all_day,
        place=earlier.place or after.place,
        online=earlier.online or after.online,
        status=earlier.status or after.status,
    )


def _shown(version: Version) -> tuple[object, ...]:
    """What calendars show of an announcement; instants, since zones may be written in two ways."""
    return (
        version.start.timestamp(),
        version.end and version.end.timestamp(),
        version.all_day,
        version.place,
        version.online and version.online.url,
        version.status.kind,
    )


def _lost(before: Version, now: Version) -> Earlier:
    """What was announced and is no longer so."""
    moved = _shown(before)[:3] != _shown(now)[:3]
    online = _shown(before)[4] != _shown(now)[4]
    return Earlier(
        start=before.start if moved else None,
        end=before.end if moved else None,
        all_day=before.all_day and moved,
        place=before.place if before.place != now.place else None,
        online=before.online if online else None,
        status=before.status if before.status.kind is not now.status.kind else None,
    )


def _is_told(lost: Earlier, event: Event) -> bool:
    """Whether entries name the start, the place and the meeting on the web that were lost."""
    starts = {entry.start.timestamp() for entry in event.previously if entry.start}
    return (
        (lost.start is None or lost.start.timestamp() in {*starts, event.start.timestamp()})
        and (lost.place is None or lost.place in {entry.place for entry in event.previously})
        and (lost.online is None or lost.online in {entry.online for entry in event.previously})
    )
