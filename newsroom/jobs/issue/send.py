"""Sending a frozen issue: keep at it until it is done or somebody must decide.

Run it twice, kill it and run it again, run it on two machines: each reader is written to once.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from newsroom.database import reading
from newsroom.database.patience import insist
from newsroom.delivery.ledger.claims import LEASE
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.pace.hours import next_opening, within_hours
from newsroom.delivery.sending.clock import Clock
from newsroom.delivery.sending.dispatch import Dispatch
from newsroom.errors import OutsideError, StateError
from newsroom.model.delivery import Counts
from newsroom.model.issue_state import IssueState, in_words
from newsroom.model.saying import Saying, joined, say

T = TypeVar("T")

_IS_FROZEN = {IssueState.FROZEN, IssueState.SENDING, IssueState.DONE}
_OVER = {IssueState.DONE, IssueState.PAUSED, IssueState.CANCELLED}

_LOOK_EVERY = 0.25  # seconds
_SHARE = 20  # at most a twentieth of the time goes into looking,
_LOOK_BY = 2.0  # but a look is never further away than this: one may have built the site


class Batches(Protocol):
    """A queue of batches and the workers on it."""

    def start(self) -> None:
        """Begin to take batches."""
        ...

    def stop(self, patience: float) -> None:
        """Take no more, and wait up to so many seconds for those in hand."""
        ...


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Everything that sends, joined together."""

    database: Engine
    dispatch: Dispatch
    batches: Batches
    clock: Clock
    stop: threading.Event  # set it to stop after the messages in hand
    patience: float = 120.0  # seconds with a database that refuses: locked, full, away


@dataclass(frozen=True, slots=True)
class Sent:
    """How far an issue came, and what it waits for when it is not done."""

    counts: Counts
    waits_for: str | None  # None: it is done

    @property
    def done(self) -> bool:
        """Whether every copy is settled."""
        return self.waits_for is None


def send_issue(office: PostOffice, name: str, progress: Callable[[Counts], None]) -> Sent:
    """Keep at a frozen issue until it is done, paused, outside its hours, or a person must decide.

    `progress` is called with the ledger at every look. Raises StateError for an issue that is not
    frozen yet.
    """
    with at_work(office):
        rest = _LOOK_EVERY
        while True:
            began = time.monotonic()
            tally, now = _patiently(office, partial(_look_at, office, name))
            progress(tally)
            if tally.state == IssueState.DONE:
                return Sent(tally, None)
            reason = _why_leave(office, tally, now)
            if reason is not None:
                return Sent(tally, reason)
            # A long look may be the one that built the site: the next is soon all the same.
            rest = min(_rest(time.monotonic() - began), 2 * rest)
            office.stop.wait(rest)


def keep_sending(office: PostOffice) -> None:
    """Move whatever issue is on its way, until somebody asks to stop: `newsroom run`."""
    with at_work(office):
        while not office.stop.is_set():
            began = time.monotonic()
            _patiently(office, partial(_look, office))
            office.stop.wait(_rest(time.monotonic() - began))


def send_due(office: PostOffice) -> None:
    """Send what may leave now, and come back when nothing more may: `newsroom tick`."""
    with at_work(office):
        while not office.stop.is_set():
            now = _patiently(office, partial(_look, office))
            if not office.dispatch.is_busy(now):
                return
            office.stop.wait(_LOOK_EVERY)


@contextmanager
def at_work(office: PostOffice) -> Iterator[None]:
    """The workers run inside; at the end each finishes the message in its hands."""
    office.dispatch.sit_down()
    office.batches.start()
    try:
        yield
    finally:
        office.stop.set()
        office.batches.stop(LEASE.length.total_seconds())


def _look(office: PostOffice) -> datetime:
    """Move what is due; the time of the look."""
    now = office.clock()
    office.dispatch.look(now)
    return now


def _look_at(office: PostOffice, name: str) -> tuple[Counts, datetime]:
    """The same, and how an issue stands after it."""
    now = _look(office)
    with reading(office.database) as connection:
        return counts(connection, name, now), now


def _patiently(office: PostOffice, look: Callable[[], T]) -> T:
    """What a look gives. Raises OutsideError when the database refuses for too long."""
    try:
        return insist(look, office.patience)
    except OperationalError as error:
        raise OutsideError(
            say(
                "the database refuses ({reason}); see that its disk has room and nobody keeps it "
                "locked, then start again. What was being handed over is shown as unknown where "
                "it could not be written down",
                reason=error.orig,
            )
        ) from error


def _rest(took: float) -> float:
    """Seconds until the next look, after one that took so many."""
    return min(max(_LOOK_EVERY, took * _SHARE), _LOOK_BY)


def _why_leave(office: PostOffice, tally: Counts, now: datetime) -> str | None:
    """What an issue that is not done waits for, when waiting here would not help."""
    sending, name = office.dispatch.sending, tally.issue
    if tally.state in _OVER:
        return joined(": ", (in_words(tally.state), tally.note or say("by hand")))
    if office.stop.is_set():
        return _broken_off(tally)
    if tally.state not in _IS_FROZEN:
        raise StateError(
            say("{name} is {state} and has not been frozen", name=name, state=in_words(tally.state))
        )
    if tally.unknown and not tally.waiting:
        command = f"newsroom issue resolve {name}"
        return say(
            "{number} unknown; settle them: {command}", number=tally.unknown, command=command
        )
    if tally.lanes and all(lane.state == "stopped" for lane in tally.lanes) and not tally.claimed:
        return joined(": ", (tally.lanes[0].lane, tally.lanes[0].reason or "-"))
    if not within_hours(sending.hours, now, office.dispatch.zone) and not tally.claimed:
        opening = next_opening(sending.hours, now, office.dispatch.zone)
        local = opening.astimezone(office.dispatch.zone)
        return say("outside its hours until {local:%Y-%m-%d %H:%M}", local=local)
    return None


def _broken_off(tally: Counts) -> Saying:
    """That only the command has ended: a `newsroom run` beside it would send the issue."""
    untouched = tally.frozen == tally.pending + tally.excluded
    stop = f"issue undo {tally.issue} --by …" if untouched else f"issue pause {tally.issue}"
    return say(
        "the command was broken off, the letter is not stopped: newsroom run sends it. "
        "Stop it with: {stop}, or go on with: {go_on}",
        stop=f"newsroom {stop}",
        go_on=f"newsroom issue send {tally.issue}",
    )
