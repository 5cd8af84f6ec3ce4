"""What a provider tells by a webhook, put on record once; the same follows as from a mail."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine

from newsroom.bounces.classify import MailKind
from newsroom.bounces.hook_event import HookEvent
from newsroom.bounces.traces import Traces
from newsroom.database import transaction
from newsroom.database.incoming import Incoming, keep, known_kind
from newsroom.database.turn import take_turn
from newsroom.jobs.returned.bounce import Handling
from newsroom.jobs.returned.consequence import CameBack, follow
from newsroom.jobs.returned.trace import find_copy


def take_events(
    engine: Engine, keys: Sequence[bytes], provider: str, events: Iterable[HookEvent], now: datetime
) -> Mapping[Handling, int]:
    """Deal with what a provider told; how many came to what. What it tells again changes nothing.

    All of it is committed, or nothing is.
    """
    with transaction(engine) as connection:
        take_turn(connection)
        return Counter(
            handled
            for event in events
            if (handled := _take(connection, keys, provider, event, now)) is not None
        )


def _take(
    connection: Connection, keys: Sequence[bytes], provider: str, event: HookEvent, now: datetime
) -> Handling | None:
    """What one event came to; None when it was told before."""
    digest = hashlib.sha256(f"{provider}\0{event.id}".encode("utf-8", "replace")).hexdigest()
    if known_kind(connection, digest) is not None:
        return None
    copy = find_copy(
        connection, keys, Traces(event.return_addresses, event.envelope_ids, event.message_ids)
    )
    if copy is None:
        # Not ours, or named only: its words are not kept, since the provider has them.
        keep(connection, Incoming(digest, event.kind, None, email=event.told.email), now)
        return Handling.NAMED
    keep(connection, Incoming(digest, event.kind, None, copy.known_by, copy.email), now)
    follow(connection, keys, CameBack(digest, copy, event.kind, event.told), now)
    return Handling.COMPLAINED if event.kind is MailKind.COMPLAINT else Handling.BOUNCED
