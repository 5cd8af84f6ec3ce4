"""The news section: its front, the archive by year and month, and the pages of tags."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from newsroom.model import Card
from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import (
    Item,
    among,
    faces,
    newest_change,
    still_true,
    teasers_of,
)
from newsroom.render.pages.parts import Named, Occasion, Teaser

Month = tuple[int, int]

_ON_FRONT = 20
PAGE = 30  # posts on a numbered page


@dataclass(frozen=True, slots=True)
class NewsView:
    """The front of the news section: the newest, and the years behind them."""

    teasers: tuple[Teaser, ...]
    years: tuple[tuple[int, int], ...]  # (year, number of news items), newest first
    tags: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's news, month by month, as titles."""

    year: int
    months: tuple[tuple[int, tuple[Teaser, ...]], ...]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's news."""

    year: int
    month: int
    teasers: tuple[Teaser, ...]
    newer: Month | None
    older: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag's posts, or one numbered page of them, the events to come, and its publications."""

    tag: Named
    number: int | None = None  # None: the front, which always has the newest
    teasers: tuple[Teaser, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    publications: tuple[Teaser, ...] = ()
    newer: str | None = None  # addresses
    older: str | None = None
    has_feed: bool
    has_calendar: bool


@dataclass(frozen=True, slots=True)
class TagsView:
    """All tags, in the order of the alphabet, with how many pieces each has."""

    tags: tuple[tuple[Named, int], ...]


def news_leaves(library: Library) -> Iterator[Leaf]:
    """The front of the section and its archive; none when there are no posts.

    Notices of changed events stand among the posts, as in the feeds.
    """
    told = library.notices
    items = among(library.posts.cards, told)
    if not items:
        return
    newest = among(library.posts.cards[:_ON_FRONT], still_true(told))[:_ON_FRONT]
    years = [(year, tuple(group)) for year, group in groupby(items, _year_of)]
    counts = tuple((year, len(group)) for year, group in years)
    tags = tuple(tag for tag, _ in counted_tags(library))
    digest = digest_of(repr((counts, tags)), faces(library, newest))
    view = Late(digest, lambda: NewsView(teasers_of(library, newest), counts, tags))
    yield Leaf(library.addresses.section("news"), "site/news.html", view, newest_change(items))
    yield from _years(library, years)
    yield from _months(library, items)


def tag_leaves(library: Library) -> Iterator[Leaf]:
    """The list of tags and the pages of each; none when nothing is tagged."""
    counted = counted_tags(library)
    if not counted:
        return
    address = library.addresses.section("tags")
    yield Leaf(address, "site/tags.html", TagsView(counted))
    for tag in sorted(set().union(*_by_tag(library))):
        yield from _tag(library, tag)


def counted_tags(library: Library) -> tuple[tuple[Named, int], ...]:
    """All tags, in the order of the alphabet, with how many pieces each has."""
    counts = Counter[str]()
    for group in _by_tag(library):
        counts.update({tag: len(cards) for tag, cards in group.items()})
    counted = ((library.tags.named(tag), count) for tag, count in counts.items())
    return tuple(sorted(counted, key=lambda pair: library.words.sort_key(pair[0].title)))


def _by_tag(library: Library) -> tuple[dict[str, tuple[Card, ...]], ...]:
    """Posts, events and publications by their tags."""
    register = library.register
    return register.posts_by_tag, register.events_by_tag, register.publications_by_tag


def _years(library: Library, years: list[tuple[int, tuple[Item, ...]]]) -> Iterator[Leaf]:
    for i, (year, items) in enumerate(years):
        newer = years[i - 1][0] if i else None
        older = years[i + 1][0] if i + 1 < len(years) else None
        digest = digest_of(repr((newer, older)), faces(library, items))
        view = Late(digest, partial(_year, library, items, year, newer, older))
        yield Leaf(library.addresses.archive(year), "site/year.html", view, newest_change(items))


def _year(
    library: Library, items: tuple[Item, ...], year: int, newer: int | None, older: int | None
) -> YearView:
    months = tuple(
        (month % 100, teasers_of(library, group)) for month, group in groupby(items, _month_of)
    )
    return YearView(year, months, newer, older)


def _months(library: Library, items: Sequence[Item]) -> Iterator[Leaf]:
    months = [(divmod(month, 100), tuple(group)) for month, group in groupby(items, _month_of)]
    for i, ((year, month), group) in enumerate(months):
        newer = months[i - 1][0] if i else None
        older = months[i + 1][0] if i + 1 < len(months) else None
        digest = digest_of(repr((newer, older)), faces(library, group))
        make = partial(_month, library, group, (year, month), newer, older)
        address = library.addresses.archive(year, month)
        yield Leaf(address, "site/month.html", Late(digest, make), newest_change(group))


def _month(
    library: Library,
    items: tuple[Item, ...],
    month: Month,
    newer: Month | None,
    older: Month | None,
) -> MonthView:
    return MonthView(*month, teasers_of(library, items), newer, older)


def _month_of(item: Item) -> int:
    return item.month


def _year_of(item: Item) -> int:
    return item.month // 100


def _tag(library: Library, tag: str) -> Iterator[Leaf]:
    """The front of a tag and its numbered pages.

    Pages are counted from the oldest post, so a page that is full never changes: page 1 holds the
    oldest. The newest full page is shown on the front together with what has come since.
    """
    cards, events, publications = (group.get(tag, ()) for group in _by_tag(library))
    named = library.tags.named(tag)
    behind = max(0, len(cards) // PAGE - 1)  # full pages that are not on the front
    coming = library.upcoming(events)
    front = TagView(
        tag=named,
        older=f"{named.address}{behind}/" if behind else None,
        has_feed=bool(cards),
        has_calendar=bool(events),
    )
    newest = cards[: len(cards) - behind * PAGE]
    yield _tag_leaf(library, front, newest, coming, publications)
    for number in range(1, behind + 1):
        view = replace(
            front,
            number=number,
            newer=f"{named.address}{number + 1}/" if number < behind else named.address,
            older=f"{named.address}{number - 1}/" if number > 1 else None,
        )
        chunk = cards[len(cards) - number * PAGE :][:PAGE]
        yield _tag_leaf(library, view, chunk)


def _tag_leaf(
    library: Library,
    view: TagView,
    cards: Sequence[Card],
    coming: Sequence[Card] = (),
    publications: Sequence[Card] = (),
) -> Leaf:
    """The page of a view that is still without what is told there."""

    def whole() -> TagView:
        return replace(
            view,
            teasers=library.cutter.teasers(cards),
            occasions=library.cutter.occasions(coming),
            publications=library.cutter.publications(publications),
        )

    seen = (faces(library, group) for group in (cards, coming, publications))
    late = Late(digest_of(repr(view), *seen), whole)
    address = f"{view.tag.address}{view.number}/" if view.number else view.tag.address
    return Leaf(address, "site/tag.html", late, newest_change([*cards, *publications]))
