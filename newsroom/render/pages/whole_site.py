"""The whole site: every page and file of it, each with its inputs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter

from newsroom.model import Asset, Newsroom
from newsroom.model.digest import digest_of
from newsroom.render.bundles import Bundle, bundles
from newsroom.render.look.style import style_sheet
from newsroom.render.metadata import event_data, issue_data, picture_tags, post_data
from newsroom.render.page import Page
from newsroom.render.pages.archive import news_leaves, tag_leaves
from newsroom.render.pages.embed import embed_leaf
from newsroom.render.pages.events import event_leaves
from newsroom.render.pages.frame import Frame, make_frame
from newsroom.render.pages.front import front_leaf
from newsroom.render.pages.issues import issue_leaves
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.moved import MovedView, WithdrawnView, moved_leaves, withdrawn_leaves
from newsroom.render.pages.people import member_leaves, people_leaves
from newsroom.render.pages.posts import post_leaves
from newsroom.render.pages.publications import publication_leaves
from newsroom.render.pages.search import search_leaves, search_script
from newsroom.render.pages.standing import standing_leaves
from newsroom.render.pages.streams import beside, calendars, feeds
from newsroom.render.pictures.icon import icon
from newsroom.render.redirects import redirect_pages
from newsroom.render.sitemap import robots, sitemaps
from newsroom.render.templates import Templates
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.rendered import Rendered
from newsroom.render.words import Words

_SECTIONS = (
    front_leaf,
    post_leaves,
    news_leaves,
    tag_leaves,
    event_leaves,
    people_leaves,
    member_leaves,
    publication_leaves,
    issue_leaves,
    standing_leaves,
    search_leaves,
    withdrawn_leaves,
    moved_leaves,
    embed_leaf,
)


@dataclass(frozen=True, slots=True)
class WholeSite:
    """Everything that the site is to hold."""

    pages: tuple[Page, ...]  # in the order of their paths
    shown: tuple[Asset, ...]  # files of the folder that pages show or link to
    offered: tuple[Asset, ...]  # those that readers are to save as they are
    searched: tuple[Bundle, ...]  # pages that readers can search


def plan(
    newsroom: Newsroom,
    now: datetime,
    templates: Templates,
    *,
    rendered: Callable[[str], Rendered] = render_markdown,
    preview: bool = False,
) -> WholeSite:
    """The site as readers may see it at `now`.

    `rendered` gives the rendering of a text from where it is kept. A preview says so on each page
    and asks search engines to stay away.
    """
    library = Library(newsroom, now, rendered)
    surroundings = _frame(library, templates, preview=preview)
    leaves = _leaves(library)
    streams = (*feeds(library), *calendars(library))
    made = [_print(leaf, surroundings, templates) for leaf in leaves]
    made += [
        style_sheet(library.site.brand, templates),
        *(() if surroundings.logo else (icon(library.site, templates),)),
        search_script(library.addresses, templates),
        *streams,
        *sitemaps(surroundings, leaves),
        *_redirects(leaves, streams, surroundings),
        robots(surroundings),
    ]
    pages = tuple(sorted(made, key=attrgetter("path")))
    return WholeSite(pages, library.assets_shown(), library.assets_offered(), bundles(library))


def post_page(
    newsroom: Newsroom, now: datetime, templates: Templates, source: str, *, preview: bool = False
) -> Page | None:
    """The page of one post as `plan` has it, for whoever cannot wait for the others."""
    library = Library(newsroom, now)
    for card, leaf in zip(library.posts.cards, post_leaves(library), strict=True):
        if card.source == source:
            return _print(leaf, _frame(library, templates, preview=preview), templates)
    return None


def frame(newsroom: Newsroom, now: datetime, templates: Templates) -> Frame:
    """What surrounds every page at `now`: also of those that the web process makes."""
    return _frame(Library(newsroom, now), templates)


def _frame(library: Library, templates: Templates, *, preview: bool = False) -> Frame:
    """The style sheet's address changes with what it is made from, so that browsers may keep it."""
    made_from = repr(style_sheet(library.site.brand, templates).inputs)
    address = f"style.css?v={digest_of(made_from).hex()[:8]}"
    return make_frame(library.public, logo=library.cutter.logo(), style=address, preview=preview)


def _leaves(library: Library) -> tuple[Leaf, ...]:
    """Every page; an address that two would take is the first one's."""
    taken: dict[str, Leaf] = {}
    for section in _SECTIONS:
        for leaf in section(library):
            taken.setdefault(leaf.path, leaf)
    return tuple(taken.values())


def _redirects(leaves: Iterable[Leaf], streams: Iterable[Page], frame: Frame) -> tuple[Page, ...]:
    """What servers are told of earlier addresses that no other page has taken since.

    Who subscribes to the calendar of an event, or follows a member, follows it to its new address.
    """
    there, addresses = {page.path for page in streams}, frame.addresses
    moved, gone = [], []
    for leaf in leaves:
        if isinstance(leaf.view, MovedView):
            old, new = leaf.address, leaf.view.to.address
            pairs = zip(beside(old, addresses), beside(new, addresses), strict=True)
            moved += [(old, new), *(pair for pair in pairs if pair[1] in there)]
        elif isinstance(leaf.view, WithdrawnView):
            gone += [leaf.address, *beside(leaf.address, addresses)]
    return redirect_pages(moved, gone, frame.link)


def _print(leaf: Leaf, frame: Frame, templates: Templates) -> Page:
    render = partial(_render, leaf, frame, templates)
    if isinstance(leaf.view, Late):
        return Page(leaf.path, frame.printed_on(leaf.template) + leaf.view.digest, render)
    return Page(leaf.path, (frame, leaf.template, leaf.view), render)


def _render(leaf: Leaf, frame: Frame, templates: Templates) -> bytes:
    html = templates.render(
        leaf.template,
        Words(frame.site.language),
        frame=frame,
        view=leaf.view.make() if isinstance(leaf.view, Late) else leaf.view,
        address=leaf.address,
        indexed=leaf.listed,
        post_data=post_data,
        event_data=event_data,
        issue_data=issue_data,
        picture_tags=picture_tags,
    )
    return html.encode()
