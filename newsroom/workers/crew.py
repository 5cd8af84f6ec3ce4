"""A crew of child processes: items are handed out, results come back, a lost child is replaced.

The standard pools cannot say which item hangs, nor end its process alone, and cost 30 ms to import.
"""

import os
import select
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

from newsroom.workers.child import Child, fork, spawn, undisturbed
from newsroom.workers.work_order import WorkOrder

Item = TypeVar("Item")
Result = TypeVar("Result")

_READ = 1 << 16  # bytes: what a pipe holds
_MOST = 64  # items handed out at a time; fewer towards the end, when somebody would have to wait
_SHARES = 4  # into which each child's part of what is left is cut


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands for an item that has no result, and why."""

    why: str


def can_inherit() -> bool:
    """Whether children inherit all that this process has: on Linux, while it has one thread.

    Forking a process with more threads copies locks that nobody will ever open.
    """
    try:
        return sum(1 for _ in os.scandir("/proc/self/task")) == 1
    except OSError:  # only Linux tells
        return False


class Crew(Generic[Item, Result]):
    """Child processes that call `function` with each of the items; they begin at once.

    Where `can_inherit()` says so, function and items may be anything, closures too, and only the
    results are pickled; a connection to SQLite that was open before must not be used in the
    function, and random numbers are seeded anew in each child. Elsewhere function and items are
    pickled, so the function must stand in a module that can be imported.

    The processes end with the `with` block, and on Linux with this process, whatever ended it;
    elsewhere a child whose parent was killed ends after its item. Ctrl-C is for this process: its
    children do not hear it. A crew is used by the thread that made it.
    """

    def __init__(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        seconds: float | None = None,
        size: int | None = None,
    ) -> None:
        """`seconds` of a processor is what one item may take, and ten times as long by the clock.

        `size` is the processors at hand if not given. Raises what pickle raises when function or
        items have to be pickled and cannot be.
        """
        self._order = WorkOrder(function, items, seconds)
        self._size = min(size or processors(), len(items))
        self._waiting = deque([(0, len(items))] if items else [])  # from, to: not yet handed out
        self._untold = len(items)
        self._children: dict[int, Child] = {}  # by the end of the pipe that their answers come by
        self._poll = select.poll()
        self._file = None if can_inherit() else self._order.written()
        try:
            for _ in range(self._size):
                self._start()
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> "Crew[Item, Result]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def results(self) -> Iterator[tuple[int, Result | Lost]]:
        """Each item's index with its result, once, as they come.

        Lost stands for an item that took too long, or during which its process died. An exception
        in the function is raised here, as a plain loop would have: a caller who expects one of an
        item, and wants the others all the same, catches it in the function.
        """
        while self._untold:
            for end, _ in self._poll.poll():
                child = self._children[end]
                come = os.read(end, _READ)
                yield from self._answers(child, come) if come else self._bury(child)

    def _answers(self, child: Child, come: bytes) -> Iterator[tuple[int, Result]]:
        answers = child.hear(come)
        self._hand_out(child)
        for index, result, fault in answers:
            if fault is not None:
                raise fault
            self._untold -= 1
            yield index, result

    def _bury(self, child: Child) -> Iterator[tuple[int, Lost]]:
        """What a dead child was at is lost; what else it had been given goes to the others."""
        del self._children[child.answers]
        self._poll.unregister(child.answers)
        why = child.end(self._order.seconds)
        lost = [child.tick_off()] if child.ranges else []
        self._waiting.extendleft(reversed(child.ranges))
        if self._waiting:
            self._start()
        self._untold -= len(lost)
        yield from ((index, Lost(why)) for index in lost)

    def _hand_out(self, child: Child) -> None:
        """Give the child its next items before it runs out; of the last ones no more than one."""
        waiting = sum(end - first for first, end in self._waiting)
        share = min(_MOST, max(1, waiting // (_SHARES * self._size)))
        if waiting and child.in_hand * 2 <= share:
            first, end = self._waiting.popleft()
            cut = min(first + share, end)
            if cut < end:
                self._waiting.appendleft((cut, end))
            child.give(first, cut)

    def _start(self) -> None:
        with undisturbed():  # between its birth and our knowing of it nobody may interrupt
            if self._file is None:
                child = fork(self._order, self._children.values())
            else:
                child = spawn(self._file)
            self._children[child.answers] = child
        self._poll.register(child.answers, select.POLLIN)
        self._hand_out(child)

    def _end(self) -> None:
        with undisturbed():
            for child in self._children.values():
                child.end(None)
            self._children.clear()
            if self._file is not None:
                self._file.close()


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1
