"""Commits that several threads share."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, event, insert, select
from sqlalchemy.exc import IntegrityError

from newsroom.database import reading
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


def while_one_writes(
    commits: SharedCommits, database: Engine, works: list[Callable[[Connection], str]]
) -> tuple[list[Future[str]], int]:
    """Works that were brought while another one was being written, and all commits there were."""
    begun, go_on = Event(), Event()
    counted: list[Connection] = []
    event.listen(database, "commit", counted.append)

    def slow(connection: Connection) -> str:
        begun.set()
        go_on.wait()
        return writing("slow")(connection)

    with ThreadPoolExecutor(1 + len(works)) as threads:
        first = threads.submit(commits, slow)
        begun.wait()
        others = [threads.submit(commits, work) for work in works]
        while len(commits._waiting) < len(works):
            time.sleep(0.001)
        go_on.set()
    assert first.result() == "slow"
    return others, len(counted)


def test_each_gets_its_own_answer(either_database: Engine) -> None:
    """Whatever many threads bring is committed when they get their answers."""
    commits, names = SharedCommits(either_database), [f"issue-{n:02}" for n in range(40)]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda name: commits(writing(name)), names))

    assert answers == written(either_database) == names


def test_those_who_wait_share_a_commit(database: Engine) -> None:
    """What is brought while one writes is written together, in the next commit."""
    works = [writing(name) for name in "abc"]

    others, number = while_one_writes(SharedCommits(database), database, works)

    assert [other.result() for other in others] == ["a", "b", "c"]
    assert written(database) == ["a", "b", "c", "slow"]
    assert number == 2


def test_those_who_share_a_commit_share_its_fault(database: Engine) -> None:
    """When one of them cannot be written none is, each hears why, and the next may write."""
    commits = SharedCommits(database)
    works = [writing("a"), writing("slow"), writing("c")]

    others, _ = while_one_writes(commits, database, works)

    for other in others:
        with pytest.raises(IntegrityError):
            other.result()
    assert written(database) == ["slow"]
    assert commits(writing("after")) == "after"


def test_a_fault_keeps_nobody_waiting(either_database: Engine) -> None:
    """After work that cannot be written the same threads can go on."""
    commits = SharedCommits(either_database)
    commits(writing("a"))

    with pytest.raises(IntegrityError):
        commits(writing("a"))

    assert commits(writing("b")) == "b"
    assert written(either_database) == ["a", "b"]
