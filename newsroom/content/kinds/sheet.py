"""The fields that every kind of piece shares, read from one file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TypedDict
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from newsroom.content.front.fields import Fields
from newsroom.content.front.front_matter import FrontMatter
from newsroom.content.front.notes import Notes, quoted
from newsroom.content.lint.codes import read_checks
from newsroom.content.write import as_yaml
from newsroom.model import Attachment, Image, Kind, Severity, Site, Withdrawal, slugify
from newsroom.model.saying import Saying, joined, say

_DATED = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})-(?P<rest>.+)")
_ID = re.compile(r"\S{1,300}")  # as many as the ledger keeps of one
_LONGEST_TAG = 60


class Shared(TypedDict):
    """What every kind of piece is made with."""

    source: PurePosixPath
    body_line: int
    id: str
    title: str
    slug: str
    lang: str
    body: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str | None
    image: Image | None
    attachments: tuple[Attachment, ...]
    contacts: tuple[str, ...]
    updated: datetime | None
    draft: bool
    withdrawn: Withdrawal | None
    checks: tuple[tuple[str, Severity], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a parser reads a piece from."""

    source: PurePosixPath
    kind: Kind
    front: FrontMatter
    fields: Fields
    notes: Notes
    site: Site

    def shared(self, day: date | None = None, title: str = "title") -> Shared:
        """The fields that every kind has. `day` is the piece's own date, in the site's zone."""
        fields = self.fields
        first_slug = slug_of_file(self.source)
        return Shared(
            source=self.source,
            body_line=self.front.body_line,
            title=fields.required(title, "…"),
            id=self._id(day, first_slug),
            slug=fields.slug("slug", first_slug) or self._file_slug(first_slug),
            lang=fields.lang("lang", self.site.language),
            body=self.front.body,
            aliases=fields.slugs("aliases"),
            tags=self._tags(),
            summary=fields.text("summary"),
            image=self.image("image"),
            attachments=self._attachments(),
            contacts=fields.slugs("contacts"),
            updated=fields.moment("updated"),
            draft=fields.flag("draft"),
            withdrawn=self._withdrawn(),
            checks=read_checks(fields),
        )

    def image(self, name: str) -> Image | None:
        """A picture with its description, which may be left out or be empty."""
        fields = self.fields.nested(
            name, _picture(name, say("picture.jpg")), lambda text: _picture(name, as_yaml(text))
        )
        if fields is None:
            return None
        fields.required("file", say("picture.jpg"))
        return Image(fields.path("file") or self.source, fields.words("alt"))

    def _id(self, day: date | None, slug: str) -> str:
        written = self.fields.text("id")
        if written is None:
            return implied_id(self.site, self.kind, day and self._first_day(day), slug)
        if not _ID.fullmatch(written):
            message = say("id {written} holds spaces or is too long", written=quoted(written))
            fix = say("write one word, or take the line away")
            self.fields.error("id", "bad-id", message, fix)
        return written

    def _first_day(self, day: date) -> date:
        """The day in the file's name, which stays when a piece gets another; else its own."""
        try:
            return date.fromisoformat(date_in_name(self.source) or "")
        except ValueError:
            return day

    def _file_slug(self, slug: str) -> str:
        if not slug:
            message = say(
                "the file's name {written} gives no address", written=quoted(self.source.name)
            )
            fix = say("name it with letters a–z, or write slug: …")
            self.notes.error(1, "bad-slug", message, fix)
        return slug

    def _tags(self) -> tuple[str, ...]:
        tags = self.fields.texts("tags")
        for tag in tags:
            if not slugify(tag) or len(tag) > _LONGEST_TAG:
                message = say("tag {tag} cannot have a page of its own", tag=quoted(tag))
                fix = say("write a word of at most {count} letters", count=_LONGEST_TAG)
                self.fields.error("tags", "bad-tag", message, fix)
        return tuple(dict.fromkeys(tags))

    def _attachments(self) -> tuple[Attachment, ...]:
        example = _attached([say("report.pdf")])
        return tuple(
            Attachment(
                file=item.path("file") or self.source,
                title=item.required("title", say("The report")),
            )
            for item in self.fields.nested_list("attachments", example, _attached)
            if item.required("file", say("report.pdf"))
        )

    def _withdrawn(self) -> Withdrawal | None:
        fields = self.fields.nested("withdrawn", "withdrawn: {date: 2026-11-02, reason: …}")
        if fields is None:
            return None
        day = fields.required_moment("date", "2026-11-02").date()
        return Withdrawal(day, fields.required("reason", say("why it was taken back")))


def _picture(name: str, file: str) -> Saying:
    """The line of a picture that is in `file`."""
    return say('{name}: {{file: {file}, alt: "what it shows"}}', name=name, file=file)


def _attached(files: Sequence[str]) -> Saying:
    """The line of these files."""
    each = [
        say("{{file: {file}, title: {title}}}", file=file, title=say("The report"))
        for file in files
    ]
    return joined("", ["attachments: [", joined(", ", each), "]"])


def slug_of_file(source: PurePosixPath) -> str:
    """The slug that a file's name gives: `2026-04-12-eu-valet.md`, `…/eu-valet/index.md`."""
    name = _name(source)
    dated = _DATED.fullmatch(name)
    return slugify(dated["rest"] if dated else name)


def date_in_name(source: PurePosixPath) -> str | None:
    """The date that a file's name begins with, as written there."""
    dated = _DATED.fullmatch(_name(source))
    return dated["day"] if dated else None


def implied_id(site: Site, kind: Kind, day: date | None, slug: str) -> str:
    """The id of a piece that has none written: a tag URI of its day (RFC 4151) and first slug.

    What has no day of its own gets a UUID of its first address instead (RFC 9562, version 5).
    """
    if day is None:
        return uuid5(NAMESPACE_URL, f"{site.first_url}/{kind.value}/{slug}").urn
    host = (urlsplit(site.first_url).hostname or "").encode("idna").decode("ascii")
    place = slug if kind is Kind.NEWS else f"{kind.value}/{slug}"
    return f"tag:{host},{day}:{place}"


def _name(source: PurePosixPath) -> str:
    return source.parent.name if source.name == "index.md" else source.stem
