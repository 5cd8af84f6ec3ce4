"""The newest news as a piece of HTML that another site can take in: of everything, of a member."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import Item, face_of, in_order, still_true, teaser_of
from newsroom.render.pages.parts import Teaser

NEWEST = 5  # news items in each


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The newest news, and where there is more of it."""

    name: str  # of the site, or of the member
    address: str  # of its page
    teasers: tuple[Teaser, ...]


def embed_leaf(library: Library) -> Iterator[Leaf]:
    """The fragment of all news, and one for each member that has posts; none without posts."""
    if not library.posts.cards:
        return
    told = still_true(library.notices)
    everything = in_order(library.posts.cards[:NEWEST], told)
    yield _leaf(library, "embed/latest.html", library.site.name, "", everything)
    found = library.register.posts_by_member
    for member in library.public.members:
        if cards := found.get(member.slug, ()):
            items = in_order(cards[:NEWEST], (n for n in told if member.slug in n.members))
            address = library.addresses.piece(member)
            path = f"embed/{library.addresses.section('members')}{member.slug}.html"
            yield _leaf(library, path, member.title, address, items)


def _leaf(library: Library, path: str, name: str, address: str, items: Sequence[Item]) -> Leaf:
    newest = items[:NEWEST]
    digest = digest_of(name, address, *(face_of(library, item) for item in newest))

    def make() -> EmbedView:
        return EmbedView(name, address, tuple(teaser_of(library, item) for item in newest))

    return Leaf(path, "site/embed.html", Late(digest, make), listed=False)
