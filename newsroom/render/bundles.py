"""What search looks through: the public pages, in bundles that seldom change."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.render.pages.library import Library

_HUNDRED, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pages that are made searchable together, and where what is made of them stands."""

    address: str  # of a folder: sok/1-1000/
    lang: str  # whose endings are known: arbetet is found by arbete
    pages: tuple[str, ...]  # their addresses


def bundles(library: Library) -> tuple[Bundle, ...]:
    """Every page of a piece in one bundle; the first is the one that a new post changes.

    Posts are counted from the oldest, so a bundle that is full stays as it is. Pages of other
    kinds stand with the newest posts, unless they are enough for a bundle of their own.
    """
    cards = library.shelf.cards
    posts = [card.address for card in reversed(cards)]
    others = [card.address.partition("#")[0] for card in library.cards()[len(cards) :]]
    full = tuple(full_bundles(len(posts)))
    newest = posts[full[-1].stop :] if full else posts
    named = {f"{span.start + 1}-{span.stop}": posts[span.start : span.stop] for span in full}
    if len(others) < _HUNDRED:
        newest += others
    else:
        named["pages"] = others
    home, lang = library.addresses.section("search"), library.site.language
    return tuple(
        Bundle(f"{home}{name}/", lang, tuple(dict.fromkeys(pages)))
        for name, pages in {"newest": newest, **named}.items()
        if pages
    )


def full_bundles(posts: int) -> Iterator[range]:
    """Which posts stand in full bundles, counted from the oldest: thousands, then hundreds.

    The newest hundred and what is begun of the next stay outside. How rare a word is, is reckoned
    in each bundle by itself, and among a few pages every word seems common: what is found in the
    newest would come last.
    """
    settled = max(0, posts // _HUNDRED - 1) * _HUNDRED
    thousands = settled - settled % _THOUSAND
    yield from (range(start, start + _THOUSAND) for start in range(0, thousands, _THOUSAND))
    yield from (range(start, start + _HUNDRED) for start in range(thousands, settled, _HUNDRED))
