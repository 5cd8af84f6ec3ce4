"""Notices of changed events (cancelled, postponed, moved), which nobody has to write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from newsroom.model import Addresses, Card, Event, EventStatus, Place, Site
from newsroom.model.lifecycle import Change, Version, changes
from newsroom.render.calendars.event_changes import (
    in_one_day,
    is_another_day,
    is_moved_online,
    is_rehoused,
    is_retimed,
)
from newsroom.render.calendars.telling_posts import telling_post
from newsroom.render.feeds.feed_entries import Entry, plain
from newsroom.render.text.characters import legal, one_line
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
    overtaken: datetime | None = None  # when a later change took its place; None: it holds
    is_dated: bool = True  # whether the file says when it was made; else `published` is now
    post: str | None = None  # the source of one that tells of it in better words

    @property
    def title(self) -> str:
        """What happened, and to what: Inställt: Höstkonferens 2026."""
        words = Words(self.lang)
        title = _headline(self.change, words).format(title=self.event)
        if self.overtaken is None:
            return title
        return words.gettext("{title} (changed since)").format(title=title)

    @property
    def lines(self) -> tuple[str, ...]:
        """What was announced, and what holds now; of one that is overtaken only that it is."""
        words = Words(self.lang)
        if self.overtaken is not None:
            return (words.gettext("This has changed since. The page of the event is right."),)
        return tuple(legal(line) for line in _lines(self.change, words))

    @property
    def summary(self) -> str:
        """The same in one paragraph."""
        return " ".join(line if line.endswith(".") else f"{line}." for line in self.lines)

    @property
    def kind(self) -> str:
        """What stands in the place of a category."""
        return Words(self.lang).gettext("Calendar")

    @property
    def modified(self) -> datetime:
        """When its words last changed."""
        return self.overtaken or self.published

    @property
    def month(self) -> int:
        """Year and month, as cards have them: 202604."""
        return self.published.year * 100 + self.published.month


def notices(
    site: Site, events: Iterable[Event], about: Mapping[str, Iterable[Card]], now: datetime
) -> tuple[Notice, ...]:
    """What has been changed of some public events until `now`, newest first.

    `about` are the public posts about each event, by its slug: one of them may tell of a change in
    better words (see telling_posts). There is no notice when nothing that people plan by became
    different. One that a later change has overtaken keeps its id and says so, since readers may
    have it already. Of a change that nobody has dated there is one while it holds and the event is
    to come.
    """
    changed = [e for e in events if e.previously or e.status is not EventStatus.PLANNED]
    found = [
        notice
        for event in changed
        for notice in _of_event(site, event, tuple(about.get(event.slug, ())), now)
    ]
    newest = sorted(found, key=lambda n: (n.published.timestamp(), n.id), reverse=True)
    return tuple(newest)


def for_feeds(told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Those that have a day, and that no post takes the place of."""
    return tuple(notice for notice in told if notice.is_dated and notice.post is None)


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
        updated=notice.modified,
        lang=notice.lang,
        author=legal(site.name),
        summary=notice.summary,
        html=Markup("").join([*paragraphs, link]) if site.feed.full else None,
        tags=(notice.kind, *(one_line(site.tag_words(tag)) for tag in notice.tags)),
    )


def _of_event(site: Site, event: Event, posts: Sequence[Card], now: datetime) -> Iterator[Notice]:
    """The notices of one event, oldest first."""
    made = [
        change
        for change in changes(event)
        if change.before != change.after and not _is_ahead(change, now)
    ]
    for number, (change, later) in enumerate(zip(made, (*made[1:], None), strict=False)):
        post = telling_post(event.title, change, made[:number], posts)
        notice = _notice(site, event, change, now, post)
        if change.moment is not None:
            overtaken = _later(change.moment, later.moment) if later else None
            yield replace(notice, overtaken=overtaken)
        elif later is None and not event.is_over(now):
            yield notice


def _later(moment: datetime, other: datetime | None) -> datetime:
    return max(moment, other or moment, key=datetime.timestamp)


def _is_ahead(change: Change, now: datetime) -> bool:
    return change.moment is not None and change.moment.timestamp() > now.timestamp()


def _notice(site: Site, event: Event, change: Change, now: datetime, post: Card | None) -> Notice:
    return Notice(
        id=uuid5(NAMESPACE_URL, f"{event.id}#{change.number}").urn,
        published=change.moment or now.astimezone(site.timezone),
        change=change,
        event=plain(event.title),
        lang=event.lang,
        address=Addresses(site).piece(event),
        tags=event.tags,
        members=event.members,
        is_dated=change.moment is not None,
        post=post.source if post else None,
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
        is_day = is_another_day(change.before, change.after)
        return words.gettext("New day: {title}") if is_day else words.gettext("New time: {title}")
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
    """The time, with the weekday of what begins and ends on one day."""
    span = words.span(version.start, version.end, all_day=version.all_day)
    return f"{words.weekday(version.start)} {span}" if in_one_day(version) else span


def _where(version: Version, words: Words) -> str | None:
    if version.place:
        return words.gettext("Place: {place}").format(place=_place(version.place))
    if version.online:
        return words.gettext("Online: {url}").format(url=version.online.url)
    return None


def _place(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)
