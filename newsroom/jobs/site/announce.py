"""Announce what is new on the site: each item once on each channel, whoever else is at it.

A channel that is new to the newsroom begins with what is published from then on: all that readers
can see already is known to it and not told, so that nobody is flooded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from newsroom.database.announcements import Announcement, AnnouncementState
from newsroom.jobs.site.announce_attempt import (
    Office,
    Round,
    Rows,
    attempt,
    looked_after,
    rest_of,
)
from newsroom.model.saying import Saying, joined, say
from newsroom.outside.channels.channel import Channel, ChannelAnswer, ChannelVerdict, tell
from newsroom.outside.channels.item import Item, ItemKind

Name = tuple[str, str]  # id and title

MOST = 10  # items that are new at once; more have been imported, and nobody wants them all


class News(Protocol):
    """What may be announced now."""

    def fresh(self) -> Sequence[Item]:
        """What is news, the oldest first."""
        ...

    def names(self) -> Sequence[Name]:
        """All that readers can see, however old it is."""
        ...

    def told_by_posts(self) -> Sequence[Name]:
        """The events, and their changes, that a post tells of in better words."""
        ...

    def of_ids(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Those of these ids that readers can see, however old they are."""
        ...


def announce(channels: Iterable[Channel], look: Callable[[], News], office: Office) -> Round:
    """Tell each channel what it has not been told; `look` gives what there is, when it is asked."""
    done = Round()
    for channel in channels:
        rows = office.rows.of(channel.name)
        if rows is None:
            _begin(channel, look().names(), office, done)
            done.is_unfinished = True  # something may have come since
            continue
        rows = looked_after(office, rows, channel.repeatable, done)
        items = _due(rows, look(), channel, office, done)
        if rest_of(rows.values(), office.clock()) is None:
            for row in _told(channel, items, rows, office):
                done.add(row)
        _leave_behind(channel, items, office, done)
    return done


def _leave_behind(channel: Channel, items: Sequence[Item], office: Office, done: Round) -> None:
    """Write down what waits for a channel that is left alone for now, so that nobody misses it."""
    rows, now = office.rows.of(channel.name) or {}, office.clock()
    rest = rest_of(rows.values(), now)
    if rest is None:
        done.is_unfinished |= any(item.id not in rows for item in items)  # in other hands
        return
    done.is_unfinished = True
    for item in items:
        seen = rows.get(item.id)
        row = seen or replace(_row(item, channel, now), note=rest.reason)
        if row.state is AnnouncementState.WAITING and row.next_at != rest.until:
            office.rows.put(seen, replace(row, next_at=rest.until))
    after = (office.rows.of(channel.name) or {}).values()
    done.behind += [row for row in after if row.state is AnnouncementState.WAITING]


def announce_now(item: Item, channel: Channel, known: Sequence[Name], office: Office) -> Round:
    """Announce one item because a person asks for it: what failed, is unknown, or was never told.

    `known` is what else readers can see: a channel that is new begins with it. Nothing is told when
    the item was announced or is being announced.
    """
    done = Round()
    if office.rows.of(channel.name) is None:
        _begin(channel, known, office, done)
    rows = looked_after(office, office.rows.of(channel.name) or {}, channel.repeatable, Round())
    seen = rows.get(item.id)
    if seen is not None:
        if seen.state in {AnnouncementState.DONE, AnnouncementState.CLAIMED}:
            return done
        anew = replace(seen, tries=0, doubted=None, state=AnnouncementState.WAITING, next_at=None)
        if not office.rows.put(seen, anew):
            return done
        rows[item.id] = anew
    for row in _told(channel, [item], rows, office):
        done.add(row)
    return done


def passed_over(
    seen: Announcement | None, item: Item, channel: Channel, now: datetime
) -> Announcement:
    """The row of an item that is not to be announced on a channel."""
    row = seen or _row(item, channel, now)
    return replace(row, state=AnnouncementState.SKIPPED, at=now, next_at=None)


