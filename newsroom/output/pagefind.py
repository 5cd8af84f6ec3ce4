"""Pagefind, a program that makes a search index of pages: where it is, and what it makes."""

import json
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from fnmatch import filter as matching
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, TypeVar

from newsroom.errors import OutsideError
from newsroom.model.saying import say
from newsroom.output.indexer import Indexer
from newsroom.workers import processors

_ENTRY = "pagefind-entry.json"  # names the other files: an index is there when this is
_READ = ("*.pf_meta", "index/*.pf_index", "fragment/*.pf_fragment")
_RUN = ("pagefind.js", "wasm.*.pagefind")  # by the browser, once for all indexes
OF_AN_INDEX = (*_READ, *_RUN, _ENTRY)  # what else Pagefind makes is for a search page of its own


class Wanted(Protocol):
    """An index that is wanted."""

    @property
    def pages(self) -> Mapping[str, bytes]:
        """What it is of, by the pages' addresses."""

    @property
    def runs(self) -> bool:
        """Whether what browsers run is to be among its files."""


_Wanted = TypeVar("_Wanted", bound=Wanted)


@dataclass(frozen=True, slots=True)
class Pagefind:
    """The program as it was installed."""

    program: Path
    patience: float = 60  # seconds for one index

    @property
    def version(self) -> str:
        """What tells one release from another, and how it is told of pages, without starting it."""
        found = self.program.stat()
        return f"{found.st_size} {found.st_mtime_ns} by pipe"

    def indexes(
        self, wanted: Iterable[_Wanted]
    ) -> Generator[tuple[_Wanted, dict[str, bytes]], None, None]:
        """Each of these, in turn, with the files of its index; the one that names others is last.

        The same pages in the same order give the same files. As many are made at once as there are
        processors, and with nothing wanted nothing is started. Raises OutsideError when one could
        not be made.
        """
        most = processors()
        indexers: list[Indexer] = []
        under_way: deque[tuple[_Wanted, Indexer]] = deque()
        with ExitStack() as running:
            for turn, one in enumerate(wanted):
                if turn < most:
                    indexers.append(running.enter_context(Indexer(self.program, self.patience)))
                indexer = indexers[turn % most]
                indexer.begin(one.pages)
                under_way.append((one, indexer))
                if len(under_way) > most:  # so each has its next to go on with
                    yield _made(*under_way.popleft())
            while under_way:
                yield _made(*under_way.popleft())


def find_pagefind() -> Pagefind | None:
    """The program, when the extra `search` is installed."""
    package = find_spec("pagefind_bin")
    if package is None or package.origin is None:
        return None
    beside = Path(package.origin).with_name("pagefind")
    if beside.is_file():  # the package says so too, and takes 10 ms to be asked
        return Pagefind(beside)
    try:
        from pagefind_bin import get_executable

        return Pagefind(get_executable())
    except (ImportError, FileNotFoundError):
        return None


def _made(wanted: _Wanted, indexer: Indexer) -> tuple[_Wanted, dict[str, bytes]]:
    made = indexer.files(OF_AN_INDEX if wanted.runs else (*_READ, _ENTRY))
    try:
        languages = json.loads(made[_ENTRY])["languages"].values()
        machines = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}
        read = (name for pattern in _READ for name in matching(made, pattern))
        names = [
            *sorted(read),
            *(("pagefind.js", *sorted(machines)) if wanted.runs else ()),
            _ENTRY,
        ]
        return wanted, {name: made[name] for name in names}
    except (ValueError, LookupError, TypeError, AttributeError) as fault:
        raise OutsideError(say("Pagefind made no index")) from fault
