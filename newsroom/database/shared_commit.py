"""Group commit: threads that write at the same time share one commit on SQLite.

A commit waits for the disk, and meanwhile other threads want one too. On SQLite each would wait
for its turn and then for the disk. Here whoever comes first writes down what all have brought until
then, in one transaction. PostgreSQL does the like by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Work = Callable[[Connection], T]


@dataclass(slots=True)
class _Errand:
    """What one thread wants written, and what came of it."""

    work: Work[Any]
    answer: Any = None
    fault: BaseException | None = None
    is_over: bool = False
    called: Event = field(default_factory=Event)  # it is over, or its owner writes for all


class SharedCommits:
    """The threads of one process bring here what they want committed."""

    def __init__(self) -> None:
        self._guard = Lock()  # of the two below
        self._waiting: list[_Errand] = []
        self._has_writer = False

    def __call__(self, line: Connection, work: Work[T]) -> T:
        """What `work` gives, once it is committed, over one's own connection or over another's.

        Those who share a commit share its fate: what the work of one raises is raised for all of
        them, and nothing is written.
        """
        errand = _Errand(work)
        if not self._is_first(errand):
            errand.called.wait()
        if not errand.is_over:
            self._write_for_all(line)
        if errand.fault is not None:
            raise errand.fault
        answer: T = errand.answer
        return answer

    def _is_first(self, errand: _Errand) -> bool:
        with self._guard:
            self._waiting.append(errand)
            is_first, self._has_writer = not self._has_writer, True
        return is_first

    def _write_for_all(self, line: Connection) -> None:
        errands: list[_Errand] = []
        try:
            with line.begin():
                errands = self._brought()  # only now: it may have taken a while to get the lock
                for errand in errands:
                    errand.answer = errand.work(line)
        except BaseException as fault:  # noqa: BLE001 (each raises it in its own thread)
            errands = errands or self._brought()
            for errand in errands:
                errand.fault = fault
        self._call(errands)

    def _brought(self) -> list[_Errand]:
        with self._guard:
            errands, self._waiting = self._waiting, []
        return errands

    def _call(self, errands: list[_Errand]) -> None:
        """Tell those whose work is over, and whoever waits the longest that it is their turn."""
        with self._guard:
            following = self._waiting[:1]
            self._has_writer = bool(following)
        for errand in errands:
            errand.is_over = True
        for errand in (*errands, *following):
            errand.called.set()
