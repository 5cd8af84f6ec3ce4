"""The search index beside the site: of each bundle of pages, made anew when their texts are new."""

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from shutil import rmtree

from newsroom.errors import OutsideError, StateError
from newsroom.model import Problem, Severity
from newsroom.model.digest import digest_of
from newsroom.model.refusal import why
from newsroom.model.saying import joined, say
from newsroom.output.index_folder import put, put_in_place, take_away
from newsroom.output.index_marks import Mark, remember, remembered
from newsroom.output.lock import only_build
from newsroom.output.page_texts import appearance, texts
from newsroom.output.pagefind import Pagefind
from newsroom.output.sight import look
from newsroom.render.bundles import Bundle

_WAITING = ".newsroom.search"  # the folder in the site where what is new waits
_LIST = "bundles.json"  # beside the bundles: with this the page's script begins


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The indexes of a site's bundles, and the file in which we remember which are ours."""

    out: Path  # the folder of the site
    state: Path
    pagefind: Pagefind | None  # without it there is no index
    wait: float = 60  # seconds for another build to end

    def renew(self, bundles: Sequence[Bundle]) -> tuple[Problem, ...]:
        """Make an index of these pages as they lie on the disk, and tell what was in the way.

        A bundle whose pages have the same texts is left alone. What is new is made beside the old
        and put in place file by file, that which names the others last: each index is whole at
        every moment. One that cannot be made anew is taken away, since it may hold what was taken
        back. Files that are not of an index are never touched.
        """
        try:
            known = remembered(self.state)
            if not known and not (bundles and self.pagefind):
                return ()
            with only_build(self.state.with_suffix(".lock"), self.wait):
                return _Renewal(self, known).run(bundles if self.pagefind else ())
        except StateError as fault:
            return (_problem(fault.sentence),)
        except OSError as fault:
            place = fault.filename2 or fault.filename or self.out
            return (_problem(joined(": ", (str(place), why(fault)))),)

    def places(self) -> tuple[Path, ...]:
        """The files and folders by whose looks one sees that no index was touched."""
        folders = sorted({self.out / address for address in remembered(self.state)})
        lists = sorted({folder.parent / _LIST for folder in folders})
        return (self.state, *lists, *folders)


class _Renewal:
    """One run: what was there, and what there is now."""

    def __init__(self, index: SearchIndex, known: Mapping[str, Mark]) -> None:
        self._out = index.out
        self._state = index.state
        self._pagefind = index.pagefind
        self._waiting = index.out / _WAITING
        self._known = known
        self._marks: dict[str, Mark] = {}
        self._problems: list[Problem] = []

    def run(self, bundles: Sequence[Bundle]) -> tuple[Problem, ...]:
        """Renew each, tell which there are, take away the others, remember."""
        self._known = {**{bundle.address: Mark() for bundle in bundles}, **self._known}
        remember(self._state, self._known)  # what will be ours, before it exists
        rmtree(self._waiting, ignore_errors=True)  # what a run that was cut short left there
        try:
            if self._pagefind:
                self._renew(self._pagefind, self._new(bundles, self._pagefind.version))
            self._tell(bundles)
        finally:
            rmtree(self._waiting, ignore_errors=True)
        for address in self._known.keys() - self._marks.keys():
            take_away(self._out / address)
        remember(self._state, self._marks)
        return tuple(self._problems)

    def _new(self, bundles: Sequence[Bundle], version: str) -> Iterator["_New"]:
        """The bundles of which an index is to be made; the others' marks stay."""
        for number, bundle in enumerate(bundles):
            runs = number == 0
            made_by = f"{version} {runs} {bundle}"
            last = self._known[bundle.address]
            is_whole = last.left != "" and last.left == look(self._out / bundle.address)
            seen = digest_of(made_by, appearance(self._out, bundle.pages)).hex()
            if is_whole and last.seen == seen:
                self._marks[bundle.address] = last
                continue
            pages = texts(self._out, bundle.pages, bundle.lang)
            read = digest_of(made_by, pages).hex()
            if is_whole and last.read == read:
                self._marks[bundle.address] = replace(last, seen=seen)
            elif pages:
                yield _New(bundle.address, pages, Mark(seen, read), runs=runs)

    def _renew(self, pagefind: Pagefind, new: Iterator["_New"]) -> None:
        try:
            with closing(pagefind.indexes(new)) as made:
                for one, files in made:
                    folder = self._out / one.address
                    put_in_place(files, folder, self._draft())
                    self._marks[one.address] = replace(one.mark, left=look(folder))
        except OutsideError as fault:  # what failed once would fail for the others too
            self._problems.append(_problem(fault.sentence))
            deque(new, maxlen=0)  # those that may stay do so all the same

    def _tell(self, wanted: Sequence[Bundle]) -> None:
        """List the indexes where the page's script looks; none without the first of them."""
        there = [bundle for bundle in wanted if bundle.address in self._marks]
        there = there if there[:1] == list(wanted[:1]) else []
        homes = {PurePosixPath(address).parent for address in self._known}
        for home in homes.difference(PurePosixPath(bundle.address).parent for bundle in there):
            (self._out / home / _LIST).unlink(missing_ok=True)
        if there:
            content = json.dumps([self._entry(bundle) for bundle in there]).encode()
            put((self._out / there[0].address).parent / _LIST, content, self._draft())

    def _entry(self, bundle: Bundle) -> dict[str, str | float]:
        """A folder, how much it weighs, and a tag that is another one when the index in it is."""
        folder, tag = PurePosixPath(bundle.address).name, self._marks[bundle.address].read[:12]
        return {"folder": f"{folder}/", "tag": tag, "weight": bundle.weight}

    def _draft(self) -> Path:
        """Where a file waits until it is put in place."""
        self._waiting.mkdir(exist_ok=True)
        return self._waiting / "draft"


@dataclass(frozen=True, slots=True)
class _New:
    """An index that is to be made."""

    address: str  # of its folder
    pages: Mapping[str, bytes]
    mark: Mark
    runs: bool  # what browsers run is in it


def _problem(why: str) -> Problem:
    return Problem(
        source=PurePosixPath(_LIST),
        line=None,
        severity=Severity.WARNING,
        code="no-search-index",
        message=say("the search index could not be made anew: {why}", why=why),
        fix=say("build again; until then search finds less, and the pages are as they should be"),
    )
