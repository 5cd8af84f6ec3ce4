"""The content folder as a newsroom: the only reader of `posts/`."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsroom.content.folder.assembly import assemble, damaged, files_named, links_to_nothing
from newsroom.content.folder.assets import read_assets
from newsroom.content.folder.cabinet import open_cabinet
from newsroom.content.folder.catalogue import open_catalogue
from newsroom.content.folder.files import find_files
from newsroom.content.folder.home import Home, read_home
from newsroom.content.folder.stamp import program_stamp
from newsroom.content.folder.texts import misplaced, read_texts, unread
from newsroom.content.rules.breach import SITE
from newsroom.errors import ContentError
from newsroom.model import Card, Newsroom, Problem
from newsroom.model.saying import say
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.rendered import Rendered


@dataclass(frozen=True, slots=True)
class Reading:
    """What the folder says: a newsroom without its broken pieces, and everything that is wrong.

    There is no newsroom while site.yaml has an error.
    """

    newsroom: Newsroom | None
    problems: tuple[Problem, ...]  # by file and line
    rendered: Callable[[str], Rendered] = field(  # the rendering of a Markdown text, as it is kept
        default=render_markdown, compare=False, repr=False
    )
    unusable: tuple[Card, ...] = ()  # of files with errors: to be checked, never shown


def read(
    root: Path,
    *,
    cache: Path | None = None,
    meanwhile: Callable[[], None] | None = None,
    clock: Callable[[], int] = time.time_ns,
) -> Reading:
    """Read the newsroom whose `posts/` stands in `root`.

    `cache` is a folder that may keep what is slow to find out; the reading is the same without it.
    While child processes read what has changed, if anything has, `meanwhile` is called. `clock`
    gives the nanoseconds of the time that files are stamped with. Raises ContentError when there
    is no content folder.
    """
    if not (root / "posts").is_dir():
        raise ContentError(
            say("{root}: there is no posts folder; make one with: newsroom init DIR", root=root)
        )
    with _without_pauses():
        moment = clock()
        found, refused = find_files(root)
        catalogue = open_catalogue(cache, program_stamp())
        home = read_home(root, found, catalogue)
        cabinet = open_cabinet(root, home.site, catalogue)
        texts = read_texts(cabinet, found, moment, meanwhile)
        problems = [
            *sorted(refused.problems, key=str),
            *home.problems,
            *texts.problems,
            *misplaced(texts.others),
        ]
        if home.site is None:
            return Reading(None, _in_order(problems), cabinet.rendered)
        newsroom, cards, unusable, against_rules = assemble(
            home, home.site, cabinet, texts, found.keys()
        )
        names = files_named(home.site, (*cards, *texts.sketches))
        assets, faults = read_assets(names, root, found, moment, catalogue)
        problems += against_rules
        problems += unread(texts.others, names, found)
        problems += damaged(names, faults, cabinet)
        problems += links_to_nothing(home.site, (*texts.cards, *texts.sketches), found.keys())
        cabinet.put_away()
        whole = replace(newsroom, assets=assets)
        return Reading(whole, _in_order(problems), cabinet.rendered, unusable)


def read_home_alone(root: Path) -> Home:
    """What site.yaml says, for whoever needs no more of the folder."""
    file, inside = root / SITE, (root / "posts").resolve()
    is_ours = file.is_file() and file.resolve().is_relative_to(inside)
    return read_home(root, (str(SITE),) if is_ours else (), open_catalogue(None, b""))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (str(problem.source), problem.line or 0)))


@contextmanager
def _without_pauses() -> Iterator[None]:
    """The collector would go through all that is read again and again, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
