"""Behind the `announce` command: previews, what is on record, announcing and skipping by hand."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from newsroom.errors import SettingsError, StateError
from newsroom.model.saying import say
from newsroom.wiring import announcing
from newsroom.wiring.channels import channels_of, shown_channels
from newsroom.wiring.desk import usable
from newsroom.wiring.restored import require_confirmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import PurePosixPath

    from newsroom.database.announcements import Announcement
    from newsroom.jobs.site.announce_attempt import Round
    from newsroom.jobs.site.announce_items import Items
    from newsroom.outside.channels.channel import Channel
    from newsroom.outside.channels.item import Item
    from newsroom.wiring.desk import Desk


class Preview(NamedTuple):
    """What would be posted of an item on a channel, and what is on record of it."""

    channel: str
    item: Item
    text: str  # that people will read there
    payload: Mapping[str, object]  # that the service gets
    row: Announcement | None


def previews(desk: Desk, source: PurePosixPath | None, on: str | None) -> tuple[Preview, ...]:
    """Each channel's words for the piece in a file, or for whatever waits to be announced.

    The piece is shown as it will be when its day has come and it is no draft any more. Nothing
    secret is needed. Raises StateError when there is nothing to announce of it.
    """
    from newsroom.database.announcements import AnnouncementRows

    channels = _wanted(shown_channels(desk), on)
    rows = AnnouncementRows(desk.database)
    known = {channel.name: rows.of(channel.name) for channel in channels}
    if source is not None:
        items = {channel.name: _of_file(desk, source) for channel in channels}
    else:
        news = announcing.items_of(desk, announcing.made_of(desk))
        items = {name: _due(news, seen) for name, seen in known.items()}
    return tuple(
        Preview(
            channel.name,
            item,
            channel.shown(item),
            channel.payload(item),
            (known[channel.name] or {}).get(item.id),
        )
        for channel in channels
        for item in items[channel.name]
    )


def announce_files(desk: Desk, sources: Iterable[PurePosixPath], on: str | None) -> Round:
    """Announce the pieces in these files now, wherever they have not been.

    Raises StateError when one of them is not on the site as it was last built.
    """
    news = announcing.items_of(desk, announcing.made_of(desk))
    items = [item for source in sources for item in _on_site(desk, news, source)]
    return _now(desk, news, [(item, None) for item in items], on)


def announce_failed(desk: Desk, on: str | None) -> Round:
    """Announce what failed once more; what may have been announced is left to a person."""
    from newsroom.database.announcements import AnnouncementState

    failed = [row for row in record(desk) if row.state is AnnouncementState.FAILED]
    news = announcing.items_of(desk, announcing.made_of(desk))
    still = news.of_ids(row.item for row in failed)
    wanted = [(still[row.item], row.channel) for row in failed if row.item in still]
    done = _now(desk, news, wanted, on)
    done.behind += [row for row in record(desk) if _waits(row, on) and row not in done.waiting]
    return done


def _waits(row: Announcement, on: str | None) -> bool:
    from newsroom.database.announcements import AnnouncementState

    return row.state is AnnouncementState.WAITING and on in {None, row.channel}


def skip(desk: Desk, source: PurePosixPath, on: str | None) -> tuple[Announcement, ...]:
    """Have the piece in a file not announced where it has not been, and no longer asked about."""
    from newsroom.database.announcements import AnnouncementState
    from newsroom.jobs.site.announce import passed_over

    settled = {AnnouncementState.DONE, AnnouncementState.CLAIMED, AnnouncementState.SKIPPED}
    skipped = []
    with announcing.at_office(desk) as office:
        for channel, item in product(_wanted(shown_channels(desk), on), _of_file(desk, source)):
            seen = office.rows.one(channel.name, item.id)  # a new channel is not begun by it
            if seen and seen.state in settled:
                continue
            row = passed_over(seen, item, channel, office.clock())
            if office.rows.put(seen, row):
                skipped.append(row)
    return tuple(skipped)


def record(desk: Desk) -> tuple[Announcement, ...]:
    """The announcements on record, the latest first.

    Left out is what a channel knew from its beginning, and feeds that hubs were told of.
    """
    from newsroom.database.announcements import TROUBLED, AnnouncementRows, AnnouncementState

    rows = AnnouncementRows(desk.database).all(set(AnnouncementState) - {AnnouncementState.KNOWN})
    return tuple(row for row in rows if row.version is None or row.state in TROUBLED)


def _now(
    desk: Desk, news: Items, wanted: Sequence[tuple[Item, str | None]], on: str | None
) -> Round:
    """Announce items, each on one channel or on all of them."""
    from newsroom.jobs.site.announce import announce_now
    from newsroom.jobs.site.announce_attempt import Round

    require_confirmed(desk)
    channels = _wanted(channels_of(desk), on)
    done = Round()
    with announcing.at_office(desk) as office:
        for channel in channels:
            items = [item for item, name in wanted if name in {None, channel.name}]
            asked_for = {item.id for item in items}
            known = [name for name in news.names() if name[0] not in asked_for]
            for item in items:
                done = done.with_(announce_now(item, channel, known, office))
        announcing.tell_of_trouble(desk, office)
    return done


def _wanted(channels: tuple[Channel, ...], on: str | None) -> tuple[Channel, ...]:
    """All channels, or the one of a name. Raises SettingsError when there is none."""
    found = tuple(channel for channel in channels if on in {None, channel.name})
    if found:
        return found
    if on is None:
        raise SettingsError(say("site.yaml names no channel to announce on; see docs/publish.md"))
    raise SettingsError(
        say(
            'site.yaml has no channel "{name}"; it has {names}',
            name=on,
            names=", ".join(channel.name for channel in channels) or "–",
        )
    )


def _due(news: Items, seen: Mapping[str, Announcement] | None) -> tuple[Item, ...]:
    """What would be told next; of a channel that is new, nothing."""
    from newsroom.database.announcements import AnnouncementState

    if seen is None:
        return ()
    waiting = news.of_ids(
        row.item for row in seen.values() if row.state is AnnouncementState.WAITING
    )
    return (*waiting.values(), *(item for item in news.fresh() if item.id not in seen))


def _of_file(desk: Desk, source: PurePosixPath) -> tuple[Item, ...]:
    """What there will be to announce of a piece. Raises StateError when there is nothing."""
    from newsroom.jobs.site.announce_items import Items
    from newsroom.jobs.site.build import as_shown
    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.jobs.writing.one_piece import card_at

    reading, now = desk.read(), desk.clock()
    newsroom = usable(reading)
    card = card_at(source, newsroom)
    shown = as_shown(newsroom, now, BuildOptions(drafts=True, coming=True))
    items = Items(shown, now, _Everything(), reading.rendered).of_file(card)
    if not items:
        raise _nothing(source)
    return items


def _on_site(desk: Desk, news: Items, source: PurePosixPath) -> tuple[Item, ...]:
    """What there is to announce of a piece that readers can see."""
    from newsroom.jobs.writing.one_piece import card_at

    items = news.of_file(card_at(source, desk.read_newsroom()))
    if not items:
        raise _nothing(source)
    return items


def _nothing(source: PurePosixPath) -> StateError:
    return StateError(
        say(
            "{file}: there is nothing to announce of it; news is, events to come that no post is "
            "about, and changes of events, when they are on the site",
            file=source,
        )
    )


class _Everything:
    """A site on which every page stands."""

    def __contains__(self, path: object) -> bool:
        return True
