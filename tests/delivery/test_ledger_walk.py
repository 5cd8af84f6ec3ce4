"""Random walks: whatever people do and whatever breaks, the ledger adds up at every commit."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, event, select, update

from newsroom.database.tables import (
    batch,
    bounce,
    delivery,
    issue,
    issue_step,
    letter,
    rate,
    subscriber,
    suppression,
)
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.settling import resolve, send_to_rest
from newsroom.delivery.sending.course import cancel, give_go, pause, resume
from newsroom.errors import StateError
from newsroom.model import Canary
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from tests.delivery.fakes import FakeTime, FakeTransport
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, freeze_now
from tests.delivery.sending.test_dispatch import Desk

READERS = addresses(12)
SENDING = replace(AT_ONCE, canary=Canary(3, timedelta(minutes=5), asks=True))
ANSWERS = (
    Outcome(DeliveryState.ACCEPTED, "250 2.0.0"),
    Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted", BounceSeverity.SOFT),
    Outcome(DeliveryState.DEFERRED, "421 4.3.2", "busy", BounceSeverity.SOFT),
    Outcome(DeliveryState.DEFERRED, "550 5.7.1", "blocked", BounceSeverity.POLICY),
    Outcome(DeliveryState.DEFERRED, None, "no connection", whole_relay=True),
    Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD),
    Outcome(DeliveryState.UNKNOWN, None, "lost after DATA"),
    RuntimeError("a transport that broke"),
)
Walk = tuple[str, int]


class Killed(BaseException):
    """The process is gone: nothing of it is written any more."""


@dataclass(slots=True)
class Walker:
    """Somebody who does whatever comes to mind, one step after the other."""

    database: Engine
    time: FakeTime = field(default_factory=FakeTime)
    accepted: list[str] = field(default_factory=list)

    def step(self, what: str, number: int) -> None:
        """One command, fault or look; what the state forbids is refused and changes nothing."""
        self.time.now += timedelta(minutes=1 + number * 7)
        with suppress(StateError):
            self.steps()[what](number)

    def steps(self) -> dict[str, Callable[[int], object]]:
        """What can happen."""
        return {
            "work": self.work,
            "pause": lambda _: self.told(lambda c: pause(c, "2026-var", "wait", self.time.now)),
            "resume": lambda _: self.told(lambda c: resume(c, "2026-var", self.time.now)),
            "cancel": lambda _: self.told(lambda c: cancel(c, "2026-var", "no", self.time.now)),
            "go": lambda _: self.told(lambda c: give_go(c, "2026-var", "anna", self.time.now)),
            "rest": lambda _: self.told(self.rest),
            "arrived": lambda n: self.told(lambda c: self.settle(c, n, DeliveryState.ACCEPTED)),
            "resend": lambda n: self.told(lambda c: self.settle(c, n, DeliveryState.PENDING)),
            "leave": lambda n: self.told(lambda c: self.leave(c, READERS[n])),
            "sit down": lambda _: self.desk().dispatch().sit_down(),
        }

    def told(self, what: Callable[[Connection], object]) -> None:
        """A command, in a transaction of its own."""
        with self.database.begin() as connection:
            what(connection)

    def work(self, number: int) -> None:
        """A look, and a batch whose transport answers one thing after the other, or dies."""
        answers = [*ANSWERS[number % len(ANSWERS) :], *ANSWERS[: number % len(ANSWERS)]]
        desk = self.desk()
        desk.transport.script = {
            reader: [answers[place % len(answers)]] for place, reader in enumerate(READERS)
        }
        desk.transport.on_send = lambda reader: self.die(reader, READERS[number])
        with suppress(Killed):
            desk.work(self.time.now)

    def die(self, reader: str, last: str) -> None:
        """End the process over one reader's message, every other minute."""
        if reader == last and self.time.now.minute % 2:
            raise Killed

    def rest(self, connection: Connection) -> None:
        """Once more to who was not reached."""
        deadline = self.time.now + timedelta(days=2)
        send_to_rest(connection, "2026-var", deadline, self.time.now)

    def settle(self, connection: Connection, number: int, verdict: DeliveryState) -> None:
        """A person's word about one reader's copy."""
        resolve(connection, "2026-var", READERS[number : number + 1], verdict, self.time.now)

    @staticmethod
    def leave(connection: Connection, reader: str) -> None:
        """A reader ends the subscription."""
        left = update(subscriber).where(subscriber.c.email == reader)
        connection.execute(left.values(state="unsubscribed"))

    def desk(self) -> Desk:
        """A process that is begun anew at each step."""
        return Desk(self.database, SENDING, transport=FakeTransport(self.time))


def check(connection: Connection) -> None:
    """At this commit: each frozen reader is in one state, and no finished issue has open ones."""
    if connection.scalar(select(issue.c.recipients)) is None:
        return
    tally = counts(connection, "2026-var", NOW)
    assert tally.adds_up
    assert tally.frozen == len(READERS)
    assert tally.state != "done" or not (tally.waiting or tally.unknown)
    assert tally.state != "cancelled" or not (tally.pending or tally.deferred)


def walk(database: Engine, steps: list[Walk]) -> None:
    """Take the steps, and look at the ledger before each commit."""
    freeze_now(database, READERS, SENDING)
    walker = Walker(database)
    event.listen(database, "commit", check)
    try:
        for what, number in steps:
            walker.step(what, number)
    finally:
        event.remove(database, "commit", check)


def sweep(database: Engine) -> None:
    """An empty ledger for the next walk."""
    with database.begin() as connection:
        for table in (bounce, delivery, batch, letter, issue_step, rate, suppression):
            connection.execute(delete(table))
        connection.execute(delete(issue))
        connection.execute(delete(subscriber))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["work"] * 5
            + ["pause", "resume", "resume", "cancel", "go", "rest", "arrived", "resend"]
            + ["leave", "sit down"]
        ),
        st.integers(0, len(READERS) - 1),
    ),
    min_size=5,
    max_size=15,
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_ledger_adds_up_at_every_commit(kind: str, request: pytest.FixtureRequest) -> None:
    """Frozen is the sum of the states at every commit, whatever is done, answered or killed."""
    database: Engine = request.getfixturevalue(
        "database" if kind == "sqlite" else "postgres_database"
    )

    @settings(
        max_examples=20 if kind == "sqlite" else 5,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def walks(steps: list[Walk]) -> None:
        sweep(database)
        walk(database, steps)

    walks()
