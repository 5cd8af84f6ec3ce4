"""The pages of single posts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from newsroom.model import Card, Post
from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose


@dataclass(frozen=True, slots=True)
class PostView:
    """One post with everything its page shows."""

    post: Post
    category: str | None
    prose: Prose
    picture: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]
    members: tuple[Named, ...]  # those it is about
    occasion: Occasion | None
    tags: tuple[Named, ...]
    newer: Named | None
    older: Named | None
    twin: bool  # another post has the same title


def post_leaves(library: Library) -> Iterator[Leaf]:
    """A page for each public post, newest first."""
    cards = library.posts.cards
    titles = Counter(card.title for card in cards)
    named = ["", *map(_neighbour, cards), ""]
    for i, card in enumerate(cards):
        newer = cards[i - 1] if i else None
        older = cards[i + 1] if i + 1 < len(cards) else None
        twin = titles[card.title] > 1
        beside = (named[i], named[i + 2])
        digest = digest_of(library.digests.whole(card), *beside, "twin" if twin else "")
        view = Late(digest, partial(_view, library, card, newer, older, twin=twin))
        yield Leaf(card.address, "site/post.html", view, card.modified)


def _neighbour(card: Card) -> str:
    """What the page of a post beside it shows of a post."""
    return f"{card.lang} {card.address} {card.title}"


def _named(card: Card | None) -> Named | None:
    return Named(card.title, card.address, card.lang) if card else None


def _view(
    library: Library, card: Card, newer: Card | None, older: Card | None, *, twin: bool
) -> PostView:
    post = library.posts.take(card)
    event = library.register.event.get(post.event) if post.event else None
    return PostView(
        post=post,
        category=library.site.category_word(post.category) if post.category else None,
        prose=library.cutter.prose(post.body, post.source),
        picture=library.cutter.picture(post.image),
        files=library.cutter.files(post.attachments),
        contacts=library.cutter.people(post.contacts),
        members=library.cutter.members(post.members),
        occasion=library.cutter.occasion(event) if event else None,
        tags=library.tags.of(post),
        newer=_named(newer),
        older=_named(older),
        twin=twin,
    )
