"""Freezing an issue."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from newsroom.database.tables import batch, delivery, issue, letter
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.freeze import CANARY, freeze, message_id
from newsroom.delivery.ledger.statements import claim_of_one
from newsroom.delivery.pace.lanes import lane_of
from newsroom.model import Audience, Canary, Sending
from tests.delivery.sample_ledger import (
    AT_ONCE,
    NOW,
    add_readers,
    addresses,
    an_edition,
    approve_row,
    freeze_now,
)


def test_one_row_for_each_active_reader(either_database: Engine) -> None:
    """Everybody who is active when the issue is frozen gets a row, and nobody else."""
    with either_database.begin() as connection:
        add_readers(connection, ["anna@a.example", "bo@b.example"])
        add_readers(connection, ["left@a.example"], state="unsubscribed")
        add_readers(connection, ["new@a.example"], state="pending")
        approve_row(connection)

        frozen = freeze(connection, an_edition(), AT_ONCE, NOW)

    with either_database.begin() as connection:
        emails = connection.scalars(select(delivery.c.email).order_by(delivery.c.email)).all()
        tally = counts(connection, "2026-var", NOW)
    assert frozen
    assert emails == ["anna@a.example", "bo@b.example"]
    assert (tally.frozen, tally.pending, tally.state) == (2, 2, "frozen")


@pytest.mark.parametrize("moment", [1, 2])
def test_reader_who_comes_meanwhile(postgres_database: Engine, moment: int) -> None:
    """A reader confirmed while the issue is being frozen, in a lane of their own, is no trouble."""
    with postgres_database.begin() as connection:
        add_readers(connection, ["anna@a.example"])
        approve_row(connection)

    def lane(email: str) -> str:
        asked.append(email)
        if len(asked) == moment:
            with postgres_database.begin() as connection:
                add_readers(connection, ["cecilia@new.example"])
        return lane_of(email)

    asked: list[str] = []
    with postgres_database.begin() as connection:
        freeze(connection, an_edition(), AT_ONCE, NOW, lane)

    with postgres_database.begin() as connection:
        assert counts(connection, "2026-var", NOW).adds_up
        assert set(connection.scalars(select(delivery.c.batch))) == {1}


def test_second_freeze_changes_nothing(either_database: Engine) -> None:
    """An issue is frozen once: readers who come later are not in it."""
    freeze_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        add_readers(connection, ["late@a.example"])

        again = freeze(connection, an_edition(), AT_ONCE, NOW + timedelta(hours=1))

    with either_database.begin() as connection:
        assert not again
        assert counts(connection, "2026-var", NOW).frozen == 1
        assert connection.scalar(select(issue.c.frozen_at)) == NOW


def test_fifty_at_once_freeze_one_set(either_database: Engine) -> None:
    """Fifty attempts at the same moment leave one set of rows."""
    with either_database.begin() as connection:
        add_readers(connection, addresses(30))
        approve_row(connection)

    def attempt(_: int) -> bool:
        with either_database.begin() as connection:
            return freeze(connection, an_edition(), AT_ONCE, NOW)

    with ThreadPoolExecutor(10) as threads:
        frozen = list(threads.map(attempt, range(50)))

    with either_database.begin() as connection:
        assert sum(frozen) == 1
        assert connection.scalar(select(func.count()).select_from(delivery)) == 30
        assert connection.scalar(select(func.count()).select_from(letter)) == 2


def test_text_changed_since_approval_is_not_frozen(database: Engine) -> None:
    """An approval is of one text: another one's hash freezes nothing."""
    with database.begin() as connection:
        add_readers(connection, ["anna@a.example"])
        approve_row(connection, content_hash="what was approved")

        frozen = freeze(connection, an_edition(content_hash="what it says now"), AT_ONCE, NOW)

    assert not frozen


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(), {"sv@a.example", "en@a.example", "fi@a.example"}),
        (Audience(lang="en"), {"en@a.example"}),
        (Audience(tags=("press", "style")), {"sv@a.example"}),
    ],
)
def test_audience(either_database: Engine, audience: Audience, expected: set[str]) -> None:
    """An issue may be for one language, or for those with any of some tags."""
    with either_database.begin() as connection:
        add_readers(connection, ["sv@a.example"], tags=["press"])
        add_readers(connection, ["en@a.example"], lang="en", tags=["other"])
        add_readers(connection, ["fi@a.example"], lang="fi")
        approve_row(connection)
        freeze(connection, an_edition(audience=audience), AT_ONCE, NOW)

        found = set(connection.scalars(select(delivery.c.email)))

    assert found == expected


