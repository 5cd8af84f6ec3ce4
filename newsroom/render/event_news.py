"""News that nobody wrote: an event was called off, postponed or moved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from newsroom.model import Addresses, Event, EventStatus, Place, Site
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.characters import legal, one_line
from newsroom.render.event_changes import is_moved_online, is_rehoused, is_retimed
from newsroom.render.feed_entries import Entry, plain
from newsroom.render.words import Words

_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One change of an event as a news item: in feeds, and where news is listed.

    Its words are put together when somebody reads them: dates in words are slow to begin with.
    """

    id: str  # permanent: of the event's id and which change it was
    published: datetime  # when the change was made
    change: Change
    event: str  # its title
    lang: str
    address: str  # of its page, below the site's root
    tags: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def title(self) -> str:
        """What happened, and to what: Inställt: Höstkonferens 2026."""
        return _headline(self.change, Words(self.lang)).format(title=self.event)

    @property
    def lines(self) -> tuple[str, ...]:
        """What was announced, and what holds now."""
        return tuple(legal(line) for line in _lines(self.change, Words(self.lang)))

    @property
    def summary(self) -> str:
        """The same on one line."""
        return " ".join(self.lines)

    @property
    def month(self) -> int:
        """Year and month, as cards have them: 202604."""
        return self.published.year * 100 + self.published.month


def notices(
    site: Site, events: Iterable[Event], told: Mapping[str, Sequence[float]], now: datetime
) -> tuple[Notice, ...]:
    """What has been changed of some public events until `now`, newest first.

    `told` are the times (POSIX seconds) of the public posts about each event, by its slug. A change
    has no notice when such a post was published on its day or later, while the event was still to
    come: somebody told of it in better words. It has none either when nobody knows when it was
    made, or when nothing that people plan by became different.
    """
    changed = [e for e in events if e.previously or e.status is not EventStatus.PLANNED]
    found = [
        _notice(site, event, change, change.moment)
        for event in changed
        for change in changes(event)
        if change.moment is not None
        and change.moment.timestamp() <= now.timestamp()
        and change.before != change.after
        and not _is_told(change, change.moment, told.get(event.slug, ()))
    ]
    newest = sorted(found, key=lambda n: (n.published.timestamp(), n.id), reverse=True)
    return tuple(newest)


def notice_entry(site: Site, notice: Notice) -> Entry:
    """The notice as feeds carry it; it leads to the page of the event."""
    url = f"{site.url}/{notice.address}"
    lines = notice.lines
    paragraphs = [Markup("<p>{}</p>\n").format(line) for line in lines]
    link = Markup('<p><a href="{}">{}</a></p>').format(url, notice.event)
    return Entry(
        id=notice.id,
        title=notice.title,
        url=url,
        published=notice.published,
        updated=notice.published,
        lang=notice.lang,
        author=legal(site.name),
        summary=" ".join(lines),
        html=Markup("").join([*paragraphs, link]) if site.feed.full else None,
        tags=tuple(one_line(site.tag_words(tag)) for tag in notice.tags),
    )


def _is_told(change: Change, moment: datetime, posts: Iterable[float]) -> bool:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    over = max((v.end or v.start).timestamp() for v in (change.before, change.after))
    return any(day.timestamp() <= post < over for post in posts)


def _notice(site: Site, event: Event, change: Change, moment: datetime) -> Notice:
    return Notice(
        id=uuid5(NAMESPACE_URL, f"{event.id}#{change.number}").urn,
        published=moment,
        change=change,
        event=plain(event.title),
        lang=event.lang,
        address=Addresses(site).piece(event),
        tags=event.tags,
        members=event.members,
    )


def _headline(change: Change, words: Words) -> str:
    """What happened, in a word before the title."""
    was, is_now = change.before.status, change.after.status
    if is_now is not was and is_now is EventStatus.CANCELLED:
        return words.gettext("Cancelled: {title}")
    if is_now is not was and is_now is EventStatus.POSTPONED:
        return words.gettext("Postponed: {title}")
    if is_moved_online(change):
        return words.gettext("Online instead: {title}")
    if is_retimed(change) and is_rehoused(change):
        return words.gettext("New time and place: {title}")
    if is_retimed(change):
        return words.gettext("New time: {title}")
    if is_rehoused(change):
        return words.gettext("New place: {title}")
    if was in _OFF:
        return words.gettext("Takes place after all: {title}")
    return words.gettext("Changed: {title}")


def _lines(change: Change, words: Words) -> Iterator[str]:
    """What became of it; then time and place as they are now, and as they were."""
    before, after = change.before, change.after
    if after.status in _OFF:
        off = words.gettext("The event will not take place.")
        later = words.gettext("A new time will be announced.")
        yield off if after.status is EventStatus.CANCELLED else later
        yield words.gettext("It was planned for {when}.").format(when=_when(before, words))
        return
    when = words.gettext("Time: {when}").format(when=_when(after, words))
    yield _with_before(when, _when(before, words) if is_retimed(change) else None, words)
    where = _where(after, words)
    if where:
        known = _place(before.place) if before.place and is_rehoused(change) else None
        yield _with_before(where, known, words)


def _with_before(line: str, before: str | None, words: Words) -> str:
    if before is None:
        return line
    return words.gettext("{line} (before: {before})").format(line=line, before=before)


def _when(version: Version, words: Words) -> str:
    return words.span(version.start, version.end, all_day=version.all_day)


def _where(version: Version, words: Words) -> str | None:
    if version.place:
        return words.gettext("Place: {place}").format(place=_place(version.place))
    if version.online:
        return words.gettext("Online: {url}").format(url=version.online.url)
    return None


def _place(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)
