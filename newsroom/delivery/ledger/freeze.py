"""Freezing an issue: its words and its recipients, fixed once, in one transaction."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, case, insert, select, text, update

from newsroom.database.tables import batch, delivery, issue
from newsroom.delivery.ledger.audience import Reader, readers_of
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.ledger.letters import write_letters
from newsroom.delivery.ledger.mentions import Mention, write_mentions
from newsroom.delivery.ledger.noted import noted
from newsroom.delivery.pace.lanes import lane_of
from newsroom.model import Audience, Canary, Sending
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.schedule.issue_life import states_before

CANARY = 0  # the number of the batch that goes ahead; the others count from 1
_LARGEST, _SMALLEST = 500, 250  # recipients in a batch: a quick relay takes those in a second
_SHARES = 4  # batches for each connection, so that a second process has work too
_CHUNK = 5_000  # rows read and written at a time


@dataclass(frozen=True, slots=True)
class Edition:
    """What is frozen: exactly the approved words, and for whom they are."""

    issue: str
    content_hash: str
    subject: str
    letters: Mapping[str, dict[str, Any]]  # by language: the message template, as JSON holds it
    default_lang: str  # for readers whose language has no letter
    audience: Audience
    first_url: str  # the site's first address: Message-IDs are made from it
    sender_domain: str  # the right side of Message-IDs
    mentions: tuple[Mention, ...] = ()  # what it tells of, by permanent id
    doctor_reason: str | None = None  # why it is sent without a good verdict


def freeze(
    connection: Connection,
    edition: Edition,
    sending: Sending,
    now: datetime,
    lane: Callable[[str], str] = lane_of,
) -> bool:
    """Fix an approved issue's words and recipients; false when it was not there to be frozen.

    The issue's row is the gate: of any number of callers one changes it, the others change nothing.
    """
    if not _pass_gate(connection, edition, sending, now):
        return False
    write_letters(connection, edition.issue, edition.letters)
    write_mentions(connection, edition.issue, edition.mentions)
    note_step(connection, edition.issue, Step.FROZEN, now)
    total = _write_deliveries(connection, edition, sending.connections, now, lane)
    if sending.canary is not None:
        _choose_canaries(connection, edition.issue, sending.canary)
    _write_batches(connection, edition.issue)
    connection.execute(update(issue).where(issue.c.name == edition.issue).values(recipients=total))
    _count_rows(connection)
    return True


def frozen_at(connection: Connection, name: str) -> datetime | None:
    """When an issue's text was fixed, or None."""
    found = select(issue.c.frozen_at).where(issue.c.name == name)
    at: datetime | None = connection.scalar(found)
    return at


def message_id(edition: Edition, subscriber_id: int) -> str:
    """The Message-ID of one reader's copy: the same on every attempt and on every machine."""
    seed = f"{edition.first_url}\n{edition.issue}\n{subscriber_id}"
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{edition.sender_domain}>"


def _pass_gate(connection: Connection, edition: Edition, sending: Sending, now: datetime) -> bool:
    gate = (
        update(issue)
        .where(
            issue.c.name == edition.issue,
            issue.c.content_hash == edition.content_hash,
            issue.c.state.in_(states_before(IssueState.FROZEN)),
        )
        .values(
            state=IssueState.FROZEN,
            subject=edition.subject,
            frozen_at=now,
            send_after=now + sending.undo,
            deadline=now + sending.undo + sending.deadline,
            doctor_reason=edition.doctor_reason,
            begun=None,
            updated=now,
            **noted(None),
        )
    )
    return connection.execute(gate).rowcount == 1


def _write_deliveries(
    connection: Connection,
    edition: Edition,
    connections: int,
    now: datetime,
    lane: Callable[[str], str],
) -> int:
    """One row for each reader; how many.

    The first look only counts. Who comes or goes before the second changes no more than how
    even the spread is.
    """
    sizes = Counter(lane(row.email) for row in readers_of(connection, edition.audience))
    batches = _number_of_batches(sizes.total(), connections)
    spread = _in_place(readers_of(connection, edition.audience), lane, sizes)
    rows = (
        {
            **_row(edition, reader, its_lane),
            "batch": 1 + min(batches - 1, int(place * batches)),
            "place": place,
            "updated": now,
        }
        for reader, its_lane, place in spread
    )
    total = 0
    while chunk := list(islice(rows, _CHUNK)):
        connection.execute(insert(delivery), chunk)
        total += len(chunk)
    return total


def _in_place(
    readers: Iterable[Reader], lane: Callable[[str], str], sizes: Mapping[str, int]
) -> Iterator[tuple[Reader, str, float]]:
    """Each reader's lane and place: every lane is spread evenly over the whole issue."""
    met: Counter[str] = Counter()
    for reader in readers:
        its_lane = lane(reader.email)
        yield reader, its_lane, (met[its_lane] + _phase(its_lane)) / max(1, sizes[its_lane])
        met[its_lane] += 1


def _row(edition: Edition, reader: Reader, lane: str) -> dict[str, object]:
    """A reader's copy, before its first try."""
    return {
        "issue": edition.issue,
        "subscriber_id": reader.id,
        "email": reader.email,
        "name": reader.name,
        "lang": reader.letter(edition.letters, edition.default_lang),
        "lane": lane,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "message_id": message_id(edition, reader.id),
    }


def _number_of_batches(total: int, connections: int) -> int:
    """As many for each connection, so that all are busy almost to the end."""
    share = math.ceil(total / (_SHARES * connections))
    number = max(1, math.ceil(total / min(max(share, _SMALLEST), _LARGEST)))
    return number if number < connections else connections * math.ceil(number / connections)


def _phase(lane: str) -> float:
    """Where in its step a lane begins, so that lanes of one address each do not stand together."""
    return int.from_bytes(hashlib.sha256(lane.encode()).digest()[:4]) / 2**32


def _choose_canaries(connection: Connection, name: str, canary: Canary) -> None:
    """Move the first recipients to a batch of their own, addresses of one's own ahead of them."""
    place = case((delivery.c.email.in_(canary.seeds), -1.0), else_=delivery.c.place)
    first = (
        select(delivery.c.subscriber_id)
        .where(delivery.c.issue == name)
        .order_by(place, delivery.c.subscriber_id)
        .limit(max(canary.count, len(canary.seeds)))
    )
    connection.execute(
        update(delivery)
        .where(delivery.c.issue == name, delivery.c.subscriber_id.in_(first))
        .values(batch=CANARY, place=place)
    )


def _write_batches(connection: Connection, name: str) -> None:
    numbers = select(delivery.c.batch).where(delivery.c.issue == name).distinct()
    rows = [
        {"issue": name, "number": number, "attempt": 0}
        for number in connection.scalars(numbers.order_by(delivery.c.batch))
    ]
    if rows:
        connection.execute(insert(batch), rows)


def _count_rows(connection: Connection) -> None:
    """Have PostgreSQL look at what was written: else it reads a whole issue for every claim.

    It would look by itself, some minutes later. SQLite goes by the keys alone.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE delivery"))
