"""A forked child process with a pipe in each direction, which ends when its parent does."""

import os
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from newsroom.workers.child import undisturbed
from newsroom.workers.work_order import flush, last_words, settle


@dataclass(frozen=True, slots=True)
class Companion:
    """A child that was forked for as long as its parent lives."""

    pid: int
    heard: int  # the end of the pipe by which it tells; at its end the child has ended
    told: int  # the end of the pipe by which it is told

    def tell(self, line: bytes) -> None:
        """Tell it something, on one line. Raises BrokenPipeError when it has ended."""
        left = memoryview(line + b"\n")
        while left:
            left = left[os.write(self.told, left) :]

    def end(self) -> None:
        """End it at once, whatever it is at."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.heard)
        os.close(self.told)


def accompany(work: Callable[[int, int], None], beside: Iterable[Companion] = ()) -> Companion:
    """Begin a child that does `work(tell, listen)`, given its ends of the two pipes.

    It is forked, so this process should have one thread, and little in its memory. `beside` are
    the companions there are already: the new one lets go of their pipes. Ctrl-C is for this
    process, its companions do not hear it. They end with it whatever ended it: on Linux the kernel
    sees to that, and everywhere `listen` comes to its end.
    """
    listen, told = os.pipe()
    heard, tell = os.pipe()
    flush()  # or the child would print again what waits here to be printed
    parent = os.getpid()
    with undisturbed():  # between its birth and our knowing of it nobody may interrupt
        pid = os.fork()
        if pid == 0:
            with last_words():
                for end in (told, heard, *(e for one in beside for e in (one.heard, one.told))):
                    os.close(end)  # as long as one is open somewhere, its reader waits
                settle(parent)
                work(tell, listen)
        os.close(listen)
        os.close(tell)
        return Companion(pid, heard, told)
