"""Whether newsroom announces a change of an event by itself, or why not."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from newsroom.jobs.site.announce_items import FRESH
from newsroom.model import Card, ChannelKind, Newsroom, Problem, Severity, Site
from newsroom.model.lifecycle import changes
from newsroom.model.saying import Saying, say
from newsroom.render.calendars.event_news import Notice
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import still_true

CODE = "change-told"
AHEAD = "change-ahead"
_LATELY = FRESH.total_seconds()


def changes_told(newsroom: Newsroom, now: datetime) -> Iterator[Problem]:
    """A note at each event to come that was changed lately, and a warning where a change waits."""
    library = Library(newsroom, now)
    coming = {card.address: card for card in library.upcoming()}
    for card in coming.values():
        if card.altered:
            yield from _ahead(library, card, now)
    for notice in still_true(library.changes):
        about = coming.get(notice.address)
        if about is not None and now.timestamp() - notice.published.timestamp() < _LATELY:
            yield from _told(library, about, notice)


def _told(library: Library, event: Card, notice: Notice) -> Iterator[Problem]:
    """Who tells of a change: newsroom, and where, or a post."""
    title, where = notice.title, _where(library, notice)
    if notice.post is not None:
        message = say("newsroom does not tell of the change, since {post} does", post=notice.post)
        fix = say("see that its words say what holds now")
    elif where is None:
        return
    elif post := _silent(library, event, notice):
        message = say(
            'newsroom tells of it {where}: "{title}", since the title of {post} does not',
            title=title,
            where=where,
            post=post.source,
        )
        fix = say("should the post be all that is told, say it in its title")
    else:
        message = say('newsroom tells of it {where}: "{title}"', title=title, where=where)
        fix = say(
            "to tell of it in your own words, write a post with event: {slug} that says it in its "
            "title",
            slug=event.slug,
        )
    yield _note(event, CODE, message, fix)


def _where(library: Library, notice: Notice) -> Saying | None:
    """Where readers are told; None where there is no such place."""
    channels = _has_channels(library.site)
    if notice.is_dated:
        return say("in feeds and on channels") if channels else say("in feeds")
    return say("on channels") if channels else None


def _silent(library: Library, event: Card, notice: Notice) -> Card | None:
    """The latest post about the event since its change, which says nothing of that."""
    day = notice.published.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    posts = library.register.posts_by_event.get(event.slug, ())
    since = [post for post in posts if post.since >= day]
    return max(since, key=lambda post: (post.since, post.id), default=None)


def _ahead(library: Library, card: Card, now: datetime) -> Iterator[Problem]:
    """A change that is made for readers of its page already, and told of later."""
    moments = [change.moment for change in changes(library.events.take(card)) if change.moment]
    late = [moment for moment in moments if moment.timestamp() > now.timestamp()]
    if late:
        message = say(
            "newsroom tells of the change at {moment:%Y-%m-%d %H:%M}, though its page has it "
            "already",
            moment=max(late),
        )
        fix = say("write in changed, or in updated, when it was made")
        yield _note(card, AHEAD, message, fix, Severity.WARNING)


def _has_channels(site: Site) -> bool:
    return any(channel.kind is not ChannelKind.WEBSUB for channel in site.announce)


def _note(
    event: Card, code: str, message: Saying, fix: Saying, severity: Severity = Severity.NOTE
) -> Problem:
    return Problem(PurePosixPath(event.source), None, severity, code, message, fix)
