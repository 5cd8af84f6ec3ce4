"""The made-up corpus in one tool's folder, and what is done to it and measured."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from time import sleep
from typing import Final

from benchmarks.corpus import Post, added, post_at, posts
from benchmarks.files import states, written
from benchmarks.process import Cost, Surroundings, ToolFailedError, last_words, run, running
from benchmarks.served import Served
from benchmarks.tool import OUT, Tool
from tests.ports import free_port

_SETTLE: Final = 1.0  # seconds between two saves, as a person leaves
# Byte code is made before, and the rest of the machine's habits should not show in the figures.
_LEFT_OUT: Final = ("NEWSROOM_", "PYTHON", "HUGO_", "PELICAN_", "NIKOLA_")


@dataclass(frozen=True, slots=True)
class Site:
    """A tool, its folder, and how many posts stand in it from the beginning."""

    tool: Tool
    folder: Path
    count: int
    patience: float  # seconds for one process

    def lay_out(self) -> None:
        """Write the tool's folder."""
        self.tool.lay_out(self.folder, self.count)
        for post in posts(self.count):
            self._write(post)

    def cold(self, _round: int) -> Cost:
        """Build with nothing there from before."""
        for name in (OUT, *self.tool.caches):
            self._put_aside(self.folder / name)
        cost = self._build()
        for post in posts(self.count):
            self._expect(post, "<h1")
        return cost

    def again(self, _round: int) -> Cost:
        """Build with nothing changed."""
        return self._build()

    def add(self, round_: int) -> Cost:
        """Build with one post more, newer than the others."""
        post = added(round_, self.count)
        self._write(post)
        cost = self._build()
        self._expect(post, post.title)
        return cost

    def edit(self, round_: int) -> Cost:
        """Build with a sentence more in one of the posts there were."""
        post, sentence = self._post(round_), f"Rättat för {round_ + 1} gången."
        self._write(post, sentence)
        cost = self._build()
        self._expect(post, sentence)
        return cost

    @contextmanager
    def preview(self) -> Iterator[Served]:
        """The tool left running, once its pages answer."""
        if self.tool.preview is None:
            raise ToolFailedError("it cannot be left running")
        port = free_port()
        with running(self.tool.preview(port), self._where()) as process:
            served = Served(process, port)
            self._wait(served, self._post(0), "<h1")
            yield served

    def save(self, served: Served, round_: int) -> Cost:
        """Save a post with another sentence in it, and wait until the page shows it."""
        post, sentence = self._post(round_), f"Sparat för {round_ + 1} gången."
        sleep(_SETTLE)
        before = states(self.folder / OUT)
        self._write(post, sentence)
        seconds = self._wait(served, post, sentence)
        return Cost(seconds, 0.0, 0, written(before, states(self.folder / OUT)))

    def _put_aside(self, made: Path) -> None:
        """Move away what a build made, until the benchmark ends.

        Nothing is deleted between two runs: ext4 passes over files that were deleted in the last
        minutes one by one before it makes a new one, which costs ten times as much as usual.
        """
        if made.exists():
            aside = Path(mkdtemp(prefix="aside-", dir=self.folder.parent))
            made.rename(aside / made.name)

    def _wait(self, served: Served, post: Post, text: str) -> float:
        seconds = served.wait_for(post.address, text, self.patience)
        if seconds is None:
            raise ToolFailedError(f"the page never came; {last_words(self._where())}")
        return seconds

    def _post(self, round_: int) -> Post:
        """One of the posts there were from the beginning, from the middle on."""
        return post_at((self.count // 2 + round_) % self.count, self.count)

    def _write(self, post: Post, sentence: str = "") -> None:
        path = self.folder / self.tool.posts / self.tool.file_name(post)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{self.tool.head(post)}{post.body}\n{sentence}\n", encoding="utf-8")

    def _build(self) -> Cost:
        return run(self.tool.command, self._where(), self.folder / OUT)

    def _where(self) -> Surroundings:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
        return Surroundings(self.folder, {**kept, **self.tool.environment}, self.patience)

    def _expect(self, post: Post, text: str) -> None:
        """Raise ToolFailedError unless the page of a post says something: no site, no figure."""
        page = self.folder / OUT / post.address / "index.html"
        if not page.is_file() or text not in page.read_text(encoding="utf-8"):
            raise ToolFailedError(
                f'{post.address} does not say "{text}"; {last_words(self._where())}'
            )
