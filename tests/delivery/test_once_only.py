"""Once and only once: whatever people do, whoever is killed, and wherever the clock goes.

Two senders work by turns. Either may be killed over any message, before or after the server has
taken it. Meanwhile the issue is paused, resumed, moved, taken back, edited and approved anew, and
the clock is set back by an hour. Nobody is written to twice, nobody who has it is forgotten, and
who is said to have it has.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event, select, update

from newsroom.database.tables import delivery, subscriber
from newsroom.delivery.approval.approvals import Approval, end_other_approvals, keep_approval
from newsroom.delivery.approval.thaw import postpone, take_back
from newsroom.delivery.ledger.freeze import freeze
from newsroom.delivery.sending.course import cancel, pause, resume
from newsroom.errors import StateError
from newsroom.model import Pace
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from tests.delivery.fakes import FakeTime, FakeTransport, a_mailroom
from tests.delivery.sample_ledger import AT_ONCE, add_readers, addresses, an_edition
from tests.delivery.sending.test_dispatch import Desk
from tests.delivery.test_ledger_walk import sweep

NAME = "2026-var"
READERS = addresses(6)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TERMS = replace(AT_ONCE, pace=Pace(60, MINUTE), undo=MINUTE)
LATER = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted")
EXAMPLES = int(os.environ.get("WALKS", "12"))


class Killed(BaseException):
    """The process is gone."""


@dataclass(slots=True)
class Server:
    """A mail server whose clients may die over a message, before it is taken or after."""

    time: FakeTime
    taken: Counter[str] = field(default_factory=Counter)
    put_off: str = ""  # whom it asks for patience
    fatal: str = ""  # over whose message a sender dies
    after: bool = False  # once the message was taken
    dead: bool = False  # the sender that works now: it puts nothing in order
    idempotent: bool = False

    def send(self, envelope: Envelope, message: bytes) -> Outcome:  # noqa: ARG002 (the protocol's)
        """Take a message, unless its reader is put off."""
        reader = envelope.recipient
        self.dead = reader == self.fatal
        if self.dead and not self.after:
            raise Killed
        if reader == self.put_off:
            return LATER
        self.taken[reader] += 1
        if self.dead:
            raise Killed
        return Outcome(DeliveryState.ACCEPTED, "250 2.0.0")

    def bury(self, *_: object) -> None:
        """Let a dead sender write nothing."""
        if self.dead:
            raise Killed

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(slots=True)
class Walker:
    """Whatever happens to an issue, one step after the other."""

    database: Engine
    time: FakeTime = field(default_factory=FakeTime)
    server: Server = field(init=False)
    text: int = 0  # which text stands in the file

    def __post_init__(self) -> None:
        self.server = Server(self.time)

    def step(self, what: str, number: int) -> None:
        """One thing; what the state forbids is refused and changes nothing."""
        self.time.now += (2 + number * 3) * MINUTE
        with suppress(StateError):
            self.steps()[what](number)

    def steps(self) -> dict[str, Callable[[int], object]]:
        """What can happen."""
        return {
            "work": self.work,
            "kill before": lambda n: self.work(n, READERS[n]),
            "kill after": lambda n: self.work(n, READERS[n], after=True),
            "sit down": lambda n: self.desk(n).dispatch().sit_down(),
            "set back": lambda _: setattr(self.time, "now", self.time.now - HOUR),
            "pause": lambda _: self.told(lambda c: pause(c, NAME, "wait", self.time.now)),
            "resume": lambda _: self.told(lambda c: resume(c, NAME, self.time.now)),
            "move": lambda _: self.told(
                lambda c: postpone(c, NAME, self.time.now + MINUTE, self.time.now)
            ),
            "take back": lambda _: self.told(lambda c: take_back(c, NAME, self.time.now)),
            "edit": lambda _: self.told(self.edit),
            "send": lambda _: self.told(self.send),
            "cancel": lambda n: self.told(self.cancel) if n == 0 else None,
            "leave": lambda n: self.told(lambda c: self.leave(c, READERS[n])),
        }

    def told(self, what: Callable[[Connection], object]) -> None:
        """A command, in a transaction of its own."""
        with self.database.begin() as connection:
            what(connection)

    def work(self, number: int, fatal: str = "", *, after: bool = False) -> None:
        """A look of one of two senders, and the batches that it was given, to their end or its."""
        desk = self.desk(number)
        self.server.put_off, self.server.fatal, self.server.after = (
            READERS[-1 - number],
            fatal,
            after,
        )
        room = replace(
            a_mailroom(self.database, FakeTransport(self.time), TERMS),
            transports=lambda: self.server,
            worker=desk.worker,
        )
        with suppress(Killed):
            for hold in desk.look(self.time.now):
                room.run_batch(hold.issue, hold.number, hold.attempt)
        self.server.dead = False

    def desk(self, number: int) -> Desk:
        """One of two senders."""
        return Desk(self.database, TERMS, worker=f"host-{number % 2}")

    def edit(self, connection: Connection) -> None:
        """Another text, which ends the yes to the one before."""
        self.text += 1
        end_other_approvals(connection, NAME, f"text {self.text}", self.time.now)

    def send(self, connection: Connection) -> None:
        """Somebody says yes to the text, and it is frozen."""
        keep_approval(connection, Approval(NAME, f"text {self.text}", "anna", self.time.now))
        edition = an_edition(content_hash=f"text {self.text}")
        freeze(connection, edition, TERMS, self.time.now)

    def cancel(self, connection: Connection) -> None:
        """The issue is called off."""
        cancel(connection, NAME, "no", self.time.now)

    @staticmethod
    def leave(connection: Connection, reader: str) -> None:
        """A reader ends the subscription."""
        left = update(subscriber).where(subscriber.c.email == reader)
        connection.execute(left.values(state="unsubscribed"))


def compare(database: Engine, server: Server) -> None:
    """What the ledger says of each reader, and what the server has taken."""
    with database.begin() as connection:
        rows = connection.execute(select(delivery.c.email, delivery.c.state)).all()
    said = {row.email: row.state for row in rows}
    assert max(server.taken.values(), default=0) <= 1, "somebody got two"
    for reader, state in said.items():
        if state == DeliveryState.ACCEPTED:
            assert server.taken[reader] == 1, "who is said to have it has not"
        elif state not in {DeliveryState.UNKNOWN, DeliveryState.CLAIMED}:
            assert server.taken[reader] == 0, "who has it is forgotten"
    assert set(server.taken) <= set(said), "the ledger forgot readers who have it"


def walk(database: Engine, steps: list[tuple[str, int]]) -> None:
    """Take the steps; after each, compare."""
    with database.begin() as connection:
        add_readers(connection, READERS)
    walker = Walker(database)
    walker.told(walker.send)
    event.listen(database, "before_cursor_execute", walker.server.bury)
    try:
        for what, number in steps:
            walker.step(what, number)
            compare(database, walker.server)
    finally:
        event.remove(database, "before_cursor_execute", walker.server.bury)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["work"] * 4
            + ["kill before", "kill after", "send", "resume"] * 2
            + ["set back", "sit down", "pause", "move", "take back", "edit", "cancel", "leave"]
        ),
        st.integers(0, len(READERS) - 1),
    ),
    min_size=6,
    max_size=14,
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_once_and_only_once(kind: str, request: pytest.FixtureRequest) -> None:
    """No reader gets two, and who has it is known to, or in doubt; on both databases."""
    database: Engine = request.getfixturevalue(
        "database" if kind == "sqlite" else "postgres_database"
    )

    @settings(
        max_examples=EXAMPLES if kind == "sqlite" else EXAMPLES // 4,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def walks(steps: list[tuple[str, int]]) -> None:
        sweep(database)
        walk(database, steps)

    walks()
