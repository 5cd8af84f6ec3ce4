"""The news section: its front, the archive by year and month, and the pages of tags."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from newsroom.model import Card, Event
from newsroom.render.pages.leaf import Late, Leaf, digest_of
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Named, Occasion, Teaser

Month = tuple[int, int]

_ON_FRONT = 20
PAGE = 30  # posts on a numbered page


@dataclass(frozen=True, slots=True)
class NewsView:
    """The front of the news section: the newest, and the years behind them."""

    teasers: tuple[Teaser, ...]
    years: tuple[tuple[int, int], ...]  # (year, number of posts), newest first
    tags: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's posts, month by month, as titles."""

    year: int
    months: tuple[tuple[int, tuple[Teaser, ...]], ...]
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's posts."""

    year: int
    month: int
    teasers: tuple[Teaser, ...]
    newer: Month | None
    older: Month | None


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag's posts, or one numbered page of them, and the events to come."""

    tag: Named
    number: int | None  # None: the front, which always has the newest
    teasers: tuple[Teaser, ...]
    occasions: tuple[Occasion, ...]
    newer: str | None  # addresses
    older: str | None
    has_feed: bool
    has_calendar: bool


@dataclass(frozen=True, slots=True)
class TagsView:
    """All tags, in the order of the alphabet, with how many posts and events each has."""

    tags: tuple[tuple[Named, int], ...]


def news_leaves(library: Library) -> Iterator[Leaf]:
    """The front of the section and its archive; none when there are no posts."""
    cards = library.shelf.cards
    if not cards:
        return
    years = [(year, tuple(group)) for year, group in groupby(cards, lambda c: c.month // 100)]
    counts = tuple((year, len(group)) for year, group in years)
    tags = tuple(tag for tag, _ in counted_tags(library))
    digest = digest_of(repr((counts, tags)), _faces(library, cards[:_ON_FRONT]))
    view = Late(digest, lambda: NewsView(library.teasers(cards[:_ON_FRONT]), counts, tags))
    yield Leaf(library.addresses.section("news"), "site/news.html", view, _newest(cards))
    yield from _years(library, years)
    yield from _months(library)


def tag_leaves(library: Library) -> Iterator[Leaf]:
    """The list of tags and the pages of each; none when nothing is tagged."""
    counted = counted_tags(library)
    if not counted:
        return
    address = library.addresses.section("tags")
    yield Leaf(address, "site/tags.html", TagsView(counted))
    posts, events = library.posts_by_tag, events_by_tag(library)
    for tag in sorted(posts.keys() | events.keys()):
        yield from _tag(library, tag, posts.get(tag, ()), events.get(tag, ()))


def events_by_tag(library: Library) -> dict[str, tuple[Event, ...]]:
    """The events of each tag, by start."""
    found: dict[str, list[Event]] = {}
    for event in library.public.events:
        for tag in dict.fromkeys(event.tags):
            found.setdefault(tag, []).append(event)
    return {tag: tuple(events) for tag, events in found.items()}


def counted_tags(library: Library) -> tuple[tuple[Named, int], ...]:
    """All tags, in the order of the alphabet, with how many posts and events each has."""
    posts, events = library.posts_by_tag, events_by_tag(library)
    counted = (
        (library.tag(tag), len(posts.get(tag, ())) + len(events.get(tag, ())))
        for tag in posts.keys() | events.keys()
    )
    return tuple(sorted(counted, key=lambda pair: library.words.sort_key(pair[0].title)))


def _years(library: Library, years: list[tuple[int, tuple[Card, ...]]]) -> Iterator[Leaf]:
    for i, (year, cards) in enumerate(years):
        newer = years[i - 1][0] if i else None
        older = years[i + 1][0] if i + 1 < len(years) else None
        digest = digest_of(repr((newer, older)), _faces(library, cards))
        view = Late(digest, partial(_year, library, cards, year, newer, older))
        yield Leaf(library.addresses.archive(year), "site/year.html", view, _newest(cards))


def _year(
    library: Library, cards: tuple[Card, ...], year: int, newer: int | None, older: int | None
) -> YearView:
    months = tuple(
        (month % 100, library.teasers(group)) for month, group in groupby(cards, _month_of)
    )
    return YearView(year, months, newer, older)


def _months(library: Library) -> Iterator[Leaf]:
    grouped = groupby(library.shelf.cards, _month_of)
    months = [(divmod(month, 100), tuple(cards)) for month, cards in grouped]
    for i, ((year, month), cards) in enumerate(months):
        newer = months[i - 1][0] if i else None
        older = months[i + 1][0] if i + 1 < len(months) else None
        digest = digest_of(repr((newer, older)), _faces(library, cards))
        make = partial(_month, library, cards, (year, month), newer, older)
        address = library.addresses.archive(year, month)
        yield Leaf(address, "site/month.html", Late(digest, make), _newest(cards))


def _month(
    library: Library,
    cards: tuple[Card, ...],
    month: Month,
    newer: Month | None,
    older: Month | None,
) -> MonthView:
    return MonthView(*month, library.teasers(cards), newer, older)


def _month_of(card: Card) -> int:
    return card.month


def _tag(
    library: Library, tag: str, cards: Sequence[Card], events: tuple[Event, ...]
) -> Iterator[Leaf]:
    """The front of a tag and its numbered pages.

    Pages are counted from the oldest post, so a page that is full never changes: page 1 holds the
    oldest. The newest full page is shown on the front together with what has come since.
    """
    named = library.tag(tag)
    behind = max(0, len(cards) // PAGE - 1)  # full pages that are not on the front
    coming = library.occasions(e for e in events if not e.is_over(library.now))
    front = TagView(
        tag=named,
        number=None,
        teasers=(),
        occasions=coming,
        newer=None,
        older=f"{named.address}{behind}/" if behind else None,
        has_feed=bool(cards),
        has_calendar=bool(events),
    )
    yield _tag_leaf(library, named.address, front, cards[: len(cards) - behind * PAGE])
    for number in range(1, behind + 1):
        view = TagView(
            tag=named,
            number=number,
            teasers=(),
            occasions=(),
            newer=f"{named.address}{number + 1}/" if number < behind else named.address,
            older=f"{named.address}{number - 1}/" if number > 1 else None,
            has_feed=True,
            has_calendar=bool(events),
        )
        chunk = cards[len(cards) - number * PAGE :][:PAGE]
        yield _tag_leaf(library, f"{named.address}{number}/", view, chunk)


def _tag_leaf(library: Library, address: str, view: TagView, cards: Sequence[Card]) -> Leaf:
    """The page of a view that is still without its posts."""
    digest = digest_of(repr(view), _faces(library, cards))
    late = Late(digest, lambda: replace(view, teasers=library.teasers(cards)))
    return Leaf(address, "site/tag.html", late, _newest(cards))


def _faces(library: Library, cards: Iterable[Card]) -> bytes:
    """A digest of the posts as a list shows them."""
    return digest_of(*map(library.face, cards))


def _newest(cards: Iterable[Card]) -> str | None:
    return max((card.modified for card in cards if card.modified), default=None)
