"""Bring in the pieces of an export: each with its guid and date, and the pictures it shows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from newsroom.content.folder.save import create
from newsroom.content.foreign.addresses import Places, address_on_site
from newsroom.content.foreign.clipping import Clipping, ClippingRemark, Export, home_of, translate
from newsroom.content.foreign.markdown import Translated
from newsroom.jobs.writing.import_markdown import Library, bring
from newsroom.model import Problem, Site
from newsroom.model.saying import say

_UPLOADS = "/uploads/"  # where WordPress keeps files, whatever stands before it


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or would do. The problems name places in the export."""

    pieces: tuple[tuple[PurePosixPath, str], ...]  # written: path from the root, and title
    known: tuple[PurePosixPath, ...]  # there already, and left as they are
    assets: tuple[PurePosixPath, ...]  # copied along
    undescribed: int  # pictures in what was written that nobody has described yet
    left: Mapping[str, int]  # what has no place here, and how many there were
    problems: tuple[Problem, ...]


def import_clippings(
    export: Export, root: Path, site: Site, *, assets: Path | None = None, dry_run: bool = False
) -> Brought:
    """Write each piece of an export that is not there yet; a `dry_run` writes nothing.

    `assets` is the folder of the old site's files (`wp-content/uploads`). Importing again writes
    nothing twice, and goes on where an import was cut short.
    """
    library = Library(assets)
    export = replace(export, clippings=tuple(_with_keys_of_their_own(export)))
    pieces = tuple(_translate_all(export, site, _finder(library)))
    sound = [piece for piece in pieces if piece.draft.text is not None]
    known = {piece.path: None for piece in sound if _is_there(root, piece.path)}
    new = [piece for piece in sound if piece.path not in known]
    copied = [file for piece in new for file in _put(piece, root, library, dry_run=dry_run)]
    return Brought(
        tuple((piece.path, piece.title) for piece in new),
        tuple(known),
        tuple(copied),
        sum(piece.draft.undescribed for piece in new),
        export.left,
        tuple(problem for piece in pieces for problem in piece.draft.problems),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece as it is to be written here."""

    title: str
    draft: Translated
    path: PurePosixPath


def _put(piece: _Piece, root: Path, library: Library, *, dry_run: bool) -> Iterator[PurePosixPath]:
    """Write a piece, and give the files that are copied for it."""
    for asset, name in piece.draft.assets:
        if dry_run or bring(root / piece.path.parent / name, library.read(asset)):
            yield piece.path.parent / name
    if not dry_run:
        create(
            root / piece.path, piece.draft.text or ""
        )  # last: a piece is there when all of it is


def _with_keys_of_their_own(export: Export) -> Iterator[Clipping]:
    """The pieces, of which no two have one guid; who read the second one sees it as new."""
    taken: set[str] = set()
    for clipping in export.clippings:
        if clipping.key is None or clipping.key not in taken:
            yield clipping
        else:
            told = say(
                '"{title}" had the guid of another; it got one of its own', title=clipping.title
            )
            yield replace(clipping, key=None, remarks=(*clipping.remarks, ClippingRemark(told)))
        taken |= {clipping.key} if clipping.key else set()


def _finder(library: Library) -> Callable[[str], str | None]:
    """Finds the file of an address: by its path below `uploads`, and the large one of a small one.

    WordPress shows `x-300x200.jpg`, which it made of `x.jpg`.
    """

    def find(address: str) -> str | None:
        path = unquote(urlsplit(address).path)
        _, found, below = path.rpartition(_UPLOADS)
        for each in (path, below) if found else (path,):
            if asset := library.find(_whole(each)) or library.find(each):
                return asset
        return None

    return find


def _whole(path: str) -> str:
    """The path of the picture that a smaller one was made of."""
    pure = PurePosixPath(path)
    stem, _, size = pure.stem.rpartition("-")
    wide, times, high = size.partition("x")
    is_small = bool(stem and times) and wide.isdigit() and high.isdigit()
    return str(pure.with_name(f"{stem}{pure.suffix}")) if is_small else path


def _translate_all(
    export: Export, site: Site, find: Callable[[str], str | None]
) -> Iterator[_Piece]:
    """Each piece and the file it goes to: a folder of its own when files come along.

    Where a piece goes depends on its files, and its links on where the others go, so each is
    translated twice.
    """
    nowhere = Places({}, find, export.old_site, export.file_hosts)
    homes: list[PurePosixPath] = []
    for clipping, home in zip(export.clippings, _homes(export, site), strict=True):
        alone = translate(clipping, home.with_name(f"{home.name}.md"), nowhere, site)
        homes.append(home / "index.md" if alone.assets else home.with_name(f"{home.name}.md"))
    addresses = {
        address: path
        for clipping, path in zip(export.clippings, homes, strict=True)
        for address in _addresses(clipping)
    }
    places = Places(addresses, find, export.old_site, export.file_hosts)
    for clipping, path in zip(export.clippings, homes, strict=True):
        yield _Piece(clipping.title, translate(clipping, path, places, site), path)


def _homes(export: Export, site: Site) -> Iterator[PurePosixPath]:
    """A name for each piece; of two that would have the same one, the second gets a number."""
    taken: Counter[PurePosixPath] = Counter()
    for clipping in export.clippings:
        home = home_of(clipping, site.timezone)
        taken[home] += 1
        yield home if taken[home] == 1 else home.with_name(f"{home.name}-{taken[home]}")


def _addresses(clipping: Clipping) -> Iterator[str]:
    """Where a piece was, as links of the same site name it."""
    if clipping.address:
        address = address_on_site(clipping.address)
        yield from [address] if address else []


def _is_there(root: Path, path: PurePosixPath) -> bool:
    """Whether the piece has a file, alone or in a folder of its own."""
    home = path.parent if path.name == "index.md" else path.with_suffix("")
    return (root / home / "index.md").exists() or (root / f"{home}.md").exists()
