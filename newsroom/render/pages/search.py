"""The search page: ways to everything, and a field where the browser can search."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from newsroom.model import Addresses
from newsroom.model.digest import digest_of
from newsroom.render.page import Page
from newsroom.render.pages.archive import counted_tags
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Named, Teaser
from newsroom.render.templates import Templates

_NEWEST = 10
_SCRIPT = "site/search.js"


@dataclass(frozen=True, slots=True)
class SearchView:
    """The newest posts, and the years and topics behind them."""

    newest: tuple[Teaser, ...]
    years: tuple[tuple[int, int], ...]  # (year, number of posts), newest first
    tags: tuple[tuple[Named, int], ...]


def search_leaves(library: Library) -> Iterator[Leaf]:
    """The search page, which every site has. Search engines have no use for it."""
    cards = library.posts.cards
    years = tuple(
        (year, len(tuple(group))) for year, group in groupby(cards, lambda card: card.month // 100)
    )
    tags, newest = counted_tags(library), cards[:_NEWEST]
    digest = digest_of(repr((years, tags)), *map(library.digests.face, newest))
    view = Late(digest, lambda: SearchView(library.cutter.teasers(newest), years, tags))
    yield Leaf(library.addresses.section("search"), "site/search.html", view, listed=False)


def search_script(addresses: Addresses, templates: Templates) -> Page:
    """The one script of the site, which only the search page has."""
    text = templates.text(_SCRIPT)
    return Page(f"{addresses.section('search')}search.js", (text,), text.encode)
