"""Pagefind, a program that makes a search index of pages: asked in a process of its own."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say

_SITE = "site"  # where it finds the pages
_ENTRY = "pagefind-entry.json"  # names the other files: an index is there when this is
_READ = ("*.pf_meta", "index/*.pf_index", "fragment/*.pf_fragment")
_RUN = ("pagefind.js", "wasm.*.pagefind")  # by the browser, once for all indexes
OF_AN_INDEX = (*_READ, *_RUN, _ENTRY)  # what else Pagefind writes is for a search page of its own


@dataclass(frozen=True, slots=True)
class Pagefind:
    """The program as it was installed."""

    program: Path
    patience: float = 60  # seconds for one index

    @property
    def version(self) -> str:
        """What tells one release from another, without starting it."""
        found = self.program.stat()
        return f"{found.st_size} {found.st_mtime_ns}"

    def index(self, pages: Mapping[str, bytes], folder: Path, *, runs: bool) -> tuple[str, ...]:
        """Make an index of pages, given by their addresses, in an empty folder.

        Gives the names of its files, among which with `runs` are those that a browser runs; the one
        that names the others comes last. What else is in the folder then is of no use. The same
        pages give the same files. Raises OutsideError when none could be made.
        """
        site = folder.absolute() / _SITE
        for address, page in pages.items():
            file = site / address / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page)
        self._run(["--silent", "--site", str(site), "--output-path", str(site.parent)], folder)
        return tuple(_names(folder, runs=runs))

    def _run(self, arguments: list[str], folder: Path) -> None:
        """In a folder and an environment where it finds no settings of somebody else's."""
        try:
            done = subprocess.run(  # noqa: S603 (a program that was installed beside us)
                [str(self.program), *arguments],
                cwd=folder,
                env={},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self.patience,
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise OutsideError(
                say("Pagefind took longer than {patience:g} seconds", patience=self.patience)
            ) from fault
        except OSError as fault:
            raise OutsideError(
                say("Pagefind could not be started: {why}", why=why(fault))
            ) from fault
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise OutsideError(
                say(
                    "Pagefind ended with status {returncode}: {said}",
                    returncode=done.returncode,
                    said=said,
                )
            )


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


def _names(folder: Path, *, runs: bool) -> list[str]:
    try:
        languages = json.loads((folder / _ENTRY).read_bytes())["languages"].values()
        machines = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}
    except (OSError, ValueError, LookupError) as fault:
        raise OutsideError(say("Pagefind made no index")) from fault
    read = [
        path.relative_to(folder).as_posix() for pattern in _READ for path in folder.glob(pattern)
    ]
    return [*sorted(read), *(("pagefind.js", *sorted(machines)) if runs else ()), _ENTRY]
