"""newsroom itself: `issue send` in processes of its own, over its real ledger."""

import resource
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.memory import watched
from benchmarks.process import ToolFailedError, ended_after, last_words, running
from benchmarks.sending.figure import Figure
from benchmarks.sending.sample import ISSUE, NEWSROOM, surroundings
from newsroom.database import open_database, reading
from newsroom.database.tables import delivery
from newsroom.model.delivery import DeliveryState


def send(root: Path, environment: Mapping[str, str], workers: int, patience: float) -> Figure:
    """An approved issue to all readers of a newsroom, by so many processes at once.

    Processor time is that of whole processes, their start included.
    """
    used = _cpu()
    with ExitStack() as stack:
        processes, memories = [], []
        for number in range(workers):
            home = root / f"worker-{number}"
            home.mkdir()
            where = surroundings(root, environment, home)
            command = (*NEWSROOM, "--root", str(root), "issue", "send", ISSUE, "--yes")
            process = stack.enter_context(running(command, where))
            stack.enter_context(ended_after(patience, process))
            memories.append(stack.enter_context(watched(process.pid)))
            processes.append((process, where))
        for process, where in processes:
            if process.wait() != 0:
                raise ToolFailedError(last_words(where))
    messages, seconds = _sent(environment["NEWSROOM_DATABASE"])
    return Figure(messages, seconds, _cpu() - used, sum(memory.highest for memory in memories))


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
