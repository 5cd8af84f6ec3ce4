"""The files that pieces point to, with the facts a page shows of them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.content.folder.files import Found
from newsroom.content.folder.save import keep
from newsroom.model import Asset, Problem, Severity

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
_NAME = "assets.json"
_HEAD = 4096  # bytes of a drawing that are looked at for its size
_OTHER = "application/octet-stream"  # saved, never shown
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_TURNED = ("JPEG", "MPO", "WEBP")  # others would be decoded whole to look for it
_VIEW_BOX = re.compile(
    rb"<svg\b[^<>]{0,2000}?\bviewBox=[\"'][-0-9.eE]+[ ,]+[-0-9.eE]+[ ,]+([0-9.]+)[ ,]+([0-9.]+)"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was read of a file, and the state the file was in then."""

    state: tuple[int, ...]  # size, and the times of its last changes
    digest: str
    width: int | None
    height: int | None


def read_assets(
    wanted: Mapping[PurePosixPath, tuple[PurePosixPath, int | None]],
    files: Mapping[PurePosixPath, Found],
    cache: Path | None,
) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """The assets among `files`; `wanted` says of each which file and line names it.

    What the cache knows of a file holds for as long as its size and times are the same.
    """
    known = _read_cache(cache)
    facts: dict[PurePosixPath, _Facts] = {}
    problems: list[Problem] = []
    for source in sorted(wanted.keys() & files.keys()):
        found = files[source]
        old = known.get(str(source))
        try:
            facts[source] = old if old and old.state == _state(found) else _look(found)
        except _UnreadableError as error:
            namer, line = wanted[source]
            message, fix = f"{source} {error}", "save the file again, or put another in its place"
            problems.append(Problem(namer, line, Severity.ERROR, "bad-file", message, fix))
    if cache and {str(source): fact for source, fact in facts.items()} != known:
        _write_cache(cache, facts)
    return tuple(_asset(source, fact) for source, fact in facts.items()), tuple(problems)


class _UnreadableError(Exception):
    """A file whose bytes are not what its name says."""


def _asset(source: PurePosixPath, facts: _Facts) -> Asset:
    return Asset(
        source=source,
        size=facts.state[0],
        digest=facts.digest,
        media_type=_MEDIA_TYPES.get(source.suffix.lower(), _OTHER),
        width=facts.width,
        height=facts.height,
    )


def _state(found: Found) -> tuple[int, ...]:
    return (found.size, *found.changed)


def _look(found: Found) -> _Facts:
    try:
        with found.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        width, height = _measure(found.path)
    except OSError as error:
        raise _UnreadableError(f"cannot be read ({error.strerror or error})") from error
    return _Facts(_state(found), digest, width, height)


def _measure(path: Path) -> tuple[int | None, int | None]:
    """Width and height of a picture in pixels, as it is shown; of other files none."""
    if path.suffix.lower() == ".svg":
        box = _VIEW_BOX.search(path.read_bytes()[:_HEAD])
        return (round(float(box[1])), round(float(box[2]))) if box else (None, None)
    if not _MEDIA_TYPES.get(path.suffix.lower(), _OTHER).startswith("image/"):
        return None, None
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            width, height = picture.size
            turns = picture.format in _TURNED
            sideways = turns and picture.getexif().get(_ORIENTATION) in _SIDEWAYS
    except UnidentifiedImageError as error:
        raise _UnreadableError("is not the picture its name says") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _UnreadableError("has too many pixels") from error
    except (SyntaxError, ValueError) as error:  # what Pillow raises for a damaged header
        raise _UnreadableError("is a damaged picture") from error
    return (height, width) if sideways else (width, height)


def _read_cache(cache: Path | None) -> dict[str, _Facts]:
    """What was known last time; nothing when the cache is missing or damaged."""
    try:
        rows = json.loads(cache.joinpath(_NAME).read_bytes()) if cache else {}
        return {
            source: _Facts(tuple(state), digest, width, height)
            for source, (state, digest, width, height) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_cache(cache: Path, facts: Mapping[PurePosixPath, _Facts]) -> None:
    rows = {
        str(source): (fact.state, fact.digest, fact.width, fact.height)
        for source, fact in facts.items()
    }
    keep(cache / _NAME, json.dumps(rows).encode())
