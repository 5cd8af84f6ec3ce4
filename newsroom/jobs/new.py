"""Begin a new piece: a file with its fields ready to be filled in."""

from datetime import datetime
from pathlib import Path, PurePosixPath

from newsroom.content.folder.save import create
from newsroom.content.notes import quoted
from newsroom.content.sheet import slug_of_file
from newsroom.content.starter import starter
from newsroom.content.times import When
from newsroom.content.write import new_id
from newsroom.errors import ContentError
from newsroom.model import Kind, Site, slugify
from newsroom.model.saying import say

_DATED = {Kind.NEWS, Kind.EVENT}


def new(  # noqa: PLR0913, PLR0917 (what a piece begins with)
    root: Path, kind: Kind, title: str, now: datetime, site: Site, start: When | None = None
) -> Path:
    """Write the file and give its path back; news and events carry the day in their name.

    Of an event that is the day it starts. What happens every year gets the year after its slug the
    second time. Raises ContentError when the title gives no file name, StateError when the file is
    there already.
    """
    slug = slugify(title)
    if not slug:
        message = say(
            "the title {title} gives no file name; use some letters a–z", title=quoted(title)
        )
        raise ContentError(message)
    folder = root / "posts" / kind.value
    day = start.day if start else now.astimezone(site.timezone).date()
    if kind in _DATED:
        slug = f"{slug}-{day.year}" if slug in _slugs(folder) else slug
        slug = f"{day}-{slug}"
    path = folder / f"{slug}.md"
    create(path, starter(kind, title, site, now, new_id(), start))
    return path


def _slugs(folder: Path) -> set[str]:
    """The slugs of the pieces in a folder, as their names say."""
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    return {slug_of_file(PurePosixPath(name)) for name in names if not name.startswith(".")}
