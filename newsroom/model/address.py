"""Where each thing is on the site: one rule for pages, feeds, mails and `explain`."""

from collections.abc import Mapping
from dataclasses import dataclass

from newsroom.model.card import Card
from newsroom.model.event import Event
from newsroom.model.newsroom import Asset
from newsroom.model.piece import (
    Contact,
    Issue,
    Member,
    Page,
    Piece,
    Post,
    Publication,
)
from newsroom.model.site import Site
from newsroom.model.slug import slugify

_WORDS = {
    "sv": {
        "news": "nyheter",
        "tags": "amnen",
        "events": "kalender",
        "contacts": "kontakt",
        "members": "medlemmar",
        "publications": "dokument",
        "issues": "nyhetsbrev",
        "subscribe": "prenumerera",
        "confirm": "bekrafta",
        "leave": "avsluta",
        "my_data": "mina-uppgifter",
        "review": "granska",
        "accessibility": "tillganglighet",
        "privacy": "integritet",
        "search": "sok",
        "files": "filer",
        "pictures": "bilder",
    },
    "en": {
        "news": "news",
        "tags": "topics",
        "events": "calendar",
        "contacts": "contact",
        "members": "members",
        "publications": "documents",
        "issues": "newsletter",
        "subscribe": "subscribe",
        "confirm": "confirm",
        "leave": "leave",
        "my_data": "my-data",
        "review": "review",
        "accessibility": "accessibility",
        "privacy": "privacy",
        "search": "search",
        "files": "files",
        "pictures": "pictures",
    },
}
SECTIONS = tuple(_WORDS["en"])
OTHER_FOLDERS = ("archive", "embed", "u")  # that the site has beside its sections
# A digit of every picture's address, from 0 to f: another recipe gives other bytes, and what is
# kept for ever by browsers must then have another address.
RECIPE = "1"


def path_words(language: str) -> Mapping[str, str]:
    """The path word of each section in a language; English ones where there are none of its own."""
    return _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])


def parted(address: str) -> tuple[str, str]:
    """The folder that a piece's page stands in, and its slug: `nyheter/2026/`, `eu-valet`."""
    home, slash, slug = address.rstrip("/").rpartition("/")
    return home + slash, slug.removeprefix("#")


def slug_at(address: str) -> str:
    """The slug that the address of a piece ends in."""
    return parted(address)[1]


def moved_to(address: str, slug: str) -> str:
    """Where the page of a piece would be if this were its slug."""
    return f"{parted(address)[0]}{slug}/"


def section_word(address: str) -> str:
    """What an address begins with: the word of its section."""
    return address.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site. Paths are relative to its root; folders end with a slash."""

    site: Site

    def word(self, section: str) -> str:
        """The path word of a section, in the site's language unless site.yaml replaces it."""
        words = path_words(self.site.language)
        return dict(self.site.path_words).get(section, words[section])

    def section(self, section: str) -> str:
        """The front of a section: `nyheter/`."""
        return f"{self.word(section)}/"

    def archive(self, year: int, month: int | None = None) -> str:
        """The archive of a year, or of one month of it: `nyheter/2026/04/`."""
        year_path = f"{self.section('news')}{year:04}/"
        return year_path if month is None else f"{year_path}{month:02}/"

    def tag(self, tag: str) -> str:
        """The page of a tag: `amnen/folkhalsa/`."""
        return f"{self.section('tags')}{slugify(tag)}/"

    def piece(self, piece: Piece) -> str:
        """The page of a piece; contacts have one page together, so theirs ends in an anchor."""
        match piece:
            case Post(published=published, slug=slug):
                return f"{self.archive(published.year)}{slug}/"
            case Event(slug=slug):
                return f"{self.section('events')}{slug}/"
            case Contact(slug=slug):
                return f"{self.section('contacts')}#{slug}"
            case Member(slug=slug):
                return f"{self.section('members')}{slug}/"
            case Publication(slug=slug):
                return f"{self.section('publications')}{slug}/"
            case Issue(slug=slug):
                return f"{self.section('issues')}{slug}/"
            case Page(slug=slug):
                return f"{slug}/"
            case _:
                raise TypeError(f"no address is known for a {type(piece).__name__}")

    def event_calendar(self, event: Event | Card) -> str:
        """The calendar file of one event: `kalender/hostkonferens.ics`."""
        return f"{self.section('events')}{event.slug}.ics"

    def alias(self, piece: Piece, alias: str) -> str:
        """Where a piece was when `alias` was its slug."""
        return moved_to(self.piece(piece), alias)

    def asset(self, asset: Asset) -> str:
        """Where a file of the content folder is.

        Pictures stand by content, since they change with their page; documents by name, since
        others link to them and a correction must not move them. A picture's other widths stand
        beside it.
        """
        if asset.media_type.startswith("image/"):
            name = f"{asset.source.stem}{asset.source.suffix.lower()}"
            return f"{self.section('pictures')}{asset.digest[:11]}{RECIPE}/{name}"
        return f"{self.section('files')}{asset.source.relative_to('posts')}"

    def url(self, path: str) -> str:
        """The absolute address of a path on the site."""
        return f"{self.site.url}/{path}"

    def confirm(self, token: str) -> str:
        """The page with the button that confirms a sign-up."""
        return f"{self.section('confirm')}{token}"

    def leave(self, token: str) -> str:
        """The page with the button that ends a subscription: the link in the mail's body."""
        return f"{self.section('leave')}{token}"

    def review(self, issue: str, token: str) -> str:
        """The page on which one approver looks at an issue and says yes."""
        return f"{self.section('review')}{issue}/{token}"

    def deadlines(self, token: str) -> str:
        """One approver's own calendar of the days of the issues to come."""
        return f"{self.section('review')}{token}.ics"

    def my_data(self, token: str) -> str:
        """The page where a reader sees and changes what is kept about them."""
        return f"{self.section('my_data')}{token}"

    def one_click(self, token: str) -> str:
        """The address mail programs post to (RFC 8058, section 3.1); never shown to readers."""
        return f"u/{token}"
