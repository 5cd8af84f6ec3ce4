"""What `check` says of events that were called off or moved: who tells of it, and where."""

from datetime import timedelta

import pytest

from newsroom.jobs.advice.changes_told import changes_told
from newsroom.model import ChannelKind, Earlier, Event, EventStatus, NamedChannel, Post
from tests.render.pieces import at, make_event, make_newsroom, make_post, make_site

NOW = at("2026-06-01T09:00")
SLACK = (NamedChannel(ChannelKind.SLACK, "kansli"),)
HUB = (NamedChannel(ChannelKind.WEBSUB, "https://hub.example/"),)


def cancelled(days: float = 0, **fields: object) -> Event:
    """An event to come that was called off so many days ago."""
    entry = Earlier(status=EventStatus.PLANNED, changed=NOW - timedelta(days=days))
    given = {"start": NOW + timedelta(days=30), "previously": (entry,), **fields}
    return make_event("traff", title="Träff", status=EventStatus.CANCELLED, **given)


def post(title: str, *, about: str | None = "traff") -> Post:
    """A post of this morning."""
    return make_post("om", title=title, published=NOW - timedelta(hours=1), event=about)


def said(event: Event, *posts: Post, announce: tuple[NamedChannel, ...] = ()) -> list[str]:
    """What is said of it, with how much it matters."""
    site = make_site(announce=announce)
    found = changes_told(make_newsroom(site=site, posts=posts, events=(event,)), NOW)
    return [f"{one.severity}: {one.message}" for one in found if one.source == event.source]


@pytest.mark.parametrize(
    ("announce", "where"),
    [((), "in feeds"), (HUB, "in feeds"), (SLACK, "in feeds and on channels")],
)
def test_what_is_told_by_itself(announce: tuple[NamedChannel, ...], where: str) -> None:
    """Newsroom says that it tells of it, in which words and where."""
    told = said(cancelled(), post("Annat", about=None), announce=announce)

    assert told == [f'note: newsroom tells of it {where}: "Inställt: Träff"']


def test_feeds_tell_of_it_where_there_is_no_post() -> None:
    """They are always there, and who follows the news is told."""
    assert said(cancelled()) == ['note: newsroom tells of it in feeds: "Inställt: Träff"']
    assert said(cancelled(), announce=SLACK) == [
        'note: newsroom tells of it in feeds and on channels: "Inställt: Träff"'
    ]


def test_a_post_that_does_not_say_it() -> None:
    """A post about the event of the same day keeps nothing back, and that is said."""
    told = said(cancelled(), post("Kom på träff"))

    assert told == [
        'note: newsroom tells of it in feeds: "Inställt: Träff", since the title of '
        "posts/news/om/index.md does not"
    ]


def test_a_post_that_says_it() -> None:
    """The change is left to the post, and that is said."""
    told = said(cancelled(), post("Träffen ställs in"))

    assert told == ["note: newsroom does not tell of the change, since posts/news/om/index.md does"]


def test_a_change_without_a_day_is_told_on_channels_alone() -> None:
    """Feeds need a day."""
    undated = cancelled(previously=())

    assert said(undated, post("Annat", about=None)) == []
    assert said(undated, post("Annat", about=None), announce=SLACK) == [
        'note: newsroom tells of it on channels: "Inställt: Träff"'
    ]


def test_a_change_that_is_dated_ahead_waits() -> None:
    """A typing error in `changed` would keep a cancellation back: it is warned of."""
    told = said(cancelled(-1), post("Annat", about=None), announce=SLACK)

    assert told == [
        "warning: newsroom tells of the change at 2026-06-02 09:00, though its page has it already"
    ]


@pytest.mark.parametrize(
    "event",
    [
        make_event("traff", start=NOW + timedelta(days=30)),
        cancelled(8),
        cancelled(start=NOW - timedelta(days=1), end=None),
    ],
)
def test_what_nobody_needs_to_hear(event: Event) -> None:
    """Of what is unchanged, was changed long ago or is over, nothing is said."""
    assert said(event, post("Annat", about=None), announce=SLACK) == []
