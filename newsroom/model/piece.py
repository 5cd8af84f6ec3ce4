"""The pieces of the content folder: what every kind shares, and each kind's own."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath

from newsroom.model.problem import Severity
from newsroom.model.publicity import Span, Standing, standing


class Kind(StrEnum):
    """The kinds of piece. The value is the folder below `posts/`, which alone decides the kind."""

    NEWS = "news"
    EVENT = "events"
    CONTACT = "contacts"
    MEMBER = "members"
    PUBLICATION = "documents"
    ISSUE = "newsletters"
    PAGE = "pages"


@dataclass(frozen=True, slots=True)
class Image:
    """The picture of a piece. `alt` is None when it was not written, "" when decorative."""

    file: PurePosixPath  # relative to the newsroom's root
    alt: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that readers download from a piece's page."""

    file: PurePosixPath  # relative to the newsroom's root
    title: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why a piece was taken back."""

    date: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What every kind shares. A piece that exists is valid; its body is untrusted Markdown."""

    source: PurePosixPath  # relative to the newsroom's root
    body_line: int  # the line of the file that the body begins on
    id: str  # permanent: feed guid, Atom id, calendar UID, newsletter anchor
    title: str
    slug: str
    lang: str
    body: str
    aliases: tuple[str, ...] = ()  # earlier slugs
    tags: tuple[str, ...] = ()
    summary: str | None = None
    image: Image | None = None
    attachments: tuple[Attachment, ...] = ()
    contacts: tuple[str, ...] = ()  # slugs
    updated: datetime | None = None  # aware; set by the editor for a significant change
    draft: bool = False
    withdrawn: Withdrawal | None = None
    checks: tuple[tuple[str, Severity], ...] = ()  # severity by code, for this piece alone

    def span(self) -> Span:
        """From when, and until when, it is for its readers."""
        return Span()

    def standing(self, now: datetime) -> Standing:
        """Where it stands with its readers at `now` (aware)."""
        since, until = self.span().seconds()
        return standing(
            draft=self.draft,
            withdrawn=self.withdrawn is not None,
            since=since,
            until=until,
            now=now.timestamp(),
        )

    def is_public(self, now: datetime) -> bool:
        """Whether readers may see it at `now` (aware)."""
        return self.standing(now) is Standing.PUBLIC


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece was first published."""

    name: str
    url: str | None = None


class Placement(StrEnum):
    """What a post wants of the newsletter."""

    AUTO = "auto"
    LEAD = "lead"
    ALWAYS = "always"  # in each issue; any other is told once
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Piece):
    """One published news item."""

    published: datetime  # aware, in the site's zone
    author: str | None = None
    category: str | None = None  # a key of Site.categories
    event: str | None = None  # slug
    members: tuple[str, ...] = ()  # slugs of those it is about
    expires: datetime | None = None
    placement: Placement = Placement.AUTO
    origin: Source | None = None

    def span(self) -> Span:
        """A post is public from its date until it expires."""
        return Span(self.published, self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Piece):
    """A person. `title` is the person's name."""

    role: str | None = None
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
    photo: Image | None = None
    groups: tuple[str, ...] = ()
    party: str | None = None
    order: int = 0
    until: datetime | None = None  # aware: the end of the last day of the task
    verified: date | None = None

    def span(self) -> Span:
        """A person is shown for as long as the task lasts."""
        return Span(until=self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Piece):
    """An organisation that belongs to the network."""

    type: str | None = None  # kommun, region, …
    joined: date | None = None
    left: date | None = None
    url: str | None = None
    logo: Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Piece):
    """A report, manual or paper: a file with a card beside it."""

    file: PurePosixPath  # relative to the newsroom's root
    published: datetime  # aware
    author: str | None = None
    members: tuple[str, ...] = ()  # slugs of those it is about

    def span(self) -> Span:
        """A publication is public from its date."""
        return Span(self.published)


@dataclass(frozen=True, slots=True)
class Covers:
    """The span an issue tells about, both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Audience:
    """Which subscribers an issue is for; empty means everyone."""

    lang: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teaser:
    """Other words for a post in one issue; None: those of the post."""

    story: str  # slug of the post
    title: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Piece):
    """One number of the newsletter. `body` is the introduction; `slug` is its name."""

    number: int | None = None
    period: str | None = None  # "våren 2026"
    published: datetime | None = None  # `date`: when it was, or is to be, sent
    subject: str | None = None  # None: the title
    preheader: str | None = None
    covers: Covers | None = None
    lead: str | None = None  # slug of a post
    stories: tuple[str, ...] = ()  # slugs, in order
    events: tuple[str, ...] = ()
    teasers: tuple[Teaser, ...] = ()
    audience: Audience = Audience()

    def told(self, post: Post) -> Post:
        """The post in the words that this issue has for it."""
        for teaser in self.teasers:
            if teaser.story == post.slug:
                title, summary = teaser.title or post.title, teaser.summary or post.summary
                return replace(post, title=title, summary=summary)
        return post

    def span(self) -> Span:
        """An issue is on the web from its date, or at once when it has none."""
        return Span(self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Piece):
    """A standing page: about, working groups, press."""

    menu: str | None = None  # the words in the menu; None: not in the menu
    order: int = 0
