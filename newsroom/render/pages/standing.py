"""The standing pages: the editors' own, and privacy, accessibility, subscribe."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.model import Page
from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Person, Picture, Prose, Teaser

_NEWEST = 5  # posts on the page for those who are lost


@dataclass(frozen=True, slots=True)
class PageView:
    """One standing page."""

    page: Page
    prose: Prose
    picture: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class LostView:
    """What may help a reader whose page is not there."""

    newest: tuple[Teaser, ...]


def standing_leaves(library: Library) -> Iterator[Leaf]:
    """The editors' pages, then subscribe, accessibility, privacy and the page not found."""
    for page in library.public.pages:
        view = PageView(
            page=page,
            prose=library.cutter.prose(page.body, page.source),
            picture=library.cutter.picture(page.image),
            files=library.cutter.files(page.attachments),
            contacts=library.cutter.people(page.contacts),
        )
        yield Leaf(library.addresses.piece(page), "site/page.html", view, page.updated)
    section = library.addresses.section
    yield Leaf(section("subscribe"), "site/subscribe.html", None)
    statement = library.site.accessibility
    changed = statement.updated or statement.assessed
    yield Leaf(section("accessibility"), "site/accessibility.html", None, changed)
    yield Leaf(section("privacy"), "site/privacy.html", None)
    yield _lost(library)


def _lost(library: Library) -> Leaf:
    """The page not found, with the way on."""
    cards = library.posts.cards[:_NEWEST]
    digest = digest_of(*map(library.digests.face, cards))
    view = Late(digest, lambda: LostView(library.cutter.teasers(cards)))
    return Leaf("404.html", "site/404.html", view, listed=False)
