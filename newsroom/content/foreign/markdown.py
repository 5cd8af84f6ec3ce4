"""A post of another system's Markdown folder, translated into a news item of ours."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from newsroom.content.foreign.addresses import Move, Places
from newsroom.content.foreign.header import Header, read_header, written_date
from newsroom.content.foreign.liquid import expand, old_address
from newsroom.content.foreign.pictures import LET_THROUGH, undescribed
from newsroom.content.front.notes import Notes
from newsroom.content.front.times import in_zone, read_when
from newsroom.content.kinds.sheet import date_in_name, implied_id, slug_of_file
from newsroom.content.lint.markup import Markup
from newsroom.content.lint.shape_checks import KEPT_ELEMENTS
from newsroom.content.write import Value, piece_text
from newsroom.model import Kind, Problem, Site, is_slug, slugify
from newsroom.model.saying import say

_ELEMENT = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,30})((?:\s[^<>]{0,2000})?)/?>")
_LONGEST_TAG = 60
_OLD_POST = re.compile(r"/?(\d{4})/\d{2}/\d{2}/([^/]+)/?")
_LOOSE_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})-(.+)")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file of the other system, by its path in the folder it was exported to."""

    source: PurePosixPath
    text: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A news item as we write it, or None when it cannot be one, and what was lost on the way."""

    source: PurePosixPath
    name: str  # 2018-01-25-getting-buy-in: of the file, or of the folder when files come along
    text: str | None
    assets: tuple[tuple[str, str], ...]  # path among the old assets, name beside the post
    undescribed: int  # pictures that nobody has described yet
    problems: tuple[Problem, ...]


def old_addresses(foreign: Foreign) -> tuple[str, ...]:
    """Every address that the post had, without the last slash."""
    header = Header(read_header(foreign.text, Notes(foreign.source)).fields)
    written = (*header.texts("permalink", "url"), *header.texts("redirect_from", "aliases"))
    paths = (old_address(_stem(foreign.source)), *written)
    return tuple(dict.fromkeys(f"/{path.strip('/')}" for path in paths))


def name_of(foreign: Foreign, site: Site) -> str:
    """The name of our file: its day in the site's zone, if it has one, and its slug."""
    header = Header(read_header(foreign.text, Notes(foreign.source)).fields)
    written = _date(header, foreign.source)
    slug = slugify(header.text("slug") or "") or slug_of_file(_padded(foreign.source))
    day = _day(site, written) if written else None
    return f"{day}-{slug}" if day else slug


def _padded(source: PurePosixPath) -> PurePosixPath:
    """The file with a day in its name written with two digits, as some name theirs with one."""
    dated = _LOOSE_DAY.fullmatch(source.name)
    if dated is None:
        return source
    year, month, day, rest = dated.groups()
    return source.with_name(f"{year}-{month:0>2}-{day:0>2}-{rest}")


def translate(foreign: Foreign, here: PurePosixPath, places: Places, site: Site) -> Translated:
    """The post as a file of ours that will stand at `here`. The same text gives the same file."""
    notes = Notes(foreign.source)
    front = read_header(foreign.text, notes)
    header, name = Header(front.fields), name_of(foreign, site)
    move = Move(here, places, notes)
    fields = _fields(header, foreign, name, site, notes)
    _add_picture(fields, header, move)
    _note_rest(header, notes)
    expanded = expand(front.body, front.body_line, notes)
    _note_elements(expanded, front.body_line, notes)
    body = move.lead_home(expanded, lambda _address, line: front.body_line + line)
    waiting = undescribed(fields, body)
    if waiting and "draft" not in fields:  # a draft is not on the site, described or not
        fields |= LET_THROUGH
    text = None if notes.broken else piece_text(fields, body)
    return Translated(
        foreign.source, name, text, tuple(move.names.items()), waiting, notes.problems
    )


def _fields(
    header: Header, foreign: Foreign, name: str, site: Site, notes: Notes
) -> dict[str, Value]:
    """Our fields, in the order an editor reads them."""
    slug = slug_of_file(PurePosixPath(name))
    written = _date(header, foreign.source)
    if written is None:
        message = say("the post has no date, neither in its fields nor in its name")
        notes.error(
            header.line("date"), "missing-field", message, say("write date: 2026-11-02 there")
        )
        written = "1970-01-01"
    title = header.text("title")
    if title is None:
        title = slug.replace("-", " ").capitalize()
        notes.warning(
            1,
            "missing-field",
            say('the post has no title; "{title}" was written', title=title),
            say("mend it"),
        )
    found: dict[str, Value | None] = {
        "title": title,
        "id": header.text("guid", "id", "uid")
        or implied_id(site, Kind.NEWS, _day(site, written), slug),
        "date": written,
        "author": ", ".join(header.texts("authors", "author")) or None,
        **_topics(header, site, notes),
        "summary": header.text("summary", "excerpt", "description"),
        "lang": header.text("lang", "language", "locale"),
        "updated": _other_date(header, "updated", "last_modified_at", "lastmod", "modified"),
        "expires": _other_date(header, "expires", "expiryDate", "expiry_date"),
        "aliases": _aliases(header, written, slug, notes),
    }
    fields = {key: value for key, value in found.items() if value}
    if header.flag("draft") or header.flag("published") is False:
        fields["draft"] = "true"
    return fields


