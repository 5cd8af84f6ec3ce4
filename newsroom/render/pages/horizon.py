"""The next time at which the site changes by itself: a post comes, an event ends."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from newsroom.model import Newsroom
from newsroom.model.filing import all_cards

_DAY = timedelta(days=1)


def horizon(newsroom: Newsroom, now: datetime) -> datetime:
    """The first moment after `now` at which the site might look different by time alone.

    A piece comes, goes, begins, ends or closes. At the latest it is the next midnight where the
    site is at home: whatever is reckoned in days changes then.
    """
    today = now.astimezone(newsroom.site.timezone)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    tomorrow = (midnight + _DAY).timestamp()
    least = min((m for m in _moments(newsroom) if m > now.timestamp()), default=tomorrow)
    return datetime.fromtimestamp(min(least, tomorrow), now.tzinfo)


def _moments(newsroom: Newsroom) -> Iterator[float]:
    """Every time that decides what is shown, in POSIX seconds."""
    for card in all_cards(newsroom):
        yield card.since
        yield card.until
        yield from card.turns
