"""newsroom itself: `issue send` in processes of its own, over its real ledger."""

import resource
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen
from typing import Final

from sqlalchemy import func, select

from benchmarks.memory import watched
from benchmarks.process import ToolFailedError, ended_after, last_words, running
from benchmarks.sending.figure import Figure
from benchmarks.sending.sample import ISSUE, NEWSROOM, surroundings
from newsroom.database import open_database, reading
from newsroom.database.tables import delivery
from newsroom.model.delivery import DeliveryState

_LOOK: Final = 0.05  # seconds between two looks at the ledger


def send(root: Path, environment: Mapping[str, str], workers: int, patience: float) -> Figure:
    """An approved issue to all readers of a newsroom, by so many processes at once.

    Memory is that of the sending, without the site that is built before the first mail; processor
    time is that of whole processes.
    """
    used = _cpu()
    with ExitStack() as stack:
        processes = []
        for number in range(workers):
            home = root / f"worker-{number}"
            home.mkdir()
            where = surroundings(root, environment, home)
            command = (*NEWSROOM, "--root", str(root), "issue", "send", ISSUE, "--yes")
            process = stack.enter_context(running(command, where))
            stack.enter_context(ended_after(patience, process))
            processes.append((process, where))
        _wait_for_the_first(environment["NEWSROOM_DATABASE"], processes[0][0])
        memories = [stack.enter_context(watched(process.pid)) for process, _ in processes]
        for process, where in processes:
            if process.wait() != 0:
                raise ToolFailedError(last_words(where))
    messages, seconds = _sent(environment["NEWSROOM_DATABASE"])
    return Figure(messages, seconds, _cpu() - used, sum(memory.highest for memory in memories))


def _wait_for_the_first(database: str, process: "Popen[bytes]") -> None:
    """Return when a message was accepted, or when nobody sends any more."""
    engine = open_database(database)
    accepted = select(delivery.c.issue).where(delivery.c.state == DeliveryState.ACCEPTED).limit(1)
    while process.poll() is None:
        with reading(engine) as connection:
            if connection.scalar(accepted) is not None:
                break
        time.sleep(_LOOK)
    engine.dispose()


def _sent(database: str) -> tuple[int, float]:
    """How many messages after the first were recorded in which time, as the ledger has it."""
    engine = open_database(database)
    accepted = delivery.c.state == DeliveryState.ACCEPTED
    first_last = (func.min(delivery.c.updated), func.max(delivery.c.updated), func.count())
    with reading(engine) as connection:
        first, last, count = connection.execute(select(*first_last).where(accepted)).one()
        frozen = connection.scalar(select(func.count()).select_from(delivery))
    engine.dispose()
    if count != frozen:
        raise ToolFailedError(f"{count} of {frozen} messages were accepted")
    return count - 1, (last - first).total_seconds()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
