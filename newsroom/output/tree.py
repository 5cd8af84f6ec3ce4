"""The site as files: what is new is written, what is gone is removed, the rest is left alone."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.errors import OutsideError, StateError
from newsroom.model import Problem, Severity
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, say
from newsroom.output.kept import Kept
from newsroom.output.lock import only_build
from newsroom.output.manifest import Made, Manifest
from newsroom.output.paths import check_paths, in_the_way, is_below_root
from newsroom.output.staging import Copy, NotReady, Ready, Staging
from newsroom.output.tally import Progress, Tally
from newsroom.render.page import Page

__all__ = ["Copy", "Tree"]

_MANY = 20  # files; below this any number may go
_MOST = 0.3  # of the site; above this somebody must say so
_FEW = 30  # pages: so many are rendered sooner than other processes have begun
_NAMED = 3  # titles of what goes
_STRIDE = 50  # pages between two reports of progress: at most some ten in a second

_NOTHING = Kept()

_New = tuple[Page | Copy, str]  # with the digest of what it is made from


@dataclass(frozen=True, slots=True)
class Tree:
    """The folder of a site, and the file in which we remember what is ours there."""

    out: Path
    state: Path
    version: str  # of the program and the templates
    wait: float = 60  # seconds for another build to end
    patience: float = 30  # seconds of a processor for one page, when child processes render it
    build: str = ""  # a name of this build, by which its receipt knows the site again

    def write(  # noqa: PLR0913 (what there is to be, and three things about what there was)
        self,
        pages: Sequence[Page],
        copies: Sequence[Copy],
        *,
        remove_many: bool = False,
        losing: Sequence[str] = (),
        kept: Kept = _NOTHING,
        progress: Progress | None = None,
    ) -> Tally:
        """Make the folder hold these pages and copies; the last one where two have the same path.

        A page is rendered only when its inputs or the version are new, or its file was touched;
        where there are many, in child processes. All that is new is made beside the old site first
        and then put in place by renaming, pages that were not there before those that may link to
        them: each file is the old one or the new one, whole, at every moment. A page that cannot
        be rendered, or not in time, keeps its old file and is told of. Pages that are `kept` stay
        as they are, with what they show. Files that no build made are never touched. `progress`
        hears now and then how many of how many files are made. A build that succeeds touches the
        file beside the state whose name ends in .built.

        Raises StateError when another build does not end in time, when two paths cannot stand side
        by side, or when more than three files in ten would be removed without `remove_many`,
        which then names those of the titles in `losing`;
        OutsideError when the disk refuses.
        """
        try:
            with only_build(self.state.with_suffix(".lock"), self.wait):
                run = _Build(self, progress or (lambda _done, _of: None))
                tally = run.run([*pages, *copies], None if remove_many else losing, kept)
                self.state.with_suffix(".built").touch()
                return tally
        except OSError as fault:
            place = fault.filename2 or fault.filename or self.out
            raise OutsideError(
                say(
                    "{place}: {fault}; make room or give leave to write there, then build again",
                    place=place,
                    fault=why(fault),
                )
            ) from fault
        except sqlite3.Error as fault:
            raise OutsideError(
                say(
                    "{place}: {fault}; make room or give leave to write there, then build again",
                    place=self.state,
                    fault=fault,
                )
            ) from fault


class _Build:
    """One run: what was there, and what there is to be."""

    def __init__(self, tree: Tree, progress: Progress) -> None:
        self._tree = tree
        self._progress = progress
        self._before = Manifest(tree.state)
        self._staging = Staging(tree.out)
        self._files: dict[str, Made] = {}
        self._problems: list[Problem] = []

    def run(self, things: Sequence[Page | Copy], losing: Sequence[str] | None, kept: Kept) -> Tally:
        """Stage, put in place, remove, remember; None when any number of files may go."""
        wanted = {thing.path: thing for thing in things}
        check_paths(wanted.keys(), self._before.files)
        left = kept.files(self._tree.out, self._before.files.keys()) - wanted.keys()
        self._files.update((path, self._before.files[path]) for path in left)
        gone = self._gone({*wanted, *left}, losing)
        new = self._not_current(wanted)
        self._staging.clear()  # what a build that was cut short left there
        try:
            written = self._renew(new, gone) if new else 0
        finally:
            self._staging.clear()
        for path in gone:
            self._staging.remove(path)
        self._before.keep(self._tree.version, self._files, self._tree.build)
        return Tally(
            pages=len(self._files),
            written=written,
            unchanged=len(self._files) - written,
            removed=len(gone),
            problems=tuple(self._problems),
        )

    def _gone(self, wanted: Container[str], losing: Sequence[str] | None) -> list[str]:
        ours = self._before.files
        gone = sorted(path for path in ours if path not in wanted and is_below_root(path))
        if losing is not None and len(gone) > max(_MANY, _MOST * len(ours)):
            raise StateError(
                say(
                    "{out}: {number} of {all} files would be removed, {which}; if that is "
                    "meant: newsroom build --yes",
                    out=self._tree.out,
                    number=len(gone),
                    all=len(ours),
                    which=_which(losing) if losing else say("{first} first", first=gone[0]),
                )
            )
        return gone

    def _not_current(self, wanted: Mapping[str, Page | Copy]) -> list[_New]:
        """What has to be made, and the digest of what it is made from."""
        ours, root = self._before.files, f"{self._tree.out}/"
        same_program = self._before.version == self._tree.version
        new: list[_New] = []
        for path, thing in wanted.items():
            digest, last = thing.digest, ours.get(path)
            may_stay = last is not None and last.inputs == digest
            may_stay = may_stay and (same_program or isinstance(thing, Copy))
            if last is not None and may_stay and last.is_untouched(root):
                self._files[path] = last
            else:
                new.append((thing, digest))
        return new

    def _renew(self, new: Sequence[_New], gone: Sequence[str]) -> int:
        """Make these files and put in place those whose bytes are new; gives how many they are."""
        there = self._before.files
        self._before.announce(thing.path for thing, _ in new)
        self._staging.folder.mkdir(parents=True)
        staged = self._stage(new)
        for path in in_the_way(gone, [new[number][0].path for number in staged]):
            self._staging.remove(path)
        for number in sorted(staged, key=lambda number: new[number][0].path in there):
            self._staging.put_in_place(number, new[number][0].path)
        return len(staged)

    def _stage(self, new: Sequence[_New]) -> list[int]:
        """Make the files, and give the numbers under which new bytes wait."""
        staged: list[int] = []
        failed = defaultdict[str, list[str]](list)  # the paths, by what is in the way
        with closing(self._made([thing for thing, _ in new])) as results:
            for done, (number, made) in enumerate(results, 1):
                thing, digest = new[number]
                if isinstance(made, Ready):
                    self._files[thing.path] = Made(thing.path, digest, made.size, made.modified)
                    staged += [number] if made.is_new else []
                else:
                    failed[made.why].append(thing.path)
                if done % _STRIDE == 0 or done == len(new):
                    self._progress(done, len(new))
        for reason, paths in failed.items():
            self._fail(sorted(paths), reason)
        self._problems.sort(key=lambda problem: problem.source)
        return staged

    def _made(
        self, things: Sequence[Page | Copy]
    ) -> Generator[tuple[int, Ready | NotReady], None, None]:
        """Each thing's number with what came of it; many pages are made by other processes."""

        def make(number: int) -> Ready | NotReady:
            return self._staging.make(number, things[number])

        pages = [number for number, thing in enumerate(things) if isinstance(thing, Page)]
        others = pages if len(pages) > _FEW else []
        for number in sorted(set(range(len(things))).difference(others)):
            yield number, make(number)
        if others:
            yield from self._made_by_others(make, others)

    def _made_by_others(
        self, make: Callable[[int], Ready | NotReady], numbers: Sequence[int]
    ) -> Generator[tuple[int, Ready | NotReady], None, None]:
        from newsroom.workers import Crew, Lost, can_inherit  # most builds make few pages

        if not can_inherit():
            yield from ((number, make(number)) for number in numbers)
            return
        with Crew(make, numbers, seconds=self._tree.patience) as crew:
            for index, made in crew.results():
                yield numbers[index], NotReady(made.why) if isinstance(made, Lost) else made

    def _fail(self, paths: Sequence[str], reason: str) -> None:
        """Tell of each page; of many that have the same in the way, a broken template say, once."""
        message = say("the page could not be made: {why}", why=reason)
        if len(paths) > _NAMED:
            message = say(
                "this page and {number} more could not be made: {why}",
                number=len(paths) - 1,
                why=reason,
            )
        self._problems += [
            Problem(
                source=PurePosixPath(path),
                line=None,
                severity=Severity.ERROR,
                code="page-not-made",
                message=message,
                fix=say("mend its text or its template; until then the site keeps the page it had"),
            )
            for path in (paths[:1] if len(paths) > _NAMED else paths)
        ]
        for path in paths:
            if (self._tree.out / path).is_file():
                self._files[path] = Made(path)  # ours, and to be tried again


def _which(losing: Sequence[str]) -> Saying:
    """Some of the titles whose files would go."""
    titles = ", ".join(f'"{title}"' for title in losing[:_NAMED])
    if len(losing) <= _NAMED:
        return say("since this is gone: {titles}", titles=titles)
    return say(
        "since these are gone: {titles} and {number} more",
        titles=titles,
        number=len(losing) - _NAMED,
    )
