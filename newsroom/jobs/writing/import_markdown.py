"""Bring in a folder of Markdown from another system: Jekyll, Eleventy, Hugo and their like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.content.folder.files import read_text
from newsroom.content.folder.save import create
from newsroom.content.foreign.addresses import Places
from newsroom.content.foreign.markdown import (
    Foreign,
    Translated,
    name_of,
    old_addresses,
    translate,
)
from newsroom.content.front.notes import Notes
from newsroom.errors import ContentError
from newsroom.model import Problem, Site
from newsroom.model.saying import say

_SUFFIXES = {".md", ".markdown"}
_NEWS = PurePosixPath("posts/news")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. The problems name files of the old folder."""

    posts: tuple[PurePosixPath, ...]  # written, from the newsroom's root
    known: tuple[PurePosixPath, ...]  # there already, and left as they are
    assets: tuple[PurePosixPath, ...]  # copied along
    undescribed: int  # pictures in the posts written that nobody has described yet
    problems: tuple[Problem, ...]


def import_markdown(
    source: Path, root: Path, site: Site, *, assets: Path | None = None, old_site: str | None = None
) -> Imported:
    """Write each post below `source` into `posts/news/`, with the pictures it shows.

    `assets` is the folder of the old site's pictures; `old_site` its address, for links to what is
    not imported. A post with pictures that nobody has described says that this is no error, so
    that it is published as it was. Importing again writes nothing twice, and goes on where an
    import was cut short. Raises ContentError when `source` or `assets` is no folder.
    """
    for folder in (source, assets):
        if folder is not None and not folder.is_dir():
            raise ContentError(
                say("{folder}: there is no such folder; name the one with the posts", folder=folder)
            )
    foreign, problems = _read(source)
    library = Library(assets)
    posts: list[PurePosixPath] = []
    known: list[PurePosixPath] = []
    copied: list[PurePosixPath] = []
    names: set[str] = set()
    undescribed = 0
    for draft, path in _translate_all(foreign, site, library, old_site):
        problems += draft.problems
        if draft.text is None:
            continue
        if draft.name in names:
            problems.append(_twin(draft))
            continue
        names.add(draft.name)
        if _is_there(root, draft.name):
            known.append(path)
            continue
        for asset, name in draft.assets:
            if bring(root / path.parent / name, library.read(asset)):
                copied.append(path.parent / name)
        create(root / path, draft.text)  # last: a piece is there when all of it is
        posts.append(path)
        undescribed += draft.undescribed
    return Imported(tuple(posts), tuple(known), tuple(copied), undescribed, tuple(problems))


class Library:
    """The folder of the old site's files; nothing outside it is ever read."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None

    def find(self, path: str) -> str | None:
        """A file by its path on the old site, which may begin with the folder's own name."""
        if self._folder is None:
            return None
        bare = path.lstrip("/")
        for candidate in (bare, bare.removeprefix(f"{self._folder.name}/")):
            found = (self._folder / candidate).resolve()
            if found.is_relative_to(self._folder) and found.is_file():
                return str(found.relative_to(self._folder))
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a file that was found."""
        return (self._folder or Path()).joinpath(name).read_bytes()


def _read(source: Path) -> tuple[list[Foreign], list[Problem]]:
    """The texts below a folder, in order of their path, and those that cannot be read."""
    texts: list[Foreign] = []
    problems: list[Problem] = []
    for path in sorted(source.rglob("*")):
        name = PurePosixPath(path.relative_to(source))
        hidden = any(part.startswith(".") for part in name.parts)
        if hidden or path.suffix.lower() not in _SUFFIXES or not path.is_file():
            continue
        notes = Notes(name)
        text = read_text(path, notes)
        problems += notes.problems
        if text is not None:
            texts.append(Foreign(name, text))
    return texts, problems


def _translate_all(
    foreign: list[Foreign], site: Site, library: Library, old_site: str | None
) -> Iterator[tuple[Translated, PurePosixPath]]:
    """Each post and the file it goes to: a folder of its own when pictures come along.

    Where a post goes depends on its pictures, and its links on where the others go, so each is
    translated twice.
    """
    nowhere = Places({}, library.find, old_site)
    homes: dict[PurePosixPath, PurePosixPath] = {}
    for one in foreign:
        name = name_of(one, site)
        alone = translate(one, _NEWS / f"{name}.md", nowhere, site)
        homes[one.source] = _NEWS / name / "index.md" if alone.assets else _NEWS / f"{name}.md"
    by_address: Mapping[str, PurePosixPath] = {
        address: homes[one.source] for one in foreign for address in old_addresses(one)
    }
    places = Places(by_address, library.find, old_site)
    for one in foreign:
        yield translate(one, homes[one.source], places, site), homes[one.source]


def _twin(draft: Translated) -> Problem:
    """Two posts of one day and name: the first stays."""
    notes = Notes(draft.source)
    message = say("another post gives {draft} too, and that one was kept", draft=draft.name)
    notes.error(None, "duplicate-slug", message, say("rename one of them there"))
    return notes.problems[0]


def bring(path: Path, content: bytes) -> bool:
    """Whether a file had to be written: an import that was cut short may have brought it."""
    if path.is_file() and path.read_bytes() == content:
        return False
    create(path, content)
    return True


def _is_there(root: Path, name: str) -> bool:
    news = root / _NEWS
    return (news / f"{name}.md").exists() or (news / name / "index.md").exists()
