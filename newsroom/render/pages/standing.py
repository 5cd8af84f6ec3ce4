"""Pages that stand: the editors' own, and those every site must have."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.model import Accessibility, Page
from newsroom.render.pages.leaf import Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Person, Picture, Prose


@dataclass(frozen=True, slots=True)
class PageView:
    """One standing page."""

    page: Page
    prose: Prose
    picture: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """What the accessibility statement says."""

    statement: Accessibility


def standing_leaves(library: Library) -> Iterator[Leaf]:
    """The editors' pages, then subscribe, accessibility, privacy and the page not found."""
    for page in library.public.pages:
        view = PageView(
            page=page,
            prose=library.prose(page.body, page.source),
            picture=library.picture(page.image),
            files=library.files(page.attachments),
            contacts=library.people(page.contacts),
        )
        yield Leaf(library.addresses.piece(page), "site/page.html", view, page.updated)
    section = library.addresses.section
    statement = library.site.accessibility
    yield Leaf(section("subscribe"), "site/subscribe.html", None)
    yield Leaf(
        section("accessibility"),
        "site/accessibility.html",
        StatementView(statement),
        statement.assessed,
    )
    yield Leaf(section("privacy"), "site/privacy.html", None)
    yield Leaf("404.html", "site/404.html", None, listed=False)
