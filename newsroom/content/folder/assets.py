"""The files that pieces point to, with the facts a page shows of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.content.folder.files import Found
from newsroom.content.folder.measure import Facts, UnusableError, measure
from newsroom.content.folder.save import keep
from newsroom.model import Asset, Problem, Severity
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
_NAME = "files.json"
_OTHER = "application/octet-stream"  # saved, never shown


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of a file, and the state the file was in then."""

    state: tuple[int, ...]  # size, and the times of its last changes
    facts: Facts


def read_assets(
    wanted: Mapping[PurePosixPath, tuple[PurePosixPath, int | None]],
    files: Mapping[PurePosixPath, Found],
    cache: Path | None,
) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """The assets among `files`; `wanted` says of each which file and line names it.

    What the cache knows of a file holds for as long as its size and times are the same.
    """
    known = _read_cache(cache)
    facts: dict[PurePosixPath, _Known] = {}
    problems: list[Problem] = []
    for source in sorted(wanted.keys() & files.keys()):
        found = files[source]
        old = known.get(str(source))
        try:
            facts[source] = (
                old
                if old and old.state == _state(found)
                else _Known(_state(found), measure(found.path, _media_type(source)))
            )
        except UnusableError as error:
            namer, line = wanted[source]
            message = say("{file} {fault}", file=source, fault=error.fault)
            problems.append(Problem(namer, line, Severity.ERROR, "bad-file", message, error.fix))
    if cache and {str(source): fact for source, fact in facts.items()} != known:
        _write_cache(cache, facts)
    return tuple(_asset(source, fact) for source, fact in facts.items()), tuple(problems)


def _asset(source: PurePosixPath, known: _Known) -> Asset:
    facts = known.facts
    return Asset(
        source=source,
        size=facts.size,
        digest=facts.digest,
        media_type=_media_type(source),
        width=facts.width,
        height=facts.height,
        animated=facts.animated,
        opaque=facts.opaque,
    )


def _media_type(source: PurePosixPath) -> str:
    return _MEDIA_TYPES.get(source.suffix.lower(), _OTHER)


def _state(found: Found) -> tuple[int, ...]:
    return (found.size, *found.changed)


def _read_cache(cache: Path | None) -> dict[str, _Known]:
    """What was known last time; nothing when the cache is missing or damaged."""
    try:
        rows = json.loads(cache.joinpath(_NAME).read_bytes()) if cache else {}
        return {
            source: _Known(tuple(state), Facts(*facts)) for source, (state, *facts) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_cache(cache: Path, facts: Mapping[PurePosixPath, _Known]) -> None:
    rows = {str(source): (known.state, *known.facts) for source, known in facts.items()}
    keep(cache / _NAME, json.dumps(rows).encode())
