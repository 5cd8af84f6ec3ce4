"""The news section: its front, the archive by year and month, and the pages of tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from newsroom.model import Event, Post
from newsroom.render.pages.leaf import Leaf, latest
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Named, Occasion, Teaser

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
    newer: tuple[int, int] | None
    older: tuple[int, int] | None


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
    posts = library.public.posts
    if not posts:
        return
    years = [(year, tuple(group)) for year, group in groupby(posts, lambda p: p.published.year)]
    counts = tuple((year, len(group)) for year, group in years)
    tags = tuple(tag for tag, _ in _counted_tags(library))
    front = NewsView(library.teasers(posts[:_ON_FRONT]), counts, tags)
    address = library.addresses.section("news")
    yield Leaf(address, "site/news.html", front, _newest(posts))
    yield from _years(library, years)
    yield from _months(library)


def tag_leaves(library: Library) -> Iterator[Leaf]:
    """The list of tags and the pages of each; none when nothing is tagged."""
    counted = _counted_tags(library)
    if not counted:
        return
    address = library.addresses.section("tags")
    yield Leaf(address, "site/tags.html", TagsView(counted))
    posts, events = posts_by_tag(library), events_by_tag(library)
    for tag in sorted(posts.keys() | events.keys()):
        yield from _tag(library, tag, posts.get(tag, ()), events.get(tag, ()))


def posts_by_tag(library: Library) -> dict[str, tuple[Post, ...]]:
    """The posts of each tag, newest first."""
    found: dict[str, list[Post]] = {}
    for post in library.public.posts:
        for tag in dict.fromkeys(post.tags):
            found.setdefault(tag, []).append(post)
    return {tag: tuple(posts) for tag, posts in found.items()}


def events_by_tag(library: Library) -> dict[str, tuple[Event, ...]]:
    """The events of each tag, by start."""
    found: dict[str, list[Event]] = {}
    for event in library.public.events:
        for tag in dict.fromkeys(event.tags):
            found.setdefault(tag, []).append(event)
    return {tag: tuple(events) for tag, events in found.items()}


def _years(library: Library, years: list[tuple[int, tuple[Post, ...]]]) -> Iterator[Leaf]:
    for i, (year, posts) in enumerate(years):
        months = tuple(
            (month, library.teasers(group))
            for month, group in groupby(posts, lambda post: post.published.month)
        )
        newer = years[i - 1][0] if i else None
        older = years[i + 1][0] if i + 1 < len(years) else None
        address = library.addresses.archive(year)
        yield Leaf(address, "site/year.html", YearView(year, months, newer, older), _newest(posts))


def _months(library: Library) -> Iterator[Leaf]:
    grouped = groupby(library.public.posts, lambda p: (p.published.year, p.published.month))
    months = [(month, tuple(posts)) for month, posts in grouped]
    for i, ((year, month), posts) in enumerate(months):
        newer = months[i - 1][0] if i else None
        older = months[i + 1][0] if i + 1 < len(months) else None
        view = MonthView(year, month, library.teasers(posts), newer, older)
        address = library.addresses.archive(year, month)
        yield Leaf(address, "site/month.html", view, _newest(posts))


def _tag(
    library: Library, tag: str, posts: tuple[Post, ...], events: tuple[Event, ...]
) -> Iterator[Leaf]:
    """The front of a tag and its numbered pages.

    Pages are counted from the oldest post, so a page that is full never changes: page 1 holds the
    oldest. The newest full page is shown on the front together with what has come since.
    """
    named = library.tag(tag)
    behind = max(0, len(posts) // PAGE - 1)  # full pages that are not on the front
    coming = library.occasions(e for e in events if not e.is_over(library.now))
    fronted = posts[: len(posts) - behind * PAGE]
    yield Leaf(
        named.address,
        "site/tag.html",
        TagView(
            tag=named,
            number=None,
            teasers=library.teasers(fronted),
            occasions=coming,
            newer=None,
            older=f"{named.address}{behind}/" if behind else None,
            has_feed=bool(posts),
            has_calendar=bool(events),
        ),
        _newest(posts),
    )
    for number in range(1, behind + 1):
        chunk = posts[len(posts) - number * PAGE :][:PAGE]
        yield Leaf(
            f"{named.address}{number}/",
            "site/tag.html",
            TagView(
                tag=named,
                number=number,
                teasers=library.teasers(chunk),
                occasions=(),
                newer=f"{named.address}{number + 1}/" if number < behind else named.address,
                older=f"{named.address}{number - 1}/" if number > 1 else None,
                has_feed=True,
                has_calendar=bool(events),
            ),
            _newest(chunk),
        )


def _counted_tags(library: Library) -> tuple[tuple[Named, int], ...]:
    posts, events = posts_by_tag(library), events_by_tag(library)
    counted = (
        (library.tag(tag), len(posts.get(tag, ())) + len(events.get(tag, ())))
        for tag in posts.keys() | events.keys()
    )
    return tuple(sorted(counted, key=lambda pair: library.words.sort_key(pair[0].title)))


def _newest(posts: Iterable[Post]) -> date | None:
    return latest(*(post.updated or post.published for post in posts))
