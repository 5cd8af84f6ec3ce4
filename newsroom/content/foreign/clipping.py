"""A piece of another system as any of them may give it, made into a file of ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from newsroom.content.foreign.addresses import Move, Places
from newsroom.content.foreign.from_html import frames_in, left_out_of, to_markdown
from newsroom.content.foreign.markdown import Translated
from newsroom.content.foreign.pictures import LET_THROUGH, undescribed
from newsroom.content.front.notes import Notes
from newsroom.content.kinds.sheet import implied_id, slug_of_file
from newsroom.content.write import Value, piece_text
from newsroom.model import Kind, Problem, Severity, Site, slugify
from newsroom.model.saying import Saying, say

_ID = re.compile(r"\S{1,300}")  # as many as the ledger keeps of one
_LONGEST_TAG, _LONGEST_SLUG = 60, 80
_FOLDERS = {Kind.NEWS: PurePosixPath("posts/news"), Kind.PAGE: PurePosixPath("posts/pages")}


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a piece as it stands in an export."""

    text: str
    line: int  # on which it begins

    def line_of(self, what: str) -> int | None:
        """The line on which something stands first; None when it stands there in other letters."""
        at = max(self.text.find(what), self.text.find(escape(what)))
        return None if at < 0 else self.line + self.text.count("\n", 0, at)


@dataclass(frozen=True, slots=True)
class ClippingRemark:
    """What a person should know of a piece."""

    words: Saying
    line: int | None = None  # in the export; None: that of the piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """A piece of another system."""

    source: PurePosixPath  # the export, for messages
    line: int | None  # where in it the piece begins
    kind: Kind  # NEWS or PAGE
    key: str | None  # its guid: what feed readers know it by
    title: str
    html: str
    slug: str = ""
    published: datetime | None = None  # aware, or civil time of the site's zone
    updated: datetime | None = None
    address: str | None = None  # where it was
    author: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str | None = None
    picture: str | None = None  # the address of the one above the text
    draft: bool = False
    remarks: tuple[ClippingRemark, ...] = ()
    written: Written | None = None  # None where the export tells no lines

    def line_of(self, address: str) -> int | None:
        """The line of the export on which an address stands, else that of the piece."""
        if self.written is None:
            return self.line
        end = address.rstrip("/").rpartition("/")[2]  # it may have been written in another way
        return self.written.line_of(address) or self.written.line_of(end) or self.line


@dataclass(frozen=True, slots=True)
class Export:
    """What an export of another system holds."""

    clippings: tuple[Clipping, ...]
    old_site: str | None
    left: Mapping[str, int]  # what has no place here, by its name, and how many there were
    file_hosts: frozenset[str] = frozenset()  # that had its pictures and documents


def home_of(clipping: Clipping, zone: ZoneInfo) -> PurePosixPath:
    """The name of its file, without `.md`: `posts/news/2010-10-05-slug`."""
    words = (unquote(clipping.slug), clipping.title, clipping.kind.value)
    slugs = (slugify(each)[:_LONGEST_SLUG].strip("-") for each in words)
    slug = next(filter(None, slugs))
    if clipping.kind is not Kind.NEWS or clipping.published is None:
        return _FOLDERS[clipping.kind] / slug
    return _FOLDERS[Kind.NEWS] / f"{_local(clipping.published, zone):%Y-%m-%d}-{slug}"


def translate(clipping: Clipping, here: PurePosixPath, places: Places, site: Site) -> Translated:
    """The piece as a file of ours at `here`. The same piece gives the same file, id included.

    Its id is its guid, so that who follows the feed sees nothing old as new.
    """
    notes = Notes(clipping.source)
    name = here.parent.name if here.name == "index.md" else here.stem
    for remark in clipping.remarks:
        line = remark.line or clipping.line
        notes.note(line, "import", remark.words, say("look at {file}", file=here))
    if clipping.kind is Kind.NEWS and clipping.published is None:
        _tell_undated(clipping, notes)
        return Translated(clipping.source, name, None, (), 0, notes.problems)
    move = Move(here, places, notes)
    fields = _fields(clipping, name, site, notes)
    _add_picture(fields, clipping, move)
    _note_html(clipping, here, notes)
    markdown = to_markdown(clipping.html)
    body = move.lead_home(markdown, lambda address, _line: clipping.line_of(address))
    waiting = undescribed(fields, body)
    if waiting and "draft" not in fields:  # a draft is not on the site, described or not
        fields |= LET_THROUGH
    text = None if notes.broken else piece_text(fields, body)
    problems = _each_once(notes.problems)
    return Translated(clipping.source, name, text, tuple(move.names.items()), waiting, problems)


