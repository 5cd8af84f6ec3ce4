"""Changes of published events that their files do not declare: calendars would miss them.

What was published is known on this machine only: what is said of it is advice, and never changes
what is built.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.content.folder.names import on_disk
from newsroom.model import Card, Earlier, Event, Newsroom, Problem, Severity
from newsroom.model.filing import shelf_of
from newsroom.model.lifecycle import Version, changes, changes_unsaid, version_of
from newsroom.model.saying import Saying, say
from newsroom.output.announced import Announced, announced

if TYPE_CHECKING:
    from newsroom.content.front.front_matter import FrontMatter

CODE = "change-unsaid"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnsaidChange:
    """An event that stands otherwise than it was published."""

    event: Event
    before: Version
    entries: tuple[Earlier, ...]  # what belongs behind those that `previously` has


def unsaid_changes(
    newsroom: Newsroom, published: Mapping[str, Announced], now: datetime
) -> tuple[UnsaidChange, ...]:
    """What public events do not tell of, as changes made at `now`; of what is over nothing."""
    moment = now.astimezone(newsroom.site.timezone).replace(second=0, microsecond=0)
    events = shelf_of(newsroom.events, newsroom.site)
    found = []
    for card in events.cards:
        known = published.get(card.id)
        if known is None or known.is_as(card) or not card.is_public(now.timestamp()):
            continue
        event = events.take(card)
        if _is_over(event, known.version, now):
            continue
        missing = changes_unsaid(known.version, known.sequence, event)
        missing = missing or _undated(known.version, event)
        entries = tuple(replace(entry, changed=moment) for entry in missing)
        found += [UnsaidChange(event, known.version, entries)] if entries else []
    return tuple(found)


def now_published(
    newsroom: Newsroom, published: Mapping[str, Announced], now: datetime, root: Path
) -> dict[str, Announced]:
    """What is to be remembered after a build at `now`.

    An event with a change that is not told of stays as it was known, until its file tells. One
    that is not public, or cannot be read, stays too; one whose file is gone does not.
    """
    events = shelf_of(newsroom.events, newsroom.site)
    unsaid = {change.event.id for change in unsaid_changes(newsroom, published, now)}
    kept = dict(_of_files_left(events.cards, published, root))
    for card in events.cards:
        known = published.get(card.id)
        if card.id in unsaid or not card.is_public(now.timestamp()):
            if known:
                kept[card.id] = replace(known, source=card.source)
        elif known and known.is_as(card):
            kept[card.id] = known
        else:
            kept[card.id] = announced(card, events.take(card))
    return kept


def problems_of(change: UnsaidChange, root: Path) -> Iterator[Problem]:
    """A warning at each field that was changed, with how it was published."""
    front = _front_matter(change.event, root)
    fix = say("run newsroom check --fix, and calendars and feeds tell of it")
    for field, message in _differences(change):
        line = front.line(field) or front.line("start")
        yield Problem(change.event.source, line, Severity.WARNING, CODE, message, fix)


def _undated(before: Version, event: Event) -> tuple[Earlier, ...]:
    """The entry that says when an event came by its status, where only the status tells of it.

    Calendars take it without; the news of it has no day until then.
    """
    last = next(reversed(changes(event)), None)
    unnamed = last is not None and last.entry is None and last.moment is None
    if unnamed and before.status.kind is not event.status.kind:
        return (Earlier(status=before.status),)
    return ()


def _is_over(event: Event, before: Version, now: datetime) -> bool:
    return event.is_over(now) and (before.end or before.start) <= now


def _of_files_left(
    events: Iterable[Card], published: Mapping[str, Announced], root: Path
) -> Iterator[tuple[str, Announced]]:
    """Those that were published and cannot be read now, though their file is there."""
    read = {card.source for card in events}
    for id_, known in published.items():
        if known.source not in read and on_disk(root, known.source).is_file():
            yield id_, known


def _front_matter(event: Event, root: Path) -> "FrontMatter":
    from newsroom.content.front.front_matter import (  # most builds have nothing to tell
        NOTHING,
        split,
    )
    from newsroom.content.front.notes import Notes

    text = on_disk(root, event.source).read_text(encoding="utf-8")
    return split(text, Notes(event.source)) or NOTHING


def _differences(change: UnsaidChange) -> Iterator[tuple[str, Saying]]:
    """The field of each difference, and what is said of it."""
    before, now = change.before, version_of(change.event)
    found = False
    for field, message in _changed_fields(before, now):
        found = True
        yield field, message
    if not found:
        yield (
            "previously",
            say("an earlier change, which was published, is no longer told of"),
        )


def _changed_fields(before: Version, now: Version) -> Iterator[tuple[str, Saying]]:
    if _times(before) != _times(now):
        field = "end" if before.start == now.start and not before.all_day and now.end else "start"
        known = say("it was {words}", words=_span(before))
        yield field, say("the time has changed since it was published ({before})", before=known)
    if before.place != now.place:
        known = _known(before.place.name if before.place else None)
        yield "place", say("the place has changed since it was published ({before})", before=known)
    if (before.online and before.online.url) != (now.online and now.online.url):
        known = _known(before.online.url if before.online else None)
        yield (
            "online",
            say(
                "the address on the web has changed since it was published ({before})", before=known
            ),
        )
    if before.status.kind is not now.status.kind:
        known = say("it was {words}", words=before.status.value)
        yield (
            "status",
            say("the status has changed since it was published ({before})", before=known),
        )


def _known(words: str | None) -> Saying:
    return say("it was {words}", words=words) if words else say("there was none")


def _times(version: Version) -> tuple[float, float | None, bool]:
    end = version.end.timestamp() if version.end else None
    return version.start.timestamp(), end, version.all_day


def _span(version: Version) -> str:
    """The time as editors write it: 2026-10-14 10:00–12:00."""
    start, end = version.start, version.end
    if version.all_day:
        last = (end - _DAY).date() if end else start.date()
        return f"{start.date()}" if last == start.date() else f"{start.date()}–{last}"
    first = f"{start:%Y-%m-%d %H:%M}"
    if end is None:
        return first
    same_day = end.date() == start.date()
    return f"{first}–{end:%H:%M}" if same_day else f"{first}–{end:%Y-%m-%d %H:%M}"
