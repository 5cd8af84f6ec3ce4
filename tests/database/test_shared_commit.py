"""Commits that several threads share."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, event, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from newsroom.database import reading, transaction
from newsroom.database.shared_commit import SharedCommits
from newsroom.database.tables import issue
from tests.delivery.sample_ledger import NOW


def writing(name: str) -> Callable[[Connection], str]:
    """Work that writes one row, and gives its name."""

    def work(connection: Connection) -> str:
        connection.execute(insert(issue).values(name=name, state="drafted", updated=NOW))
        return name

    return work


def written(database: Engine) -> list[str]:
    """What was committed."""
    with reading(database) as connection:
        return list(connection.scalars(select(issue.c.name).order_by(issue.c.name)))


class Desk:
    """Threads that bring their work to the same commits, each over a connection of its own."""

    def __init__(self, database: Engine) -> None:
        self.database, self.commits = database, SharedCommits()

    def bring(self, work: Callable[[Connection], str]) -> str:
        """One thread's work."""
        with self.database.connect() as line:
            return self.commits(line, work)

    def bring_while_one_writes(
        self, works: list[Callable[[Connection], str]]
    ) -> tuple[list[Future[str]], int]:
        """Works that are brought while another is written, and how many commits that made."""
        begun, go_on = Event(), Event()
        counted: list[Connection] = []
        event.listen(self.database, "commit", counted.append)

        def slow(connection: Connection) -> str:
            begun.set()
            go_on.wait()
            return writing("slow")(connection)

        with ThreadPoolExecutor(1 + len(works)) as threads:
            first = threads.submit(self.bring, slow)
            begun.wait()
            others = [threads.submit(self.bring, work) for work in works]
            while len(self.commits._waiting) < len(works):
                time.sleep(0.001)
            go_on.set()
        assert first.result() == "slow"
        return others, len(counted)


@pytest.fixture
def desk(database: Engine) -> Desk:
    """Nothing was brought yet."""
    return Desk(database)


def test_each_gets_its_own_answer(desk: Desk) -> None:
    """Whatever many threads bring is committed when they get their answers."""
    names = [f"issue-{n:02}" for n in range(40)]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda name: desk.bring(writing(name)), names))

    assert answers == written(desk.database) == names


def test_those_who_wait_share_a_commit(desk: Desk) -> None:
    """What is brought while one writes is written together, in the next commit."""
    others, commits = desk.bring_while_one_writes([writing(name) for name in "abc"])

    assert [other.result() for other in others] == ["a", "b", "c"]
    assert written(desk.database) == ["a", "b", "c", "slow"]
    assert commits == 2


def test_those_who_share_a_commit_share_its_fault(desk: Desk) -> None:
    """When one of them cannot be written none is, each hears why, and the next may write."""
    works = [writing("a"), writing("slow"), writing("c")]

    others, _ = desk.bring_while_one_writes(works)

    for other in others:
        with pytest.raises(IntegrityError):
            other.result()
    assert written(desk.database) == ["slow"]
    assert desk.bring(writing("after")) == "after"


def test_locked_database_keeps_nobody_waiting(desk: Desk) -> None:
    """When the database cannot be had, who asked hears it, and may ask again."""
    with desk.database.connect() as line:
        line.exec_driver_sql("PRAGMA busy_timeout=0")
        line.commit()
        with transaction(desk.database), pytest.raises(OperationalError, match="locked"):
            desk.commits(line, writing("a"))

        assert desk.commits(line, writing("b")) == "b"
    assert written(desk.database) == ["b"]