def key_of(channel: str, item: str) -> str:
    """What every attempt to announce an item on a channel is known by, today and in a year."""
    return "msg_" + sha256(f"{channel}\n{item}".encode()).hexdigest()[:32]


def _begin(channel: Channel, known: Sequence[Name], office: Office, done: Round) -> None:
    """Let a channel know what readers can see already."""
    if office.rows.begin(channel.name, known, office.clock()):
        done.remarks.append(joined(": ", (channel.name, _beginning(len(known)))))


def _beginning(known: int) -> Saying:
    """What a new channel is told of, and what not."""
    match known:
        case 0:
            return say("new; what is published from now on is announced there")
        case 1:
            return say(
                "new; what is published from now on is announced there, and the one item that was "
                "public before is not"
            )
    return say(
        "new; what is published from now on is announced there, and {number} items that were "
        "public before are not",
        number=known,
    )


def _due(rows: Rows, news: News, channel: Channel, office: Office, done: Round) -> list[Item]:
    """What is to be told on a channel now: what waits, and what it does not know."""
    now = office.clock()
    waiting = {row.item for row in rows.values() if row.state is AnnouncementState.WAITING}
    still = news.of_ids(waiting) if waiting else {}
    for item in sorted(waiting - still.keys()):
        note = say("its page is gone, or the event has been changed since")
        gone = replace(rows[item], state=AnnouncementState.SKIPPED, at=now, next_at=None, note=note)
        office.rows.put(rows[item], gone)
    for name in news.told_by_posts():
        if name[0] not in rows:
            office.rows.put(None, _left_to_a_post(name, channel, now))
    new = [item for item in news.fresh() if item.id not in rows]
    if len(new) > MOST:
        _hold(channel, new, office, done)
        new = []
    return [*(still[item] for item in sorted(still)), *new]


def _left_to_a_post(name: Name, channel: Channel, now: datetime) -> Announcement:
    """The row of what a post tells of: it is no news when the post is gone, either."""
    return Announcement(
        item=name[0],
        channel=channel.name,
        state=AnnouncementState.SKIPPED,
        title=name[1],
        at=now,
        note=say("a post is about it"),
    )


def _hold(channel: Channel, new: Sequence[Item], office: Office, done: Round) -> None:
    """Announce nothing of what came in a heap, and say so."""
    now = office.clock()
    note = say("it came with {number} others at once", number=len(new) - 1)
    for item in new:
        office.rows.put(None, replace(passed_over(None, item, channel, now), note=note))
    done.remarks.append(
        say(
            "{channel}: {number} items are new at once, so none of them is announced; announce one "
            "with: newsroom announce now FILE",
            channel=channel.name,
            number=len(new),
        )
    )


def _told(
    channel: Channel, items: Iterable[Item], rows: Rows, office: Office
) -> Iterator[Announcement]:
    """Announce these, up to the first answer that all others would get."""
    for item in items:

        def go(claimed: Announcement, item: Item = item) -> ChannelAnswer:
            return _post(channel, item, claimed, office)

        wanted = _row(item, channel, office.clock())
        came = attempt(office, rows.get(item.id), wanted, go, channel.repeatable)
        if came is None:
            continue
        row, everybody = came
        yield row
        if everybody:
            return


def _post(channel: Channel, item: Item, claimed: Announcement, office: Office) -> ChannelAnswer:
    if not office.is_live(item.url):
        return ChannelAnswer(ChannelVerdict.LATER, say("its page does not answer yet"))
    if item.kind is ItemKind.EVENT and claimed.since:
        item = replace(item, at=claimed.since)  # an event's file does not say when it became news
    return tell(channel, item, key_of(channel.name, item.id), office.api, office.clock())


def _row(item: Item, channel: Channel, now: datetime) -> Announcement:
    """The row of an item that nothing is known of yet."""
    return Announcement(
        item=item.id,
        channel=channel.name,
        state=AnnouncementState.WAITING,
        title=item.title,
        at=now,
    )
