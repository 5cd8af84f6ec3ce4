"""A relay in every mood: each copy ends where it should, and the ledger adds up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import trustme
from sqlalchemy import Engine, select

from newsroom.database.tables import delivery
from newsroom.delivery.sending.batches import Hold
from newsroom.delivery.sending.course import resume
from newsroom.delivery.sending.dispatch import Dispatch
from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.delivery.transports.transport import Transport
from newsroom.model import Sending
from newsroom.model.delivery import Counts
from tests.delivery.fakes import FakeTime, FakeTransport, Suppressed, a_mailroom
from tests.delivery.sample_ledger import AT_ONCE, addresses, sending_now
from tests.delivery.transports.scripted_server import scripted
from tests.faults.moody_server import Mood, moody_server
from tests.faults.toll import look

MOODS = {
    "greylisting.example": Mood(rcpt="450 4.2.0 greylisted, come back later", times=1),
    "throttling.example": Mood(rcpt="454 4.7.0 too many messages", times=3),
    "closing.example": Mood(rcpt="421 4.3.2 shutting down", times=1),
    "later.example": Mood(data="451 4.3.0 not now", times=2),
    "hanging-up.example": Mood(data="drop", times=2),
    "never.example": Mood(rcpt="450 4.2.1 mailbox busy"),
    "gone.example": Mood(rcpt="550 5.1.1 no such user"),
    "full.example": Mood(rcpt="552 5.2.2 mailbox full"),
    "content.example": Mood(data="554 5.6.0 cannot take this message"),
    "kept.example": Mood(data="keep"),
    "lost.example": Mood(data="lose"),
    "silent.example": Mood(data="hang"),
}
ENDS = {
    "well.example": "accepted",
    "greylisting.example": "accepted",
    "throttling.example": "accepted",
    "closing.example": "accepted",
    "later.example": "accepted",
    "hanging-up.example": "accepted",
    "never.example": "refused",
    "gone.example": "refused",
    "full.example": "refused",
    "content.example": "refused",
    "kept.example": "unknown",
    "lost.example": "unknown",
    "silent.example": "unknown",
}
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(slots=True)
class Sender:
    """The real dispatch, workers and SMTP, on a clock that is moved by hand."""

    database: Engine
    port: int
    scheme: str = "smtp"
    sending: Sending = AT_ONCE
    time: FakeTime = field(default_factory=FakeTime)
    suppressed: Suppressed = field(default_factory=Suppressed)

    def work_for(self, hours: int) -> Counts:
        """Look every half hour, for so long or until nothing waits; the ledger at the end."""
        end = self.time.now + timedelta(hours=hours)
        while self.time.now <= end and look(self.database).waiting:
            self.dispatch().look(self.time.now)
            assert look(self.database).adds_up
            self.time.now += HALF_AN_HOUR
        return look(self.database)

    def dispatch(self) -> Dispatch:
        """A dispatch whose batches are run at once."""
        return Dispatch(
            database=self.database,
            sending=self.sending,
            zone=ZoneInfo("Europe/Stockholm"),
            worker="host-0",
            idempotent=False,
            publish=lambda _name: None,
            enqueue=self.run,
        )

    def run(self, hold: Hold) -> None:
        """Work through one batch."""
        clock = FakeTransport(self.time)
        room = a_mailroom(self.database, clock, self.sending, self.suppressed)
        real = replace(room, transports=self.transport)
        real.run_batch(hold.issue, hold.number, hold.attempt)

    def transport(self) -> Transport:
        """SMTP that does not wait long for the text's reply."""
        relay = parse_relay(f"{self.scheme}://localhost:{self.port}")
        return SmtpTransport(relay, Connector(), text=0.5)

    def states(self) -> Mapping[str, set[str]]:
        """In which states the copies of each domain are."""
        found: dict[str, set[str]] = {}
        with self.database.begin() as connection:
            for row in connection.execute(select(delivery.c.email, delivery.c.state)):
                found.setdefault(row.email.partition("@")[2], set()).add(row.state)
        return found


