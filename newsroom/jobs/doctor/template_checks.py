"""The newsroom's own templates against those that the program brings.

A template that wins over a packaged one stays as it is when the packaged one is mended. What it
looked like when the own one was first seen is remembered, so that a change can be told.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from newsroom import whole_file
from newsroom.model.checkup import Check, Remark, check_of, fine, warning
from newsroom.model.saying import say

_FEW = 5  # files that are named


def template_check(own: Path, packaged: Path, memory: Path) -> Check:
    """What the newsroom's templates replace, what they miss, and what has moved under them."""
    if not own.is_dir() or own.resolve() == packaged.resolve():
        return check_of("machine-templates", [fine(say("the packaged templates are used"))])
    theirs = _digests(packaged)
    ours = _digests(own)
    known = _recall(memory)
    remarks = tuple(_remarks(ours, theirs, known))
    _remember(memory, ours, theirs, known)
    return check_of("machine-templates", remarks)


def _remarks(
    ours: Mapping[str, str], theirs: Mapping[str, str], known: Mapping[str, tuple[str, str]]
) -> Iterator[Remark]:
    for name in [name for name in ours if name not in theirs][:_FEW]:
        close = get_close_matches(name, theirs, n=1)
        yield warning(
            say("templates/{name} replaces no packaged template", name=name),
            say("did you mean {other}?", other=close[0])
            if close
            else say("remove it, unless a template of yours includes it"),
        )
    for name in _moved(ours, theirs, known)[:_FEW]:
        yield warning(
            say("the packaged {name} has changed since you replaced it", name=name),
            say(
                "compare templates/{name} with the packaged one, and save it when it is up to date",
                name=name,
            ),
        )
    replaced = [name for name in ours if name in theirs and ours[name] != theirs[name]]
    same = [name for name in ours if ours.get(name) == theirs.get(name)]
    if same:
        yield fine(
            say(
                "{number} of your templates are as the packaged ones; without them, new versions "
                "reach you",
                number=len(same),
            ),
        )
    yield fine(say("{number} templates of your own", number=len(replaced)))


def _moved(
    ours: Mapping[str, str], theirs: Mapping[str, str], known: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Own templates that are as they were, while the packaged ones below them are not."""
    return [
        name
        for name, (own_then, packaged_then) in known.items()
        if ours.get(name) == own_then
        and name in theirs
        and theirs[name] != packaged_then
        and ours[name] != theirs[name]
    ]


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-1:])
    }


def _recall(memory: Path) -> dict[str, tuple[str, str]]:
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: (pair[0], pair[1]) for name, pair in kept.items()}


def _remember(
    memory: Path,
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    known: Mapping[str, tuple[str, str]],
) -> None:
    """Keep what each own template stood on when it was written, or written last."""
    kept = {
        name: known[name] if name in known and known[name][0] == own else (own, theirs[name])
        for name, own in ours.items()
        if name in theirs
    }
    if kept == known:
        return
    whole_file.write(memory, json.dumps(kept, indent=1).encode())
