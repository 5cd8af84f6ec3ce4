"""The files that pieces point to, with the facts a page shows of them."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from posixpath import splitext
from typing import Any

from newsroom.content.folder.catalogue import Catalogue
from newsroom.content.folder.files import UNKNOWN, State, is_settled
from newsroom.content.folder.names import on_disk
from newsroom.model import Asset
from newsroom.model.saying import say

# Our own table: the system's differs from one machine to the next, and pages must not.
_MEDIA_TYPES = {
    ".avif": "image/avif",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_ASSET = "asset "  # before the name of a file, in the catalogue
_OTHER = "application/octet-stream"  # saved, never shown
_SECONDS = 20.0  # of a processor that one file may take; the largest pictures take one

Facts = tuple[Any, ...]  # the values of measure.Facts, which is imported to find them out


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be put on the site, and what to do."""

    message: str
    fix: str


def read_assets(
    wanted: Iterable[str], root: Path, found: Mapping[str, State], moment: int, catalogue: Catalogue
) -> tuple[tuple[Asset, ...], dict[str, Fault]]:
    """The files that are wanted and were found after `moment` (in nanoseconds), and their faults.

    What the catalogue knows of a file holds while the file is in the same state.
    """
    kept = {name: row for name, row in catalogue.rows.items() if name.startswith(_ASSET)}
    sources = sorted(found.keys() & wanted)
    known: dict[str, Facts] = {
        source: row[2]
        for source in sources
        if (row := kept.get(_ASSET + source)) and row[1] == found[source]
    }
    looked_at = dict(_looked_at([source for source in sources if source not in known], root))
    faults = {source: told for source, told in looked_at.items() if isinstance(told, Fault)}
    new = {source: told for source, told in looked_at.items() if not isinstance(told, Fault)}
    catalogue.forget(kept.keys() - {_ASSET + source for source in known.keys() | new.keys()})
    catalogue.keep(
        {
            _ASSET + source: (marshal.dumps((_ASSET + source, state, facts)), b"")
            for source, facts in new.items()
            if (state := found[source] if is_settled(found[source], moment) else UNKNOWN)
        }
    )
    known |= new
    return tuple(_asset(source, known[source]) for source in sorted(known)), faults


def _looked_at(sources: Sequence[str], root: Path) -> Iterator[tuple[str, Facts | Fault]]:
    """Each of these files with its facts, or its fault, as child processes find them out."""
    if not sources:
        return
    from newsroom.workers import Crew, Lost

    with Crew(partial(_look, root), sources, seconds=_SECONDS) as crew:
        for index, result in crew.results():
            yield sources[index], _lost(result.why) if isinstance(result, Lost) else result


def _lost(why: str) -> Fault:
    message = say("cannot be looked at: {why}", why=why)
    return Fault(message, say("save the file again, or put another in its place"))


def _look(root: Path, source: str) -> Facts | Fault:
    from newsroom.content.folder.measure import UnusableError, measure

    try:
        return tuple(measure(on_disk(root, source), _media_type(source)))
    except UnusableError as error:
        return Fault(error.fault, error.fix)


def _asset(source: str, facts: Facts) -> Asset:
    digest, size, width, height, animated, opaque = facts
    return Asset(
        source=PurePosixPath(source),
        size=size,
        digest=digest,
        media_type=_media_type(source),
        width=width,
        height=height,
        animated=animated,
        opaque=opaque,
    )


def _media_type(source: str) -> str:
    return _MEDIA_TYPES.get(splitext(source)[1].lower(), _OTHER)
