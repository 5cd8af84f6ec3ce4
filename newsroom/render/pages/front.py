"""The front page: what is most important, what is new, and what is coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom.model import Placement, Post
from newsroom.render.pages.leaf import Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Occasion, Teaser

_NEWS = 7
_EVENTS = 5
_LEAD_AMONG = 5  # a post that wants to lead does so while it is among the newest


@dataclass(frozen=True, slots=True)
class FrontView:
    """The lead, the newest posts after it, and the next events."""

    lead: Teaser | None
    teasers: tuple[Teaser, ...]
    occasions: tuple[Occasion, ...]


def front_leaf(library: Library) -> Iterator[Leaf]:
    """The front page, which every site has."""
    posts = library.public.posts
    lead = _lead(posts)
    others = tuple(post for post in posts if post is not lead)[:_NEWS]
    view = FrontView(
        lead=library.teasers([lead])[0] if lead else None,
        teasers=library.teasers(others),
        occasions=library.upcoming()[:_EVENTS],
    )
    newest = (posts[0].updated or posts[0].published) if posts else None
    yield Leaf("", "site/front.html", view, newest)


def _lead(posts: Sequence[Post]) -> Post | None:
    """The newest that asks to lead among the very newest, else simply the newest."""
    asking = (post for post in posts[:_LEAD_AMONG] if post.placement is Placement.LEAD)
    return next(asking, posts[0] if posts else None)
