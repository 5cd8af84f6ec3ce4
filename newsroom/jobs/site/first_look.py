"""Renders the page of the post just saved first, before the rest of the site (in a preview).

It is what somebody who writes looks at, and it takes a hundredth of a whole build. The build that
follows makes the same page and every other one, and has the last word.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from newsroom.content.folder import Reading
from newsroom.content.folder.names import on_disk
from newsroom.content.kinds.piece import parse_piece
from newsroom.jobs.site.build import Workshop, as_shown
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.model import Card, Kind, Newsroom, Post, Shelf
from newsroom.model.filing import card_of
from newsroom.model.unicode_form import composed
from newsroom.render.page import Page
from newsroom.render.pages.whole_site import post_page
from newsroom.render.text.links import leads
from newsroom.render.text.markdown import render_markdown


def first_look(
    source: str, before: Reading, shop: Workshop, now: datetime, options: BuildOptions
) -> Page | None:
    """The page of the post in `source`, in a newsroom that else is as it was read before.

    None when the file is no post that was there before, has faults, or has gone to another place
    among the others: then more than its page is new. Raises OSError when it cannot be read, and
    what rendering raises.
    """
    newsroom = before.newsroom
    if newsroom is None or not isinstance(newsroom.posts, Shelf):
        return None
    old = next((card for card in newsroom.posts.cards if card.source == source), None)
    if old is None:
        return None
    text = composed(on_disk(shop.root, source).read_text(encoding="utf-8"))
    post = parse_piece(Kind.NEWS, text, PurePosixPath(source), newsroom.site).piece
    if not isinstance(post, Post):
        return None
    led = leads(post.source, [render_markdown(post.body)])
    new = card_of(post, newsroom.site, leads=led)
    if (new.address, new.since) != (old.address, old.since):
        return None
    shown = as_shown(_with(newsroom, newsroom.posts, new, post), now, options)
    return post_page(shown, now, shop.templates, source, preview=True)


def _with(newsroom: Newsroom, posts: Shelf[Post], new: Card, post: Post) -> Newsroom:
    cards = tuple(new if card.source == new.source else card for card in posts.cards)
    shelf = Shelf(cards, lambda card: post if card.source == new.source else posts.take(card))
    return replace(newsroom, posts=shelf)