def _tell_undated(clipping: Clipping, notes: Notes) -> None:
    message = say('"{title}" has no date, and was left out', title=clipping.title)
    notes.error(clipping.line, "missing-field", message, say("give it one there"))


def _note_html(clipping: Clipping, here: PurePosixPath, notes: Notes) -> None:
    """What becomes of the parts of a page that no text has."""
    fix = say("look at {file}", file=here)
    for frame in frames_in(clipping.html):
        message = say("a film or frame became a link: {address}", address=frame)
        notes.note(clipping.line_of(frame), "import", message, fix)
    for name in left_out_of(clipping.html):
        message = say("<{name}> means nothing here and was left out", name=name)
        notes.note(clipping.line_of(f"<{name}"), "import", message, fix)


def _fields(clipping: Clipping, name: str, site: Site, notes: Notes) -> dict[str, Value]:
    """Our fields, in the order an editor reads them."""
    zone, published = site.timezone, clipping.published
    day = _local(published, zone).date() if published else None
    category, others = _category(clipping, site)
    found: dict[str, Value | None] = {
        "title": clipping.title or _title(name, clipping, notes),
        "id": _id(clipping) or implied_id(site, clipping.kind, day, name),
        "date": _written(published, zone) if published and clipping.kind is Kind.NEWS else None,
        "author": clipping.author if clipping.kind is Kind.NEWS else None,
        "category": category,
        "tags": _tags((*clipping.tags, *others), clipping, notes),
        "summary": clipping.summary,
        "updated": _written(clipping.updated, zone) if clipping.updated else None,
        "draft": "true" if clipping.draft else None,
    }
    return {field: value for field, value in found.items() if value}


def _title(name: str, clipping: Clipping, notes: Notes) -> str:
    """A title for what has none, from its slug."""
    title = slug_of_file(PurePosixPath(name)).replace("-", " ").capitalize()
    message = say('the post has no title; "{title}" was written', title=title)
    notes.warning(clipping.line, "missing-field", message, say("mend it"))
    return title


def _id(clipping: Clipping) -> str | None:
    """The guid, where the ledger and the feeds can keep it letter for letter."""
    return clipping.key if clipping.key and _ID.fullmatch(clipping.key) else None


def _category(clipping: Clipping, site: Site) -> tuple[str | None, tuple[str, ...]]:
    """The first category that site.yaml declares, by its key or its words; the others as topics."""
    declared = {slugify(word): key for key, words in site.categories for word in (key, words)}
    known = next((one for one in clipping.categories if slugify(one) in declared), None)
    if known is None or clipping.kind is not Kind.NEWS:
        return None, clipping.categories
    return declared[slugify(known)], tuple(one for one in clipping.categories if one != known)


def _tags(words: Iterable[str], clipping: Clipping, notes: Notes) -> list[str]:
    tags: dict[str, str] = {}
    for word in words:
        slug = slugify(word)
        if slug and len(word) <= _LONGEST_TAG:
            tags.setdefault(slug, word)
        else:
            message = say(
                'the tag "{tag}" cannot have a page and was left out', tag=word[:_LONGEST_TAG]
            )
            notes.warning(clipping.line, "bad-tag", message, say("write a shorter word"))
    return list(tags.values())


def _add_picture(fields: dict[str, Value], clipping: Clipping, move: Move) -> None:
    if clipping.picture is None:
        return
    asset = move.places.find_asset(clipping.picture)
    if asset is not None:
        fields["image"] = {"file": move.bring(asset)}
        return
    message = say(
        "the picture {path} is not among the assets and was left out", path=clipping.picture
    )
    fix = say("give the folder it is in")
    move.notes.warning(clipping.line, "missing-file", message, fix)


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first; what is told of one piece in the same words is told once."""
    order = tuple(Severity)
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: order.index(one.severity)))


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _written(moment: datetime, zone: ZoneInfo) -> str:
    """A time as editors write it: on the site's own clock, with its offset where it had one."""
    local = _local(moment, zone)
    return f"{local:%Y-%m-%dT%H:%M:%S}" if moment.tzinfo is None else local.isoformat()
