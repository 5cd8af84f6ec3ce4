"""How a worker writes to the ledger, on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, text, update

from newsroom.database import reading, transaction
from newsroom.database.shared_commit import SharedCommits
from newsroom.database.tables import delivery, subscriber, suppression
from newsroom.delivery.ledger.claims import Claim, expire_claims, waiting
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.pace.lanes import GLOBAL, pause_row
from newsroom.delivery.sending.course import pause
from newsroom.delivery.sending.outcomes import Handed
from newsroom.delivery.sending.pen import Pen, Writer, pen_for
from newsroom.model.delivery import DeliveryState, Outcome, Recipient
from tests.delivery.sample_ledger import NOW, addresses, sending_now

ACCEPTED = Outcome(DeliveryState.ACCEPTED, "250 2.0.0", "queued as 4Bx")
LATER = NOW + timedelta(hours=1)


def hashes(email: str) -> tuple[str, ...]:
    """Made-up keyed hashes: one with the present secret, one with the one before."""
    return (f"new:{email}", f"old:{email}")


@pytest.fixture
def pen(either_database: Engine) -> Iterator[Pen]:
    """A pen over an issue that is on its way to four readers."""
    sending_now(either_database, addresses(4))
    with pen_for(Writer("seat-0", hashes), either_database, SharedCommits(), patience=0) as made:
        yield made


@pytest.fixture
def readers(pen: Pen, either_database: Engine) -> tuple[Recipient, ...]:
    """The four that wait."""
    del pen  # it is there first
    with reading(either_database) as connection:
        return waiting(connection, "2026-var", 1, NOW)


def states(database: Engine) -> list[str]:
    """Each copy's state, in order."""
    with reading(database) as connection:
        found = connection.execute(select(delivery.c.state).order_by(delivery.c.place))
        return list(found.scalars())


def test_strokes_take_one_after_the_other(
    pen: Pen, readers: tuple[Recipient, ...], either_database: Engine
) -> None:
    """Each stroke writes the acceptance of the last copy and claims the next."""
    held: list[Claim] = []
    for recipient in readers:
        last = Handed(held[-1], ACCEPTED) if held else None
        claim = pen.stroke(last, recipient, NOW)
        assert claim is not None
        held.append(claim)

    assert states(either_database) == ["accepted", "accepted", "accepted", "claimed"]
    with reading(either_database) as connection:
        rows = connection.execute(select(delivery).order_by(delivery.c.place)).all()
        assert counts(connection, "2026-var", NOW).adds_up
    assert [row.token for row in rows] == [claim.token for claim in held]
    assert {(row.worker, row.attempts, row.updated) for row in rows} == {("seat-0", 1, NOW)}
    assert (rows[0].code, rows[0].reason) == (ACCEPTED.code, ACCEPTED.reason)


def test_stroke_is_committed_when_it_is_over(
    pen: Pen, readers: tuple[Recipient, ...], either_database: Engine
) -> None:
    """Whoever looks after a stroke sees the claim, before the message leaves; nobody has it too."""
    first, *_ = readers

    held = pen.stroke(None, first, NOW)
    again = pen.stroke(None, first, NOW)

    assert held is not None
    assert again is None
    assert states(either_database) == ["claimed", "pending", "pending", "pending"]


@pytest.mark.parametrize("how", ["left", "suppressed", "paused", "resting", "claimed"])
def test_refused_claim_keeps_the_acceptance(
    pen: Pen, readers: tuple[Recipient, ...], either_database: Engine, how: str
) -> None:
    """Where the next copy may not be claimed, the last one's acceptance is written all the same."""
    first, second, *_ = readers
    held = pen.stroke(None, first, NOW)
    assert held is not None
    with transaction(either_database) as connection:
        forbid(connection, second, how)

    refused = pen.stroke(Handed(held, ACCEPTED), second, NOW)

    assert refused is None
    assert states(either_database)[0] == "accepted"


def forbid(connection: Connection, recipient: Recipient, how: str) -> None:
    """Make it so that a copy may not be claimed."""
    if how == "left":
        connection.execute(update(subscriber).values(state="unsubscribed"))
    elif how == "suppressed":
        values = {"address_hash": f"old:{recipient.email}", "reason": "bounced", "at": NOW}
        connection.execute(insert(suppression).values(values))
    elif how == "paused":
        pause(connection, "2026-var", "by hand", NOW)
    elif how == "resting":
        pause_row(connection, GLOBAL, LATER, "421", NOW)
    else:
        its_row = delivery.c.subscriber_id == recipient.subscriber_id
        connection.execute(update(delivery).where(its_row).values(state="claimed", token="other"))


def test_acceptance_settles_ones_own_doubt_only(
    pen: Pen, readers: tuple[Recipient, ...], either_database: Engine
) -> None:
    """A claim given up as unknown is settled by its holder; one that is another's is left alone."""
    first, second, third, _ = readers
    mine, others = (pen.stroke(None, recipient, NOW) for recipient in (first, second))
    assert mine is not None
    assert others is not None
    with transaction(either_database) as connection:
        expire_claims(connection, "2026-var", LATER)
    stolen = Claim(second, "a token of before", NOW)

    pen.stroke(Handed(mine, ACCEPTED), third, LATER)
    pen.stroke(Handed(stolen, ACCEPTED), third, LATER)

    assert states(either_database) == ["accepted", "unknown", "claimed", "pending"]


def test_stroke_on_postgresql_is_one_statement(postgres_database: Engine) -> None:
    """The record and the claim go to the server together, without a word before or after."""
    sending_now(postgres_database, addresses(2))
    with reading(postgres_database) as connection:
        first, second = waiting(connection, "2026-var", 1, NOW)
    said: list[str] = []
    with pen_for(Writer("seat-0", hashes), postgres_database, SharedCommits(), patience=0) as pen:
        held = pen.stroke(None, first, NOW)
        assert held is not None
        event.listen(
            postgres_database, "before_cursor_execute", lambda *given: said.append(given[2])
        )

        pen.stroke(Handed(held, ACCEPTED), second, NOW)

    assert len(said) == 1
    assert said[0].startswith("WITH recorded AS")


def test_any_work_is_one_commit(pen: Pen, either_database: Engine) -> None:
    """What is not usual is written as a whole, or not at all."""

    def work(connection: Connection) -> str:
        connection.execute(update(delivery).values(worker="seat-7"))
        return "done"

    def fail(connection: Connection) -> None:
        connection.execute(update(delivery).values(worker="seat-8"))
        raise LookupError("no")

    assert pen.write(work) == "done"
    with pytest.raises(LookupError):
        pen.write(fail)
    with reading(either_database) as connection:
        assert set(connection.scalars(select(delivery.c.worker))) == {"seat-7"}


def test_line_that_broke_is_made_anew_and_commits(postgres_database: Engine) -> None:
    """When the server ends the connection, the next stroke is on the disk like any other."""
    sending_now(postgres_database, addresses(3))
    with reading(postgres_database) as connection:
        first, second, _ = waiting(connection, "2026-var", 1, NOW)
    ended = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    writer = Writer("seat-0", hashes)
    with pen_for(writer, postgres_database, SharedCommits(), patience=30) as pen:
        held = pen.stroke(None, first, NOW)
        assert held is not None
        with transaction(postgres_database) as connection:
            connection.execute(ended)

        after = pen.stroke(Handed(held, ACCEPTED), second, NOW)

        assert after is not None
        assert states(postgres_database) == ["accepted", "claimed", "pending"]
