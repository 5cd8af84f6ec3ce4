"""The content folder as a newsroom: the only reader of `posts/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from newsroom.content.breach import SITE
from newsroom.content.folder.assets import read_assets
from newsroom.content.folder.cache import open_cache
from newsroom.content.folder.files import Found, find_files, read_text
from newsroom.content.folder.order import arrange
from newsroom.content.folder.sheet import Sheet, read_sheet, unreadable
from newsroom.content.front_matter import NOTHING
from newsroom.content.notes import Notes, suggestion
from newsroom.content.rules import breaches, named_files
from newsroom.content.sheet import slug_of_file
from newsroom.content.site import ParsedSite, parse_site
from newsroom.content.text_links import broken_links
from newsroom.errors import ContentError
from newsroom.model import Kind, Newsroom, Problem, Sender, Site

_KINDS = {kind.value: kind for kind in Kind}
# Stands in for a site.yaml with faults, so that the faults of the pieces are told at once too.
_STAND_IN = Site(
    name="",
    url="https://example.se",
    first_url="https://example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("", ""),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the folder says: a newsroom without its broken pieces, and everything that is wrong.

    There is no newsroom while site.yaml has an error.
    """

    newsroom: Newsroom | None
    problems: tuple[Problem, ...]  # by file and line


def read(root: Path, *, cache: Path | None = None) -> Reading:
    """Read the newsroom whose `posts/` stands in `root`.

    `cache` is a folder that may keep what is slow to find out; the reading is the same without it.
    Raises ContentError when there is no content folder.
    """
    if not (root / "posts").is_dir():
        raise ContentError(f"{root}: there is no posts folder; make one with: newsroom init DIR")
    files, refused = find_files(root)
    home = _read_site(files)
    sheets = _read_sheets(files, home.site or _STAND_IN, cache)
    problems = [*refused.problems, *home.problems, *_misplaced(files)]
    problems += [problem for sheet in sheets for problem in sheet.parsed.problems]
    if home.site is None:
        return Reading(None, _in_order(problems))
    newsroom, against_rules = _checked(home.site, home, sheets, files.keys())
    assets, damaged = read_assets(_wanted(newsroom, sheets), files, cache)
    problems += [*against_rules, *damaged, *_text_problems(home.site, sheets, files.keys())]
    return Reading(replace(newsroom, assets=assets), _in_order(problems))


def _read_site(files: Mapping[PurePosixPath, Found]) -> ParsedSite:
    notes = Notes(SITE)
    text = read_text(files[SITE], notes) if SITE in files else None
    if text is not None:
        return parse_site(text, SITE)
    if not notes.broken:
        fix = "write it, with name, url, language, timezone and sender"
        notes.error(None, "missing-site", "the file is missing", fix)
    return ParsedSite(None, notes.problems, NOTHING)


def _read_sheets(
    files: Mapping[PurePosixPath, Found], site: Site, folder: Path | None
) -> list[Sheet]:
    """The sheet of each file that holds a piece, from the cache while its text is the same."""
    cache = open_cache(folder, site)
    sheets = []
    for source, found in files.items():
        if (kind := _kind(source)) is None:
            continue
        notes = Notes(source)
        text = read_text(found, notes)
        if text is None:
            sheets += [unreadable(source, kind, notes)] if notes.broken else []
            continue
        known = cache.find(source, text)
        sheets.append(known or cache.keep(read_sheet(text, source, kind, site), text))
    cache.save()
    return sheets


def _kind(source: PurePosixPath) -> Kind | None:
    """The kind of piece a file holds; None when it holds none."""
    match source.parts:
        case (_, folder, name) if name.endswith(".md"):
            return _KINDS.get(folder)
        case (_, folder, _, "index.md"):
            return _KINDS.get(folder)
    return None


def _misplaced(files: Iterable[PurePosixPath]) -> Iterator[Problem]:
    """Texts that lie where no piece is looked for."""
    for source in files:
        if source.suffix.lower() not in {".md", ".markdown"} or _kind(source):
            continue
        notes = Notes(source)
        if source.suffix != ".md":
            notes.warning(None, "not-read", "the file is not read", f"name it {source.stem}.md")
        elif len(source.parts) > len(("posts", "news", "a.md")) and source.parts[1] in _KINDS:
            folder = PurePosixPath(*source.parts[:3])
            fix = f"name it {folder}/index.md, or put it in {folder.parent}/"
            notes.warning(None, "not-read", "the file is not read", fix)
        else:
            kinds = ", ".join(f"posts/{name}/" for name in _KINDS)
            fix = suggestion(source.parts[1], _KINDS, f"put it in one of {kinds}")
            notes.error(None, "no-kind", "the folder says no kind", fix)
        yield from notes.problems


def _checked(
    site: Site, home: ParsedSite, sheets: Iterable[Sheet], files: AbstractSet[PurePosixPath]
) -> tuple[Newsroom, list[Problem]]:
    """The newsroom without the pieces that break a rule, and every rule that is broken."""
    fronts = {SITE: home.front, **{sheet.source: sheet.parsed.front for sheet in sheets}}
    pieces = [sheet.parsed.piece for sheet in sheets if sheet.parsed.piece]
    broken: dict[Kind, set[str]] = defaultdict(set)
    for sheet in sheets:
        if sheet.parsed.piece is None:
            broken[sheet.kind].add(slug_of_file(sheet.source))
    found = list(breaches(arrange(site, pieces), files, broken))
    problems = [
        Problem(
            breach.source,
            fronts[breach.source].line(*breach.field),
            breach.severity,
            breach.code,
            breach.message,
            breach.fix,
        )
        for breach in found
    ]
    kept_out = {breach.source for breach in found if breach.keeps_out}
    return arrange(site, (piece for piece in pieces if piece.source not in kept_out)), problems


def _text_problems(
    site: Site, sheets: Iterable[Sheet], files: AbstractSet[PurePosixPath]
) -> Iterator[Problem]:
    """What is wrong in the texts of the pieces; none of it keeps a piece out."""
    for sheet in sheets:
        yield from sheet.findings
        if sheet.parsed.piece and sheet.linked:
            yield from broken_links(sheet.parsed.piece, sheet.linked, files, dict(site.checks))


def _wanted(
    newsroom: Newsroom, sheets: Iterable[Sheet]
) -> dict[PurePosixPath, tuple[PurePosixPath, int | None]]:
    """The files that pieces name or link to, each with the file and line that does so first."""
    wanted: dict[PurePosixPath, tuple[PurePosixPath, int | None]] = {}
    in_it = {piece.source: piece for piece in newsroom.pieces()}
    for sheet in sheets:
        if (piece := in_it.get(sheet.source)) is None:
            continue
        for field, file in named_files(piece):
            wanted.setdefault(file, (piece.source, sheet.parsed.front.line(*field)))
        for line, _, linked in sheet.linked:
            if linked and _kind(linked) is None:
                wanted.setdefault(linked, (piece.source, line))
    if newsroom.site.brand.logo:
        wanted.setdefault(PurePosixPath("posts", newsroom.site.brand.logo), (SITE, None))
    return wanted


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (str(problem.source), problem.line or 0)))
