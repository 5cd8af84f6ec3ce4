"""The side of the child process: it takes items, answers each, and dies with its parent."""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

RANGE = struct.Struct("=QQ")  # items from, to; so short that a pipe takes it whole or not at all
LENGTH = struct.Struct("=Q")  # bytes of the answer that follows
BUSY = 10  # times as long as the work may take, in case the machine does something else meanwhile
_ON_PARENTS_DEATH = 1  # prctl(2), PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class WorkOrder(Generic[Item, Result]):
    """A function, the items it is for, and how many seconds of a processor each may take."""

    function: Callable[[Item], Result]
    items: Sequence[Item]
    seconds: float | None

    def work(self, tasks: int, answers: int) -> None:
        """Take ranges from one pipe, and send each answer by the other as soon as there is one."""
        given = open(tasks, "rb", closefd=False)  # noqa: SIM115 (they end with the process, so
        told = open(answers, "wb", closefd=False)  # noqa: SIM115 that an end means that it ended)
        while len(items := given.read(RANGE.size)) == RANGE.size:
            for index in range(*RANGE.unpack(items)):
                answer = self._answer(index)
                flush()
                told.write(LENGTH.pack(len(answer)))
                told.write(answer)
                told.flush()

    def _answer(self, index: int) -> bytes:
        """The answer; the kernel ends this process when it takes too long, in whatever code."""
        _end_after(self.seconds or 0)
        try:
            return pickle.dumps((index, self.function(self.items[index]), None), -1)
        except Exception as fault:  # noqa: BLE001 (raised again in the parent)
            return _raised(index, fault)
        finally:
            _end_after(0)  # waiting for the reader is not its fault

    def written(self) -> BinaryIO:
        """The order in a file without a name."""
        from tempfile import TemporaryFile

        order = pickle.dumps(self, -1)
        file = TemporaryFile()  # noqa: SIM115 (kept open for as long as children may be born)
        file.write(order)
        file.flush()
        return file


def obey() -> None:
    """Be a child that began anew: the order stands in standard input, the pipes in the command."""
    tasks, answers, parent = map(int, sys.argv[1:])
    settle(parent)
    try:
        order: WorkOrder[Any, Any] = pickle.loads(os.pread(0, os.fstat(0).st_size, 0))  # noqa: S301
    except Exception as fault:  # noqa: BLE001 (raised again in the parent)
        order = WorkOrder(partial(_fail, fault), range(sys.maxsize), None)
    order.work(tasks, answers)


def settle(parent: int) -> None:
    """Reset the signals inherited from the parent, and see to it that this process dies with it."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        from ctypes import CDLL

        CDLL(None).prctl(_ON_PARENTS_DEATH, int(signal.SIGKILL))
    if os.getppid() != parent:  # it died before this was said
        os._exit(1)


@contextmanager
def last_words() -> Iterator[None]:
    """Runs the work of a forked process, prints what breaks it, and ends the process.

    The code after the block is the parent's, so not even SystemExit may lead there.
    """
    try:
        yield
    except BaseException:  # noqa: BLE001 (whatever it was, it is the last thing to be told)
        from traceback import print_exc

        print_exc()
    finally:
        flush()
        os._exit(1)


def flush() -> None:
    """Print what waits to be printed."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # no stream, or a closed one
            stream.flush()


def _end_after(seconds: float) -> None:
    """Let the kernel end this process when it has worked so long, or waited much longer; 0: never.

    The clock alone would blame an item for all that a busy machine does beside it.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * BUSY)


def _raised(index: int, fault: Exception) -> bytes:
    """The exception as an answer; one that cannot be pickled and read again is put in words."""
    from traceback import format_exc

    note = f"In a child process:\n{format_exc()}"
    fault.add_note(note)
    try:
        answer = pickle.dumps((index, None, fault), -1)
        pickle.loads(answer)  # noqa: S301 (just made)
    except Exception:  # noqa: BLE001 (whatever the exception's own code does)
        told = RuntimeError(f"{type(fault).__name__}: {fault}")
        told.add_note(note)
        return pickle.dumps((index, None, told), -1)
    return answer


def _fail(fault: Exception, _item: object) -> None:
    raise fault
