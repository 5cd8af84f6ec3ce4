"""For whom an issue is: the active readers of its language and tags, a few in memory at a time."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from newsroom.database.tables import subscriber
from newsroom.model import Audience, SubscriberState

_CHUNK = 5_000  # rows read at a time


class Reader(NamedTuple):
    """Somebody whom an issue is for."""

    id: int
    email: str
    name: str | None
    lang: str

    def letter(self, languages: Collection[str], default: str) -> str:
        """The language of the letter that the reader gets."""
        return self.lang if self.lang in languages else default


def readers_of(connection: Connection, audience: Audience) -> Iterator[Reader]:
    """Those an issue is for, in the order of their ids.

    One statement reads them all, so that nobody who leaves and comes back meanwhile is met twice.
    """
    columns = (subscriber.c.id, subscriber.c.email, subscriber.c.name, subscriber.c.lang)
    readers = (
        select(*columns, subscriber.c.tags)
        .where(subscriber.c.state == SubscriberState.ACTIVE)
        .order_by(subscriber.c.id)
        .execution_options(yield_per=_CHUNK)
    )
    if audience.lang is not None:
        readers = readers.where(subscriber.c.lang == audience.lang)
    wanted = set(audience.tags)
    with connection.execute(readers) as rows:
        for row in rows:
            if not wanted or wanted & set(row.tags):
                yield Reader(row.id, row.email, row.name, row.lang)
