"""An issue through a provider: the ledger knows of each reader what became of their copy."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Engine

from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.sending.batches import Turn, hand_out
from newsroom.delivery.sending.worker import Mailroom
from newsroom.model.delivery import Counts, Recipient
from tests.delivery.fakes import FakeTime, FakeTransport, Suppressed, a_mailroom
from tests.delivery.letters import letter
from tests.delivery.sample_ledger import AT_ONCE, addresses, sending_now
from tests.delivery.transports.scripted_provider import (
    HANG_UP,
    Scripted,
    ScriptedProvider,
    provider,
)
from tests.delivery.transports.ways import ANSWERS, Luck, service_transport

READERS = 6


@dataclass(slots=True)
class Post:
    """A mailroom whose mail goes to a provider."""

    room: Mailroom
    time: FakeTime
    there: ScriptedProvider

    def run(self) -> Counts:
        """Hand out what is due and work through it; the ledger afterwards."""
        with self.room.database.begin() as connection:
            turn = Turn("host-0", 1)
            holds = hand_out(connection, "2026-var", turn, self.time())
        for hold in holds:
            self.room.run_batch(hold.issue, hold.number, hold.attempt)
        with self.room.database.begin() as connection:
            return counts(connection, "2026-var", self.time())

    def asked_for(self) -> Counter[str]:
        """How often the provider was asked to write to each reader."""
        return Counter(asked.content["To"] for asked in self.there.asked)


@contextmanager
def post(database: Engine, *answers: Scripted) -> Iterator[Post]:
    """An issue to six readers that is being sent through Postmark, which answers so."""
    sending_now(database, addresses(READERS))
    time, suppressed = FakeTime(), Suppressed()
    with provider(answers) as there:
        room = replace(
            a_mailroom(database, FakeTransport(time), AT_ONCE, suppressed),
            transports=lambda: service_transport("postmark", there.url),
            letters=lambda _issue: _letter_to,
        )
        yield Post(room, time, there)


def _letter_to(recipient: Recipient) -> bytes:
    return letter({"Message-ID": recipient.message_id})


def test_a_provider_that_is_busy_loses_nobody(database: Engine) -> None:
    """Put off by 429 and by 503, all readers have the issue in the end, and each once."""
    answers = ANSWERS["postmark"]
    script = (answers[Luck.GOOD], answers[Luck.BUSY], answers[Luck.DOWN], answers[Luck.GOOD])
    with post(database, *script) as sent:
        states = [sent.run()]
        for _ in range(3):
            sent.time.now += timedelta(minutes=20)
            states.append(sent.run())
        asked = sent.asked_for()

    assert (states[0].accepted, states[-1].accepted) == (1, READERS)
    assert sum(asked.values()) == READERS + 2  # two were told to come back


def test_a_line_that_breaks_leaves_one_in_doubt(database: Engine) -> None:
    """One reader's copy is unknown and not sent again; the others have theirs."""
    good = ANSWERS["postmark"][Luck.GOOD]
    with post(database, good, HANG_UP, good) as sent:
        sent.run()
        sent.time.now += timedelta(hours=2)
        after = sent.run()
        asked = sent.asked_for()

    assert (after.accepted, after.unknown) == (READERS - 1, 1)
    assert set(asked.values()) == {1}


def test_a_key_that_is_refused_pauses_the_issue(database: Engine) -> None:
    """After the first refusal nothing more is asked, nobody is refused, and the reason is told."""
    with post(database, ANSWERS["postmark"][Luck.KEY_REFUSED]) as sent:
        after = sent.run()
        asked = sent.asked_for()

    assert (after.state, after.pending, after.refused) == ("paused", READERS, 0)
    assert "Postmark refuses our mail (401)" in (after.note or "")
    assert sum(asked.values()) == 1
