"""The parent's side of a child process: starting it, giving it work, hearing and ending it."""

import gc
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from newsroom.workers.work_order import (
    BUSY,
    LENGTH,
    RANGE,
    WorkOrder,
    flush,
    last_words,
    settle,
)

_Answer = tuple[int, Any, Exception | None]  # the item's index, its result, or what was raised
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_BEGIN = "from newsroom.workers.work_order import obey; obey()"


@dataclass(slots=True)
class Child:
    """A child process, the items it was given, and the answers that are on their way."""

    pid: int
    tasks: int  # the end of the pipe by which it is given items
    answers: int  # the end of the pipe by which its answers come
    ranges: deque[tuple[int, int]] = field(default_factory=deque)  # given and not answered
    in_hand: int = 0  # how many these are
    _begun: bytearray = field(default_factory=bytearray)  # what has come of the next answer

    def give(self, first: int, end: int) -> None:
        """Items for it to do, in order."""
        self.ranges.append((first, end))
        self.in_hand += end - first
        with suppress(BrokenPipeError):  # it died; its answers end too, and then it is buried
            os.write(self.tasks, RANGE.pack(first, end))

    def tick_off(self) -> int:
        """The item that it is at is done with."""
        first, end = self.ranges.popleft()
        if first + 1 < end:
            self.ranges.appendleft((first + 1, end))
        self.in_hand -= 1
        return first

    def hear(self, come: bytes) -> list[_Answer]:
        """The answers that are whole now."""
        self._begun += come
        answers: list[_Answer] = []
        used = 0
        with memoryview(self._begun) as begun:
            while (start := used + LENGTH.size) <= len(begun):
                end = start + LENGTH.unpack_from(begun, used)[0]
                if end > len(begun):
                    break
                answers.append(pickle.loads(begun[start:end]))  # noqa: S301 (our own child's)
                self.tick_off()
                used = end
        del self._begun[:used]
        return answers

    def end(self, seconds: float | None) -> str:
        """End the process if it has not, and say what ended it."""
        os.close(self.tasks)
        os.close(self.answers)
        try:
            os.kill(self.pid, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        except (ProcessLookupError, ChildProcessError):  # somebody else has waited for it
            return "its process ended"
        if code in {-signal.SIGPROF, -signal.SIGALRM}:
            most = (seconds or 0) * (BUSY if code == -signal.SIGALRM else 1)
            return f"it took longer than {most:g} seconds"
        if code < 0:
            return f"its process was ended by {signal.Signals(-code).name}"
        return f"its process ended by itself, with status {code}"


def fork(order: WorkOrder[Any, Any], siblings: Collection[Child]) -> Child:
    """A child that has all that this process has."""
    tasks, give = os.pipe()
    answers, answer = os.pipe()
    flush()  # or the child would print again what waits here to be printed
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        with last_words():
            for end in (give, answers, *(e for s in siblings for e in (s.tasks, s.answers))):
                os.close(end)  # as long as one is open somewhere, its reader waits
            gc.freeze()  # what is inherited is not gone through, so it is not copied either
            settle(parent)
            with suppress(BrokenPipeError):  # nobody waits for the answers any more
                order.work(tasks, answer)
    os.close(tasks)
    os.close(answer)
    return Child(pid, give, answers)


def spawn(order: BinaryIO) -> Child:
    """A child that begins anew and reads its order from the file."""
    tasks, give = os.pipe()
    answers, answer = os.pipe()
    free = max(tasks, answer, order.fileno()) + 1  # and the next: as the child knows its two pipes
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", _BEGIN, str(free), str(free + 1), str(os.getpid())],
        {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        file_actions=[
            (os.POSIX_SPAWN_DUP2, order.fileno(), 0),
            (os.POSIX_SPAWN_DUP2, tasks, free),
            (os.POSIX_SPAWN_DUP2, answer, free + 1),
        ],
    )
    os.close(tasks)
    os.close(answer)
    return Child(pid, give, answers)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C and a polite request to end wait until the block is through."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
