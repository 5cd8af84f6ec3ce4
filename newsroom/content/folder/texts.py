"""The texts of the folder: what was read before comes from the catalogue, the others are read."""

import marshal
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from newsroom.content.folder.cabinet import Cabinet
from newsroom.content.folder.catalogue import Row
from newsroom.content.folder.entry import Entry, Unread, is_text, text_digest, unfolded
from newsroom.content.folder.files import UNKNOWN, State, is_settled, read_content
from newsroom.content.folder.names import on_disk
from newsroom.content.front.notes import Notes, suggestion
from newsroom.model import Card, Kind, Problem, Site, slugify
from newsroom.model.saying import Saying, say

if TYPE_CHECKING:
    from newsroom.workers import Lost

_SECONDS = 5.0  # of a processor that one text may take; a usual one takes a hundredth
_TOGETHER = 250  # entries that are written at a time: what a reading that is killed loses at most
_PAGES = frozenset([".htm", ".html"])
_OTHER_TEXTS = _PAGES.union([".txt", ".doc", ".docx", ".odt", ".rtf", ".pages"])
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(slots=True)
class Texts:
    """What the texts of a folder say together."""

    cards: list[Card] = field(default_factory=list)  # of every piece that can be used
    sketches: list[Card] = field(default_factory=list)  # of broken files, to be checked only
    broken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # slugs, by kind
    problems: list[Problem] = field(default_factory=list)
    others: Collection[str] = ()  # the files that hold no piece

    def add(self, fronts: Iterable[Row]) -> None:
        """Add what some files say, by the fronts of their entries."""
        # Ten thousand pass here each time; Card._make, which counts the fields, is twice as slow.
        keep, new = self.cards.append, tuple.__new__
        for source, _, _, _, card, missing, problems in fronts:
            if missing is None:
                keep(new(Card, card))
            else:
                self.broken[source.split("/")[1]].add(missing)
                self.sketches += [new(Card, card)] if card else []
            if problems:
                self.problems += unfolded(source, problems)


def read_texts(
    cabinet: Cabinet,
    found: Mapping[str, State],
    moment: int,
    meanwhile: Callable[[], None] | None = None,
) -> Texts:
    """What the texts among these files say, which were found after `moment` (in nanoseconds).

    While child processes read what has changed, if anything has, `meanwhile` is called.
    """
    catalogue = cabinet.catalogue
    rows = catalogue.rows
    catalogue.forget([name for name in rows if name not in found and is_text(name)])
    known = {name: row[1] for name, row in rows.items()}
    changed = [source for source, state in found.items() if known.get(source) != state]
    same = {source for source in changed if source in rows and _is_same(source, cabinet)}
    catalogue.keep_fronts(
        {
            source: marshal.dumps((source, found[source], *rows[source][2:]))
            for source in same
            if is_settled(found[source], moment)
        }
    )
    new = set(changed) - same
    unread = [
        Unread(source, kind, found[source] if is_settled(found[source], moment) else UNKNOWN)
        for source in sorted(new)
        if (kind := kind_of_file(source))
    ]
    texts = Texts()
    with _reading(unread, cabinet) as entries:
        texts.add([row for name, row in rows.items() if name in found and name not in new])
        if unread and meanwhile:
            meanwhile()
        while some := list(islice(entries, _TOGETHER)):
            catalogue.keep({source: (front, sheet) for source, front, sheet in some})
            texts.add([rows[source] for source, _, _ in some])
    texts.others = [source for source in new if not kind_of_file(source)]
    return texts


def kind_of_file(source: str) -> Kind | None:
    """The kind of piece a file holds; None when it holds none."""
    match source.split("/"):
        case (_, folder, name) if name.endswith(".md"):
            return _KINDS.get(folder)
        case (_, folder, _, "index.md"):
            return _KINDS.get(folder)
    return None


def misplaced(sources: Iterable[str]) -> Iterator[Problem]:
    """Texts among these files that lie where no piece is looked for."""
    for source in map(PurePosixPath, sorted(sources)):
        if source.suffix.lower() not in {".md", ".markdown"}:
            continue
        notes, message = Notes(source), say("the file is not read")
        stem = source.stem
        if source.suffix != ".md":
            notes.warning(None, "not-read", message, say("name it {name}", name=f"{stem}.md"))
        elif len(source.parts) > len(("posts", "news", "a.md")) and source.parts[1] in _KINDS:
            folder = PurePosixPath(*source.parts[:3])
            fix = say(
                "name it {file}, or put it in {folder}",
                file=folder / "index.md",
                folder=f"{folder.parent}/",
            )
            notes.warning(None, "not-read", message, fix)
        else:
            kinds = ", ".join(f"posts/{name}/" for name in _KINDS)
            fix = suggestion(source.parts[1], _KINDS, say("put it in one of {names}", names=kinds))
            notes.error(None, "no-kind", say("the folder says no kind"), fix)
        yield from notes.problems


def unread(
    sources: Iterable[str], named: Container[str], files: Container[str]
) -> Iterator[Problem]:
    """Texts of other programs among these files, unless a piece offers them to be saved."""
    for source in map(PurePosixPath, sorted(sources)):
        is_text = source.suffix.lower() in _OTHER_TEXTS and not source.name.startswith("~")
        if not is_text or str(source) in named:
            continue
        notes = Notes(source)
        message = say("texts are read from .md files only, and no piece links to this one")
        notes.warning(None, "not-read", message, _use_of(source, files))
        yield from notes.problems


def _use_of(source: PurePosixPath, files: Container[str]) -> Saying:
    """What to do with a text of another program; nobody can attach a page."""
    own = source.with_name(f"{slugify(source.stem) or 'text'}.md")
    is_page, is_written = source.suffix.lower() in _PAGES, str(own) in files
    if is_page:
        return say("take it away") if is_written else say("put its text in {name}", name=own.name)
    if is_written:
        return say("take it away, or name it under attachments in a piece")
    return say("put its text in a file {name}, or name it under attachments in one", name=own.name)


def _is_same(source: str, cabinet: Cabinet) -> bool:
    """Whether a file in another state, or in one that tells nothing, has the text that it had."""
    content = read_content(on_disk(cabinet.root, source), Notes(PurePosixPath(source)))
    if content is None:
        return False
    digest: bytes = cabinet.catalogue.rows[source][2]
    return digest == text_digest(content, source, cabinet.stamp)


@contextmanager
def _reading(unread: Sequence[Unread], cabinet: Cabinet) -> Iterator[Iterator[Entry]]:
    """Child processes at work, and their entries as they come; those of files that are gone not."""
    if not unread:
        yield iter(())
        return
    from newsroom.workers import Crew, Lost

    read = partial(_read, cabinet.root, cabinet.site, cabinet.stamp)
    with Crew(read, unread, seconds=_SECONDS) as crew:
        yield (
            entry
            for index, result in crew.results()
            if (entry := _lost(unread[index], result) if isinstance(result, Lost) else result)
        )


def _read(root: Path, site: Site, stamp: bytes, unread: Unread) -> Entry | None:
    """What a child does; the parsers are imported there."""
    from newsroom.content.folder.sheet import read_entry

    return read_entry(root, site, stamp, unread)


def _lost(unread: Unread, lost: "Lost") -> Entry:
    from newsroom.content.folder.sheet import lost_entry

    return lost_entry(unread, lost.why)