def test_every_mood_of_a_relay(database: Engine) -> None:
    """Put off means later, refused means no, and a line lost after the text means unknown.

    Whoever is accepted was taken once, nobody was taken twice, and only addresses that do not
    exist are suppressed.
    """
    readers = [address for domain in ENDS for address in addresses(1, domain)]
    sending_now(database, readers)
    with moody_server(MOODS) as (server, port):
        sender = Sender(database, port)
        after = sender.work_for(hours=72)

    assert sender.states() == {domain: {state} for domain, state in ENDS.items()}
    assert (after.frozen, after.waiting) == (len(readers), 0)
    accepted = [reader for reader in readers if ENDS[reader.partition("@")[2]] == "accepted"]
    in_doubt = {*addresses(1, "kept.example"), *addresses(1, "silent.example")}
    assert len(server.taken) == len(set(server.taken)), "somebody got two"
    assert set(server.taken) == {*accepted, *in_doubt}
    assert set(sender.suppressed.emails) == set(addresses(1, "gone.example"))


def test_refusal_of_us_stops_a_lane_and_hurts_no_reader(database: Engine) -> None:
    """A host that refuses the sender is left alone until a person has looked; then all arrives."""
    readers = [*addresses(8, "refusing.example"), *addresses(8, "well.example")]
    sending_now(database, readers)
    refusing = {"refusing.example": Mood(rcpt="554 5.7.1 blocked, see our policy")}
    with moody_server(refusing) as (server, port):
        sender = Sender(database, port)
        stopped = sender.work_for(hours=6)
        server.moods.clear()
        with database.begin() as connection:
            resume(connection, "2026-var", sender.time.now)
        after = sender.work_for(hours=24)

    assert (stopped.accepted, stopped.refused, stopped.waiting) == (8, 0, 8)
    assert [lane.lane for lane in stopped.lanes if lane.state == "stopped"] == ["refusing.example"]
    assert sum(server.tries[reader] for reader in readers[:8]) <= 8 + 3
    assert after.accepted == len(server.taken) == len(readers)
    assert sender.suppressed.emails == []


def test_flood_of_454_ends_with_everybody_reached(database: Engine) -> None:
    """A relay that says 454 to everybody for hours loses nobody their letter."""
    sending_now(database, addresses(120))
    with moody_server({"kommun.example": Mood(rcpt="454 4.7.0 throttled", times=4)}) as mood:
        server, port = mood
        after = Sender(database, port).work_for(hours=72)

    assert (after.accepted, after.waiting, after.unknown) == (120, 0, 0)
    assert sorted(server.taken) == sorted(addresses(120))


def test_relay_that_is_away(database: Engine) -> None:
    """Nothing listens: nobody is tried one by one, and all are reached once it is back."""
    sending_now(database, addresses(40))
    with moody_server({}) as (_, port):
        pass
    sender = Sender(database, port)
    away = sender.work_for(hours=6)
    with moody_server({}) as (server, port):
        sender.port = port
        after = sender.work_for(hours=24)

    with database.begin() as connection:
        attempts = connection.scalars(select(delivery.c.attempts)).all()
    assert (away.accepted, away.waiting) == (0, 40)
    assert sum(attempts) < 40 + 13 * 2  # a try or two at each look, not one for each reader
    assert after.accepted == len(server.taken) == 40


def test_relay_that_hides_starttls(database: Engine) -> None:
    """Where TLS was asked for and is not offered, nothing leaves and the issue says why."""
    sending_now(database, addresses(5))
    with moody_server({}) as (server, port):
        sender = Sender(database, port, scheme="smtp+starttls")
        after = sender.work_for(hours=1)

    assert (after.state, after.pending, server.tries.total()) == ("paused", 5, 0)
    assert "STARTTLS" in str(after.note)


def test_relay_with_a_certificate_of_its_own_making(database: Engine, tmp_path: Path) -> None:
    """A relay that cannot show who it is gets no mail, and the issue says why."""
    certificate = tmp_path / "localhost.pem"
    unknown = trustme.CA().issue_cert("localhost").private_key_and_cert_chain_pem
    unknown.write_to_path(certificate)
    sending_now(database, addresses(5))
    with scripted(certificate=certificate) as server:
        after = Sender(database, server.port, scheme="smtp+starttls").work_for(hours=1)

    assert (after.state, after.pending, server.messages) == ("paused", 5, [])
    assert "certificate" in str(after.note)
