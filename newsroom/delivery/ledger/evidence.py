"""What the ledger can prove of an issue, without the address of a single reader.

Everything comes from what was kept, so the same ledger always gives the same evidence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from newsroom.database.tables import approval, bounce, delivery, issue
from newsroom.delivery.ledger.chronicle import Noted, steps_of
from newsroom.delivery.ledger.letters import read_letters
from newsroom.delivery.ledger.mentions import Mention, read_mentions
from newsroom.errors import StateError
from newsroom.model.delivery import DeliveryState
from newsroom.model.masked import masked
from newsroom.model.saying import say

FEW = 3  # readers: a domain with fewer may be one person's, and is not named
_CHUNK = 5_000  # rows read at a time

States = Mapping[str, int]  # how many copies, by the value of their DeliveryState


@dataclass(frozen=True, slots=True)
class Given:
    """A yes, to which text, and whether it held to the end."""

    by: str  # a contact's slug
    at: datetime
    content_hash: str
    ended: datetime | None  # when it ceased to hold
    was_sent: bool  # the text is the one that was frozen


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a table: how many copies stand where."""

    name: str
    states: States

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an issue came to. Times are UTC."""

    issue: str
    state: str
    subject: str
    content_hash: str
    frozen_at: datetime
    recipients: int
    totals: States
    days: tuple[Share, ...]  # by the day on which a copy was settled
    domains: tuple[Share, ...]  # the largest first
    other_domains: Share | None  # those of few readers together; its name says how many
    reasons: tuple[tuple[str, str, int], ...]  # state, why, how many
    returned: tuple[tuple[str, int], ...]  # bounces and complaints since, by kind
    approvals: tuple[Given, ...]
    course: tuple[Noted, ...]
    told: tuple[Mention, ...]
    without_doctor: str | None
    letters: Mapping[str, Any]  # by language: the message template, as it was frozen

    @property
    def adds_up(self) -> bool:
        """Whether every frozen recipient is in exactly one state."""
        return sum(self.totals.values()) == self.recipients


def gather(connection: Connection, name: str, zone: ZoneInfo) -> Evidence:
    """The evidence of a frozen issue. Raises StateError for one that is not."""
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    if row is None or row.frozen_at is None:
        raise StateError(
            say("{name}: nothing of it was frozen, so there is nothing to prove", name=name)
        )
    tables = _Tables(zone)
    for each in _copies(connection, name):
        tables.add(each)
    named, other = tables.named_domains()
    return Evidence(
        issue=name,
        state=row.state,
        subject=row.subject or "",
        content_hash=row.content_hash,
        frozen_at=row.frozen_at,
        recipients=row.recipients or 0,
        totals=_all_states(tables.states),
        days=tuple(Share(day, _plain(states)) for day, states in sorted(tables.days.items())),
        domains=named,
        other_domains=other,
        reasons=tuple(sorted((*key, number) for key, number in tables.reasons.items())),
        returned=_returned(connection, name),
        approvals=tuple(_approvals(connection, name, row.content_hash)),
        course=tuple(each._replace(note=_masked(each.note)) for each in steps_of(connection, name)),
        told=read_mentions(connection, name),
        without_doctor=_masked(row.doctor_reason),
        letters=dict(sorted(read_letters(connection, name).items())),
    )


class _Copy(NamedTuple):
    """What is looked at of one reader's copy."""

    email: str
    lane: str
    state: str
    reason: str | None
    code: str | None
    updated: datetime


class _Tables:
    """Copies counted in every way that is shown."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.states: Counter[str] = Counter()
        self.days: dict[str, Counter[str]] = defaultdict(Counter)
        self.domains: dict[str, Counter[str]] = defaultdict(Counter)
        self.reasons: Counter[tuple[str, str]] = Counter()

    def add(self, copy: _Copy) -> None:
        """Count one reader's copy."""
        self.states[copy.state] += 1
        self.days[f"{copy.updated.astimezone(self._zone):%Y-%m-%d}"][copy.state] += 1
        self.domains[_domain(copy)][copy.state] += 1
        if why := _why(copy):
            self.reasons[copy.state, why] += 1

    def named_domains(self) -> tuple[tuple[Share, ...], Share | None]:
        """Domains with readers enough to hide among, and the others together."""
        shares = [Share(domain, _plain(states)) for domain, states in self.domains.items()]
        named = [share for share in shares if share.total >= FEW]
        few = [share for share in shares if share.total < FEW]
        together: Counter[str] = sum((Counter(share.states) for share in few), Counter())
        ordered = sorted(named, key=lambda share: (-share.total, share.name))
        return tuple(ordered), Share(str(len(few)), _plain(together)) if few else None


def _domain(copy: _Copy) -> str:
    """Where a copy went; of somebody whose address was erased since, its lane."""
    domain: str = copy.email.rpartition("@")[2]
    return str(copy.lane) if domain in {"", "invalid"} else domain


def _why(copy: _Copy) -> str | None:
    """Why a copy stands where it does: of a server's words only their code, which names nobody."""
    if copy.state == DeliveryState.EXCLUDED:
        return _masked(copy.reason)
    if copy.state in {DeliveryState.REFUSED, DeliveryState.DEFERRED}:
        return copy.code or _masked(copy.reason) or ""
    return None


def _copies(connection: Connection, name: str) -> Iterator[_Copy]:
    columns = (delivery.c.email, delivery.c.lane, delivery.c.state, delivery.c.reason)
    rows = (
        select(*columns, delivery.c.code, delivery.c.updated)
        .where(delivery.c.issue == name)
        .execution_options(yield_per=_CHUNK)
    )
    with connection.execute(rows) as found:
        for row in found:
            yield _Copy(*row)


def _approvals(connection: Connection, name: str, frozen: str) -> Iterator[Given]:
    rows = connection.execute(
        select(approval).where(approval.c.issue == name).order_by(approval.c.id)
    )
    for row in rows:
        sent = row.content_hash == frozen
        yield Given(row.approved_by, row.at, row.content_hash, row.ended, sent)


def _returned(connection: Connection, name: str) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        select(bounce.c.kind, func.count().label("number"))
        .where(bounce.c.issue == name, bounce.c.undone.is_(None))
        .group_by(bounce.c.kind)
        .order_by(bounce.c.kind)
    )
    return tuple((row.kind, row.number) for row in rows)


def _masked(text: str | None) -> str | None:
    return None if text is None else masked(text)


def _plain(states: Mapping[str, int]) -> States:
    """The states that somebody is in, in the order of the ledger."""
    return {state.value: states[state] for state in DeliveryState if states.get(state)}


def _all_states(states: Mapping[str, int]) -> States:
    return {state.value: states.get(state, 0) for state in DeliveryState}
