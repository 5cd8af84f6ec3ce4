"""The site as files: what is new is written, what is gone is removed, the rest is left alone."""

import filecmp
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.errors import OutsideError, StateError
from newsroom.model import Problem, Severity
from newsroom.output.lock import only_build
from newsroom.output.manifest import Made, Manifest, made
from newsroom.render.page import Page

_MANY = 20  # files; below this any number may go
_MOST = 0.3  # of the site; above this somebody must say so


@dataclass(frozen=True, slots=True)
class Tally:
    """What a build did, counted in files."""

    pages: int  # that the site has, copied files included
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is put on the site as it is."""

    source: Path
    path: str  # below the site's root

    def inputs(self) -> str:
        """What says that the source is the one that was copied."""
        found = self.source.stat()
        return f"{found.st_size} {found.st_mtime_ns}"


@dataclass(frozen=True, slots=True)
class Tree:
    """The folder of a site, and the file in which we remember what is ours there."""

    out: Path
    state: Path
    version: str  # of the program and the templates
    wait: float = 60  # seconds for another build to end

    def write(
        self, pages: Sequence[Page], copies: Sequence[Copy], *, remove_many: bool = False
    ) -> Tally:
        """Make the folder hold these pages and copies.

        A page is rendered only when its inputs or the version are new, or its file was touched.
        All that is new is rendered beside the old site first and then put in place by renaming, so
        a build that fails or is killed leaves the old site whole. A page that cannot be rendered
        keeps its old file and is told of. Files that no build made are never touched.

        Raises StateError when another build does not end in time, or when more than three files in
        ten would be removed without `remove_many`; OutsideError when the disk refuses.
        """
        with only_build(self.state.with_suffix(".lock"), self.wait) as cut_short:
            try:
                run = _Build(self)
                if cut_short:
                    run.sweep()
                return run.run(pages, copies, remove_many=remove_many)
            except OSError as fault:
                raise OutsideError(
                    f"{fault.filename or self.out}: {fault.strerror or fault}; "
                    "make room or give leave to write there, then build again"
                ) from fault


class _Build:
    """One run: what was there, and what there is to be."""

    def __init__(self, tree: Tree) -> None:
        self._out = tree.out
        self._state = tree.state
        self._version = tree.version
        self._before = Manifest.read(tree.state)
        self._files: dict[str, Made] = {}
        self._staged: list[tuple[str, str]] = []  # (path, digest of inputs)
        self._problems: list[Problem] = []

    def sweep(self) -> None:
        """Clear away what a build that was cut short had waiting to be put in place."""
        for path in self._before.files:
            self._draft(path).unlink(missing_ok=True)

    def run(self, pages: Sequence[Page], copies: Sequence[Copy], *, remove_many: bool) -> Tally:
        """Stage, put in place, remove, remember."""
        wanted = [page.path for page in pages] + [copy.path for copy in copies]
        gone = self._gone(wanted, remove_many=remove_many)
        self._announce(wanted)
        for page in {page.path: page for page in pages}.values():
            self._page(page)
        for copy in {copy.path: copy for copy in copies}.values():
            self._copy(copy)
        written = self._put_in_place()
        for path in gone:
            self._remove(path)
        Manifest(self._version, self._files).write(self._state)
        return Tally(
            pages=len(self._files),
            written=written,
            unchanged=len(self._files) - written,
            removed=len(gone),
            problems=tuple(self._problems),
        )

    def _gone(self, wanted: list[str], *, remove_many: bool) -> list[str]:
        for path in wanted:
            _refuse_tricks(path)
        gone = sorted(self._before.files.keys() - set(wanted))
        if not remove_many and len(gone) > max(_MANY, _MOST * len(self._before.files)):
            raise StateError(
                f"{self._out}: {len(gone)} of {len(self._before.files)} files would be removed, "
                f"{gone[0]} first; if that is meant: newsroom build --yes"
            )
        return gone

    def _announce(self, wanted: list[str]) -> None:
        """Remember new paths before they exist, so that a killed build leaves nothing unowned."""
        new = {path: Made("") for path in wanted if path not in self._before.files}
        if new:
            Manifest(self._before.version, {**self._before.files, **new}).write(self._state)

    def _page(self, page: Page) -> None:
        digest = page.digest
        if self._before.version == self._version and self._is_current(page.path, digest):
            return
        try:
            content = page.render()
        except Exception as fault:  # noqa: BLE001 (one page must not stop the others)
            self._fail(page.path, fault)
            return
        target = self._out / page.path
        if _holds(target, content):
            self._files[page.path] = made(target, digest)
            return
        self._stage(page.path, digest).write_bytes(content)

    def _copy(self, copy: Copy) -> None:
        digest = copy.inputs()
        if self._is_current(copy.path, digest):
            return
        target = self._out / copy.path
        if target.is_file() and filecmp.cmp(copy.source, target, shallow=False):
            self._files[copy.path] = made(target, digest)
            return
        shutil.copyfile(copy.source, self._stage(copy.path, digest))

    def _is_current(self, path: str, digest: str) -> bool:
        last = self._before.files.get(path)
        if last is None or last.inputs != digest or not last.is_untouched(self._out / path):
            return False
        self._files[path] = last
        return True

    def _fail(self, path: str, fault: Exception) -> None:
        self._problems.append(
            Problem(
                source=PurePosixPath(path),
                line=None,
                severity=Severity.ERROR,
                code="page-not-made",
                message=f"the page could not be made: {type(fault).__name__}: {fault}",
                fix="mend its text or its template; until then the site keeps the page it had",
            )
        )
        if (self._out / path).is_file():
            self._files[path] = Made("")  # ours, and to be tried again

    def _draft(self, path: str) -> Path:
        """Where the new file waits: in the folder it goes to, so that renaming is one step."""
        target = self._out / path
        return target.with_name(f".{target.name}.new")

    def _stage(self, path: str, digest: str) -> Path:
        self._staged.append((path, digest))
        draft = self._draft(path)
        draft.parent.mkdir(parents=True, exist_ok=True)
        return draft

    def _put_in_place(self) -> int:
        for path, digest in self._staged:
            target = self._out / path
            self._draft(path).replace(target)
            self._files[path] = made(target, digest)
        return len(self._staged)

    def _remove(self, path: str) -> None:
        target = self._out / path
        if not target.is_dir():
            target.unlink(missing_ok=True)
        folder = target.parent
        while folder != self._out and not (folder.is_dir() and any(folder.iterdir())):
            if folder.is_dir():
                folder.rmdir()
            folder = folder.parent


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _refuse_tricks(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise StateError(f'"{path}" is no path below the site\'s root; mend the slug it is made of')
