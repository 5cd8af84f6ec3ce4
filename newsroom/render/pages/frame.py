"""What surrounds every page: the name, the menu, the feeds, the footer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

from newsroom.model import (
    SECTIONS,
    Addresses,
    ConfirmBy,
    Deploy,
    Newsroom,
    Page,
    Review,
    Sending,
    Site,
)
from newsroom.model.digest import digest_of
from newsroom.model.feed_format import FORMATS
from newsroom.model.filing import shelf_of
from newsroom.render.pages.parts import Picture
from newsroom.render.words import Words

_USUAL_MENU = ("news", "events", "publications", "members", "contacts")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that programs can find from the page (autodiscovery)."""

    title: str
    media_type: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The surroundings of a page, and the way from addresses to links.

    It is an input of every page, so its `repr` is a digest worked out once.
    """

    site: Site = field(repr=False)
    menu: tuple[MenuItem, ...] = field(repr=False)
    feeds: tuple[FeedLink, ...] = field(repr=False)
    sections: tuple[str, ...] = field(repr=False)  # those that have a page
    logo: Picture | None = field(repr=False)
    style: str = field(repr=False)  # the style sheet's address
    preview: bool = field(repr=False)
    base: str = field(repr=False)  # the path of the site: "/", or "/prefix/"
    fronts: Mapping[str, str] = field(repr=False)  # the address of each section's front
    digest: str

    def printed_on(self, template: str) -> bytes:
        """A digest of what a template shows around any view."""
        return _printed_on(self.digest, template)

    @property
    def addresses(self) -> Addresses:
        """Where each thing is."""
        return Addresses(self.site)

    def link(self, address: str) -> str:
        """The link from a page of the site to an address on it."""
        return self.base + address

    def url(self, address: str) -> str:
        """The absolute address, for machines elsewhere."""
        return self.addresses.url(address)

    def section(self, section: str) -> str:
        """The link to the front of a section."""
        return self.base + self.fronts[section]

    def marks(self, here: str) -> tuple[tuple[str, str], ...]:
        """The addresses of the menu that a page is at, or below, each with its `aria-current`."""
        menu = tuple(
            (item.address, "page" if here == item.address else "true")
            for item in self.menu
            if here.startswith(item.address)
        )
        beside = (self.fronts["search"], self.fronts["subscribe"])
        return menu + tuple((address, "page") for address in beside if here == address)

    def lang(self, lang: str) -> Markup:
        """The `lang` attribute of a piece in another language than the page; else nothing."""
        return Markup("") if lang == self.site.language else Markup(' lang="{}"').format(lang)


@cache
def _printed_on(frame: str, template: str) -> bytes:
    return digest_of(frame, template)


def make_frame(
    newsroom: Newsroom, *, logo: Picture | None, style: str, preview: bool = False
) -> Frame:
    """The frame of what readers may see now; a section without pieces has no place in it."""
    site = shown(newsroom.site)
    sections = sections_of(newsroom)
    menu = tuple(_menu(newsroom, sections))
    feeds = tuple(_feeds(newsroom))
    everything = repr((site, menu, feeds, sections, logo, style, preview))
    return Frame(
        site=site,
        menu=menu,
        feeds=feeds,
        sections=sections,
        logo=logo,
        style=style,
        preview=preview,
        base=f"{urlsplit(site.url).path}/",
        fronts={section: Addresses(site).section(section) for section in SECTIONS},
        digest=sha256(everything.encode()).hexdigest(),
    )


def shown(site: Site) -> Site:
    """The site without what no page shows, so that a new sending pace leaves every page alone."""
    sober = replace(site, sending=Sending(), checks=(), deploy=Deploy())
    return replace(sober, approvers=(), review=Review(), confirm=ConfirmBy.BUTTON)


def sections_of(newsroom: Newsroom) -> tuple[str, ...]:
    """The sections that have something to show."""
    tagged = any(
        card.tags
        for kind in (newsroom.posts, newsroom.events, newsroom.publications)
        for card in shelf_of(kind, newsroom.site).cards
    )
    filled = {
        "news": newsroom.posts,
        "tags": tagged,
        "events": newsroom.events,
        "contacts": newsroom.contacts,
        "members": newsroom.members,
        "publications": newsroom.publications,
        "issues": newsroom.issues,
    }
    always = ("subscribe", "search", "accessibility", "privacy")
    return (*(section for section, pieces in filled.items() if pieces), *always)


def section_words(words: Words) -> dict[str, str]:
    """What each section is called."""
    _ = words.gettext
    return {
        "news": _("News"),
        "tags": _("Topics"),
        "events": _("Calendar"),
        "contacts": _("Contact"),
        "members": _("Members"),
        "publications": _("Documents"),
        "issues": _("Newsletter"),
        "subscribe": _("Subscribe"),
        "accessibility": _("Accessibility"),
        "privacy": _("Privacy"),
        "search": _("Search"),
    }


def _menu(newsroom: Newsroom, sections: tuple[str, ...]) -> list[MenuItem]:
    """The entries of site.yaml that exist; without any there, the usual ones."""
    addresses = Addresses(newsroom.site)
    labels = section_words(Words(newsroom.site.language))
    known = {
        addresses.word(section): MenuItem(labels[section], addresses.section(section))
        for section in sections
        if section not in {"subscribe", "search"}  # they have a place of their own beside it
    }
    known |= {page.slug: _entry(page, addresses) for page in newsroom.pages}
    wanted = newsroom.site.menu or (
        *(addresses.word(section) for section in _USUAL_MENU),
        *(page.slug for page in newsroom.pages if page.menu),
    )
    return [known[name] for name in wanted if name in known]


def _entry(page: Page, addresses: Addresses) -> MenuItem:
    return MenuItem(page.menu or page.title, addresses.piece(page))


def _feeds(newsroom: Newsroom) -> list[FeedLink]:
    name = newsroom.site.name
    return [
        FeedLink(f"{name} ({one.label})" if one.label else name, one.media_type, one.path)
        for one in FORMATS
    ]
