"""Until when a site stays as it is, when nobody writes anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsroom.model import Event, Newsroom, Shelf
from newsroom.render.pages.events import SOON

_DAY = timedelta(days=1)


def horizon(newsroom: Newsroom, now: datetime) -> datetime:
    """The first moment from `now` on at which the site might look different by time alone.

    A piece comes, goes, begins, ends or closes. At the latest it is the next midnight where the
    site is at home: whatever is reckoned in days changes then.
    """
    today = now.astimezone(newsroom.site.timezone)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    tomorrow = (midnight + _DAY).timestamp()
    least = min((m for m in _moments(newsroom) if m >= now.timestamp()), default=tomorrow)
    return datetime.fromtimestamp(min(least, tomorrow), now.tzinfo)


def _moments(newsroom: Newsroom) -> Iterator[float]:
    """Every time that decides what is shown, in POSIX seconds."""
    yield from _of_posts(newsroom)
    yield from _of(*(publication.published for publication in newsroom.publications))
    yield from _of(*(issue.published for issue in newsroom.issues))
    for event in newsroom.events:
        yield from _of_event(event)


def _of_posts(newsroom: Newsroom) -> Iterator[float]:
    posts = newsroom.posts
    if isinstance(posts, Shelf):
        for card in posts.cards:
            yield card.since
            yield card.until
        return
    for post in posts:
        yield from _of(post.published, post.expires)


def _of_event(event: Event) -> Iterator[float]:
    """Its time, its registration, and when it was changed: from then on that is news."""
    deadline = event.registration.deadline if event.registration else None
    yield from _of(event.start, event.end, event.updated)
    yield from _of(deadline, deadline and deadline - SOON)
    yield from _of(*(earlier.changed for earlier in event.previously))


def _of(*moments: datetime | None) -> Iterator[float]:
    return (moment.timestamp() for moment in moments if moment is not None)
