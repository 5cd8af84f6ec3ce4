"""How the public pages are split into search indexes that seldom change."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.render.pages.library import Library

_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
# How rare a word is, is reckoned in each bundle by itself. Among a few pages every word seems
# common, so that what is found in the newest would come last. With so much more weight it comes, on
# the whole, where it would in one index of all.
_WEIGHTS = {"newest": 1.5}


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pages that are made searchable together, and where what is made of them stands."""

    address: str  # of a folder: sok/1-1000/
    lang: str  # whose endings are known: arbetet is found by arbete
    pages: tuple[str, ...]  # their addresses
    weight: float = 1  # of what is found there


def bundles(library: Library) -> tuple[Bundle, ...]:
    """Every page of a piece in one bundle; the first is the one that a new post changes.

    Posts are counted from the oldest, so a bundle that is full stays as it is. Before the newest
    ones stand some hundred recent ones, to which every tenth post hands ten over. Pages of other
    kinds stand with these, unless they are enough for a bundle of their own.
    """
    cards = library.posts.cards
    posts = [card.address for card in reversed(cards)]
    others = [card.address.partition("#")[0] for card in library.cards[len(cards) :]]
    full, recent = tuple(full_bundles(len(posts))), recent_posts(len(posts))
    named = {
        "newest": posts[recent.stop :],
        "recent": posts[recent.start : recent.stop],
        **{f"{span.start + 1}-{span.stop}": posts[span.start : span.stop] for span in full},
    }
    small = "recent" if recent else "newest"
    named.setdefault("pages" if len(others) >= _HUNDRED else small, []).extend(others)
    home, lang = library.addresses.section("search"), library.site.language
    return tuple(
        Bundle(f"{home}{name}/", lang, tuple(dict.fromkeys(pages)), _WEIGHTS.get(name, 1))
        for name, pages in named.items()
        if pages
    )


def full_bundles(posts: int) -> Iterator[range]:
    """Which posts stand in full bundles, counted from the oldest: thousands, then hundreds.

    The newest hundred and what is begun of the next stay outside.
    """
    settled = _settled(posts, _HUNDRED)
    thousands = settled - settled % _THOUSAND
    yield from (range(start, start + _THOUSAND) for start in range(0, thousands, _THOUSAND))
    yield from (range(start, start + _HUNDRED) for start in range(thousands, settled, _HUNDRED))


def recent_posts(posts: int) -> range:
    """Which posts stand between the full bundles and the newest, which are ten to nineteen.

    So publishing one reads few pages again, and a reader's browser has one bundle more to fetch the
    beginning of: 20 for ten thousand posts, where tens all the way would make 28.
    """
    return range(_settled(posts, _HUNDRED), _settled(posts, _TEN))


def _settled(posts: int, many: int) -> int:
    """How many of the oldest make whole tens, or hundreds, with one more whole after them."""
    return max(0, posts // many - 1) * many