def _day(site: Site, written: str) -> date | None:
    """The day of a date in the site's zone; None when it is none of our time."""
    when = read_when(written)
    try:
        return in_zone(when, site.timezone)[0].date() if when else None
    except OverflowError:
        return None


def _date(header: Header, source: PurePosixPath) -> str | None:
    """The date in the fields, else the one in the file's name."""
    texts = (text for name in ("date", "published_at") for text in header.texts(name))
    written = (written_date(text) for text in texts)
    return next(filter(None, written), None) or date_in_name(
        source.with_name(f"{_stem(source)}.md")
    )


def _other_date(header: Header, *names: str) -> str | None:
    text = header.text(*names)
    return written_date(text) if text else None


def _topics(header: Header, site: Site, notes: Notes) -> dict[str, Value]:
    """Tags; the first category that site.yaml declares stays one, the others become tags."""
    categories = header.words("category", "categories")
    declared = dict(site.categories)
    category = next((word for word in categories if word in declared), None)
    others = (word for word in categories if word != category)
    tags = []
    for tag in dict.fromkeys((*header.words("tags", "tag", "topics"), *others)):
        if slugify(tag) and len(tag) <= _LONGEST_TAG:
            tags.append(tag)
        else:
            message = say(
                'the tag "{tag}" cannot have a page and was left out', tag=tag[:_LONGEST_TAG]
            )
            notes.warning(header.line("tags"), "bad-tag", message, say("write a shorter word"))
    return {**({"category": category} if category else {}), "tags": tags}


def _aliases(header: Header, written: str, slug: str, notes: Notes) -> list[str]:
    """The slugs the post had before, where only the slug was another."""
    aliases = []
    for path in header.texts("redirect_from", "aliases"):
        old = _OLD_POST.fullmatch(path)
        if old and old[1] == written[:4] and old[2] != slug and is_slug(old[2]):
            aliases.append(old[2])
        else:
            message = say("the old address {path} cannot be written as an alias", path=path)
            notes.note(
                header.line("redirect_from"), "old-address", message, say("redirect it yourself")
            )
    return aliases


def _add_picture(fields: dict[str, Value], header: Header, move: Move) -> None:
    path = header.text("image", "featured_image", "cover")
    alt = header.text("image_alt", "image_alt_text", "featured_image_alt")
    if path is None:
        return
    asset = move.places.find_asset(path)
    if asset is None:
        message = say("the picture {path} is not among the assets and was left out", path=path)
        move.notes.warning(
            header.line("image"), "missing-file", message, say("give the folder it is in")
        )
        return
    fields["image"] = {"file": move.bring(asset), **({} if alt is None else {"alt": alt})}


def _note_rest(header: Header, notes: Notes) -> None:
    """The fields that have no meaning here."""
    for name, field in header.rest():
        shown = f' "{field.value[:60]}"' if isinstance(field.value, str) else ""
        message = say(
            "the field {name}{shown} has no place here and was left out", name=name, shown=shown
        )
        notes.note(field.line, "left-out", message, say("nothing, unless it mattered"))


def _note_elements(body: str, first_line: int, notes: Notes) -> None:
    """Raw HTML that will be taken away, whole or its looks, when a page is made; each kind once."""
    markup = Markup(body)
    told: set[str] = set()
    for match in _ELEMENT.finditer(markup.text):
        line, name = first_line + markup.line(match.start()), match[1].lower()
        if name not in KEPT_ELEMENTS:
            message = say(
                "<{name}> is kept in the text and taken away when the page is made", name=name
            )
            fix = say("write it in Markdown, or leave it out")
        elif re.search(r"\s(?:class|style)=", match[2]):
            message = say("the looks of <{name}> are taken away when the page is made", name=name)
            fix = say("nothing, unless they mattered")
        else:
            continue
        if message not in told:
            notes.note(line, "raw-html", message, fix)
        told.add(message)


def _stem(source: PurePosixPath) -> str:
    return source.parent.name if source.stem == "index" else source.stem
