"""Begin a new piece: a file with its fields ready to be filled in."""

import re
from collections.abc import Container
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from newsroom.content.folder.save import create
from newsroom.content.front.notes import quoted
from newsroom.content.front.times import When
from newsroom.content.kinds.sheet import slug_of_file
from newsroom.content.starter import starter
from newsroom.content.write import new_id
from newsroom.errors import ContentError
from newsroom.model import Kind, Site, slugify
from newsroom.model.saying import say

_DATED = {Kind.NEWS, Kind.EVENT}
_LONGEST = 80  # letters of a title that its address repeats


def new(  # noqa: PLR0913, PLR0917 (what a piece begins with)
    root: Path,
    kind: Kind,
    title: str,
    now: datetime,
    site: Site,
    start: When | None = None,
    name: str | None = None,
) -> Path:
    """Write the file and give its path back; news and events carry the day in their name.

    Of an event that is the day it starts. What happens every year gets the year after its slug the
    second time, and what happens more often the whole day. A long title gives its first words,
    unless there is a `name` for it. Raises ContentError when the title gives no file name,
    StateError when the file is there already.
    """
    slug = name or _name(title)
    if not slug and not title.strip():
        raise ContentError(say('the title is empty; write it in quotation marks: "We have opened"'))
    if not slug:
        message = say(
            "the title {title} gives no file name; use some letters a–z", title=quoted(title)
        )
        raise ContentError(message)
    folder = root / "posts" / kind.value
    day = start.day if start else now.astimezone(site.timezone).date()
    if kind in _DATED:
        slug = f"{day}-{_free(slug, day, _slugs(folder))}"
    path = folder / f"{slug}.md"
    create(path, starter(kind, title, site, now, new_id(), start))
    return path


def namesakes(root: Path, kind: Kind, title: str) -> tuple[PurePosixPath, ...]:
    """The files of that kind, from the newsroom's root, that are called as this title would be.

    They may be the same piece: somebody began it before, or somebody else did.
    """
    folder = root / "posts" / kind.value
    wanted = re.compile(rf"{re.escape(_name(title))}(?:-[0-9]{{4}}(?:-[0-9]{{2}}-[0-9]{{2}})?)?")
    names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    files = (PurePosixPath("posts", kind.value, name) for name in names if name[0] != ".")
    return tuple(file for file in files if wanted.fullmatch(slug_of_file(file)))


def _name(title: str) -> str:
    """The slug of a title, or of as many of its first words as a name has room for."""
    slug = slugify(title)
    if len(slug) <= _LONGEST:
        return slug
    whole_words = slug[: _LONGEST + 1].rpartition("-")[0]
    return whole_words or slug[:_LONGEST]


def _free(slug: str, day: date, taken: Container[str]) -> str:
    """The slug, with as much of the day as tells it from those of the same title."""
    longer = (slug, f"{slug}-{day.year}")
    return next((one for one in longer if one not in taken), f"{slug}-{day}")


def _slugs(folder: Path) -> set[str]:
    """The slugs of the pieces in a folder, as their names say."""
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    return {slug_of_file(PurePosixPath(name)) for name in names if not name.startswith(".")}
