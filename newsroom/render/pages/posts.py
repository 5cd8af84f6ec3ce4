"""The pages of single posts."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.model import Post
from newsroom.render.pages.leaf import Leaf
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
    occasion: Occasion | None
    tags: tuple[Named, ...]
    newer: Named | None
    older: Named | None


def post_leaves(library: Library) -> Iterator[Leaf]:
    """A page for each public post, newest first."""
    posts = library.public.posts
    for i, post in enumerate(posts):
        newer = posts[i - 1] if i else None
        older = posts[i + 1] if i + 1 < len(posts) else None
        view = _view(library, post, newer, older)
        modified = post.updated or post.published
        yield Leaf(library.addresses.piece(post), "site/post.html", view, modified)


def _view(library: Library, post: Post, newer: Post | None, older: Post | None) -> PostView:
    event = library.events.get(post.event) if post.event else None
    return PostView(
        post=post,
        category=library.site.category_word(post.category) if post.category else None,
        prose=library.prose(post.body, post.source),
        picture=library.picture(post.image),
        files=library.files(post.attachments),
        contacts=library.people(post.contacts),
        occasion=library.occasion(event) if event else None,
        tags=library.tags(post),
        newer=library.named(newer) if newer else None,
        older=library.named(older) if older else None,
    )
