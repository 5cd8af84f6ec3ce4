"""posts/site.yaml, parsed once for each text it has."""

import marshal
import pickle
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.content.folder.catalogue import Catalogue
from newsroom.content.folder.entry import Lines, digest_of
from newsroom.content.folder.files import as_text, read_content
from newsroom.content.front.notes import Notes
from newsroom.content.rules.breach import SITE
from newsroom.model import Problem, Site
from newsroom.model.saying import say

_NAME = "site"


@dataclass(frozen=True, slots=True)
class Home:
    """What site.yaml says: the site unless an error was found, and all that is wrong with it."""

    site: Site | None
    problems: tuple[Problem, ...]
    lines: Lines = field(default_factory=dict)


def read_home(root: Path, found: Container[str], catalogue: Catalogue) -> Home:
    """The site, if it is among the files that were found; from the catalogue if it was known."""
    notes = Notes(SITE)
    content = read_content(root / SITE, notes) if str(SITE) in found else None
    if content is None:
        if not notes.broken:
            fix = say("write it, with name, url, language, timezone and sender")
            notes.error(None, "missing-site", say("the file is missing"), fix)
        return Home(None, notes.problems)
    digest = digest_of(content)
    kept = catalogue.rows.get(_NAME)
    if kept and kept[1] == digest:
        known: Home = pickle.loads(kept[2])  # noqa: S301 (whole, so ours)
        return known
    home = _parsed(content, notes)
    catalogue.keep({_NAME: (marshal.dumps((_NAME, digest, pickle.dumps(home, 5))), b"")})
    return home


def _parsed(content: bytes, notes: Notes) -> Home:
    from newsroom.content.folder.sheet import lines_of
    from newsroom.content.site_yaml.site import parse_site

    text = as_text(content, notes)
    if text is None:
        return Home(None, notes.problems)
    parsed = parse_site(text, SITE)
    return Home(parsed.site, parsed.problems, lines_of(parsed.front.fields))
