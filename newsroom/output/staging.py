"""New files beside the old site: made in a folder of their own, put in place by renaming."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from newsroom.errors import NewsroomError
from newsroom.model.refusal import why
from newsroom.model.saying import joined
from newsroom.output.paths import WAITING
from newsroom.render.page import Page
from newsroom.whole_file import put

_PART = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is put on the site as it is."""

    source: Path
    path: str  # below the site's root

    @property
    def digest(self) -> str:
        """What says that the source is the one that was copied; "" when it cannot be seen."""
        try:
            found = self.source.stat()
        except OSError:
            return ""
        return f"{found.st_size} {found.st_mtime_ns}"


class Ready(NamedTuple):
    """A file that the site can have: it waits, or stands there already with the same bytes."""

    is_new: bool
    size: int
    modified: int  # nanoseconds


@dataclass(frozen=True, slots=True)
class NotReady:
    """A file that could not be made, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Staging:
    """The site's folder, and in it the one where new files wait under a number.

    Both are on one disk, so that putting a file in place is one step. Nothing is synced to the
    disk file by file: after a power cut a page may be old, new or cut short. What is cut short has
    another size than the manifest says, so the next build makes it again.
    """

    out: Path

    @property
    def folder(self) -> Path:
        """Where new files wait."""
        return self.out / WAITING

    def clear(self) -> None:
        """Leave nothing of what waits."""
        if self.folder.is_dir():
            for draft in self.folder.iterdir():
                draft.unlink()
            self.folder.rmdir()

    def make(self, number: int, thing: Page | Copy) -> Ready | NotReady:
        """Have the file wait under its number, unless the site has these bytes already.

        Raises OSError, naming the file, when it cannot be written.
        """
        return self._page(number, thing) if isinstance(thing, Page) else self._copy(number, thing)

    def put_in_place(self, number: int, path: str) -> None:
        """Let the file that waits be the one that the site shows, from one moment to the next."""
        put(self.folder / str(number), self.out / path)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        target = self.out / path
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):  # then not ours
            target.unlink()
        with suppress(OSError):  # one that is not empty, and so are those around it
            while (target := target.parent) != self.out:
                with suppress(FileNotFoundError):
                    target.rmdir()

    def _page(self, number: int, page: Page) -> Ready | NotReady:
        try:
            content = page.render()
        except NewsroomError as fault:
            return NotReady(fault.sentence)
        except Exception as fault:  # noqa: BLE001 (one page must not stop the others)
            return NotReady(f"{type(fault).__name__}: {fault}")
        with suppress(OSError), (self.out / page.path).open("rb") as old:
            there = _as_it_is(old)
            if there.size == len(content) and old.read() == content:
                return there
        return self._stage(number, page.path, [content])

    def _copy(self, number: int, copy: Copy) -> Ready | NotReady:
        try:
            source = copy.source.open("rb")
        except OSError as fault:
            return NotReady(joined(": ", (str(copy.source), why(fault))))
        with source:
            with suppress(OSError), (self.out / copy.path).open("rb") as old:
                there = _as_it_is(old)
                if there.size == os.fstat(source.fileno()).st_size and _are_equal(source, old):
                    return there
            source.seek(0)
            return self._stage(number, copy.path, iter(lambda: source.read(_PART), b""))

    def _stage(self, number: int, path: str, parts: Iterable[bytes]) -> Ready:
        try:
            with (self.folder / str(number)).open("wb") as draft:
                draft.writelines(parts)
                draft.flush()
                return _as_it_is(draft)._replace(is_new=True)
        except OSError as fault:  # a full disk does not say which file
            raise OSError(fault.errno, fault.strerror, str(self.out / path)) from fault


def _as_it_is(file: BinaryIO) -> Ready:
    found = os.fstat(file.fileno())
    return Ready(is_new=False, size=found.st_size, modified=found.st_mtime_ns)


def _are_equal(one: BinaryIO, other: BinaryIO) -> bool:
    while part := one.read(_PART):
        if other.read(_PART) != part:
            return False
    return True
