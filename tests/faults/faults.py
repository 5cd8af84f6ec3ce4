"""Faults inside a sending process, asked for by its environment.

- `DIE=offer:17` kills it with the 17th message in hand, before the server hears of it;
- `DIE=answer:17` when the server has taken the 17th, before anybody wrote it down;
- `DIE=commit:17` before the 17th commit, `DIE=committed:17` after it;
- `BUSY_MS=200` gives up a locked SQLite database after 200 ms, not half a minute;
- `ROOM_KB=40` lets the SQLite database grow by so much, as on a disk that is nearly full;
- `PATIENCE=1` has it give up a database that refuses after a second;
- `CAREFUL=1` has it send with canaries and limits, as a newsletter is sent;
- `AHEAD=900` lets it live a quarter of an hour later than everybody else.
"""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import PoolProxiedConnection

from newsroom.delivery.transports.transport import Transport
from newsroom.model.delivery import Envelope, Outcome

STEPS = ("offer", "answer", "commit", "committed")


@dataclass(slots=True)
class Fate:
    """At which step this process ends, and how far it is."""

    step: str
    at: int
    passed: Iterator[int] = field(default_factory=lambda: count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def meet(self, step: str) -> None:
        """End the process here and now, if this is the moment."""
        if step != self.step:
            return
        with self.lock:
            if next(self.passed) == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def ahead_of_time(environ: Mapping[str, str]) -> timedelta:
    """How far the clock of this process is ahead: AHEAD, in seconds."""
    return timedelta(seconds=float(environ.get("AHEAD", "0")))


def fate_from(environ: Mapping[str, str]) -> Fate:
    """The fate that DIE asks for; without it nothing happens."""
    step, _, number = environ.get("DIE", "never:0").partition(":")
    return Fate(step, int(number))


@dataclass(frozen=True, slots=True)
class DoomedTransport:
    """A real transport in a process that may end before or after any message."""

    inner: Transport
    fate: Fate

    @property
    def idempotent(self) -> bool:
        """As the real one."""
        return self.inner.idempotent

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over one message, if we live."""
        self.fate.meet("offer")
        outcome = self.inner.send(envelope, message)
        self.fate.meet("answer")
        return outcome

    def close(self) -> None:
        """As the real one."""
        self.inner.close()


def strained(engine: Engine, environ: Mapping[str, str], fate: Fate) -> Engine:
    """A database in the conditions that the environment asks for."""
    pragmas = []
    if busy := environ.get("BUSY_MS"):
        pragmas.append(f"busy_timeout={busy}")
    if room := environ.get("ROOM_KB"):
        pragmas.append(f"max_page_count={_pages(engine) + int(room) // 4}")

    def set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 (a driver's own object)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    commit = engine.dialect.do_commit

    def fateful(line: PoolProxiedConnection) -> None:
        fate.meet("commit")
        commit(line)
        fate.meet("committed")

    event.listen(engine, "connect", set_up)
    engine.dialect.do_commit = fateful  # type: ignore[method-assign, assignment]
    return engine


def _pages(engine: Engine) -> int:
    """How many pages of 4 kB the database has now."""
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    return int(pages)
