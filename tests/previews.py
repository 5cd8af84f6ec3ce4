"""`newsroom preview` as a process of its own, and a browser's ear on one page of it."""

import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.processes import PATIENCE, House


@dataclass(slots=True)
class Preview:
    """A preview that runs, and what it has printed."""

    process: subprocess.Popen[str]
    url: str = ""
    lines: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The next line that it prints; a build prints one."""
        printed = self.process.stdout
        assert printed is not None
        read = queue.SimpleQueue[str]()
        threading.Thread(target=lambda: read.put(printed.readline())).start()
        self.lines.append(read.get(timeout=PATIENCE).rstrip())
        return self.lines[-1]

    def get(self, path: str) -> httpx.Response:
        """What a browser gets."""
        return httpx.get(self.url + path, timeout=PATIENCE)

    def wait_for(self, path: str, text: str) -> str:
        """The page, when the text is on it."""
        end = time.monotonic() + PATIENCE
        while text not in (page := self.get(path).text):
            assert time.monotonic() < end, f"{text!r} never came: {page}"
            time.sleep(0.01)
        return page

    def version(self, path: str) -> str:
        """The version by which the page knows itself."""
        found = re.search(r'data-version="(\w+)"', self.get(path).text)
        assert found is not None
        return found[1]

    @contextmanager
    def ear(self, path: str, *, labels: bool = False) -> Iterator[Iterator[tuple[str, str]]]:
        """What a browser that shows the page as it is now is told: events with their data.

        The labels of what readers do not see yet are passed over, unless they are asked for.
        """
        asked = f"{self.url}/-/events?page={quote(path)}&version={self.version(path)}"
        with httpx.stream("GET", asked, timeout=PATIENCE) as answer:
            heard = _events(answer.iter_lines())
            yield (event for event in heard if labels or event[0] != "labels")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody of it looks meanwhile: what is done at once is seen at once, however slowly."""
        pids = self.pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def pids(self) -> list[int]:
        """Its processes."""
        return [self.process.pid, *children(self.process.pid)]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and give the exit status that comes of it."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    name = ""
    for line in lines:
        key, _, value = line.partition(":")
        if key == "event":
            name = value.strip()
        elif key == "data":
            yield name, value.strip()


@contextmanager
def preview(root: Path, *options: str) -> Iterator[Preview]:
    """A preview of a newsroom, built for the first time."""
    process = House(root).start(
        "preview", *(() if "--port" in options else ("--port", "0")), *options
    )
    running = Preview(process)
    try:
        told = running.line()
        found = re.search(r"http://[^/ ]+", told)
        if found is None:
            process.kill()
            raise AssertionError(f"{told!r}; {process.communicate()}")
        running.url = found[0]
        running.line()
        yield running
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def are_gone(pids: list[int]) -> bool:
    """Whether none of the processes is there any more, within the time of a blink or ten."""
    end = time.monotonic() + PATIENCE
    while any(map(_is_alive, pids)):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _is_alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