def test_reader_of_another_language_gets_the_default(database: Engine) -> None:
    """A reader whose language has no letter gets the one in the site's language."""
    with database.begin() as connection:
        add_readers(connection, ["fi@a.example"], lang="fi")
        approve_row(connection)
        freeze(connection, an_edition(), AT_ONCE, NOW)

        assert connection.scalar(select(delivery.c.lang)) == "sv"


def test_canaries_go_in_a_batch_of_their_own(database: Engine) -> None:
    """The first few recipients are batch 0, the rest are cut into batches that count from 1."""
    sending = Sending(canary=Canary(3, timedelta(minutes=15)))
    freeze_now(database, addresses(1_200), sending)

    with database.begin() as connection:
        sizes = Counter(connection.scalars(select(delivery.c.batch)))
        numbers = connection.scalars(select(batch.c.number).order_by(batch.c.number)).all()
    assert sizes.pop(CANARY) == 3
    assert numbers == list(range(5))
    assert all(290 <= size <= 300 for size in sizes.values())


@pytest.mark.parametrize(
    ("readers", "connections", "batches"),
    [(0, 1, 0), (60, 4, 1), (1_200, 2, 6), (4_100, 1, 9), (2_600, 10, 20)],
)
def test_every_connection_has_work_almost_to_the_end(
    database: Engine, readers: int, connections: int, batches: int
) -> None:
    """Each connection has as many batches as the others, none of them tiny and none too large."""
    freeze_now(database, addresses(readers), replace(AT_ONCE, connections=connections))

    with database.begin() as connection:
        sizes = Counter(connection.scalars(select(delivery.c.batch)))
    assert len(sizes) == batches
    assert all(size <= 500 for size in sizes.values())


def test_lanes_are_spread_over_the_issue(database: Engine) -> None:
    """Each lane is spread evenly, so that a large one neither crowds the start nor the end."""
    large, small = addresses(900, "large.example"), addresses(90, "small.example")
    single = [f"anna@kommun{n}.example" for n in range(90)]
    freeze_now(database, [*large, *small, *single])

    with database.begin() as connection:
        lanes = connection.scalars(select(delivery.c.lane).order_by(delivery.c.place)).all()
    for third in (lanes[:360], lanes[360:720], lanes[720:]):
        tally = Counter(third)
        assert 270 <= tally["large.example"] <= 330
        assert 28 <= tally["small.example"] <= 32
        assert 15 <= 360 - tally["large.example"] - tally["small.example"] <= 45


def test_message_id_belongs_to_reader_and_issue() -> None:
    """The same reader and issue give the same Message-ID at any time; others give others."""
    edition = an_edition()

    ids = [message_id(edition, 7), message_id(edition, 8), message_id(an_edition("2026-host"), 7)]

    assert message_id(an_edition(subject="another"), 7) == ids[0]
    assert len(set(ids)) == 3
    assert ids[0].startswith("<")
    assert ids[0].endswith("@example.se>")


def test_empty_list_freezes_nobody(database: Engine) -> None:
    """An issue without readers is frozen with no recipient, and can be finished."""
    freeze_now(database, [])

    with database.begin() as connection:
        assert counts(connection, "2026-var", NOW).frozen == 0


def test_claim_finds_its_row_by_the_key(postgres_database: Engine) -> None:
    """Right after the freeze PostgreSQL knows how large the issue is, and reads one row for one."""
    freeze_now(postgres_database, addresses(2_000))
    found = claim_of_one(1).compile(postgres_database)
    values = {"of_issue": "2026-var", "of_reader": 7, "hash_0": "h", "new_token": "t", "by": "w"}

    with postgres_database.begin() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN {found}", {**found.params, **values, "now": NOW}
        )
        words = "\n".join(plan.scalars())

    assert "Index Scan using delivery_pkey" in words
