from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from newsroom.model import Earlier, Event, EventStatus, FeedOptions, Online, Place, Post
from newsroom.model.filing import card_of
from newsroom.render.calendars.event_news import Notice, for_feeds, notice_entry, notices
from tests.render.pieces import URL, at, make_event, make_post, make_site

CHANGED = at("2026-09-01T10:00")
NOW = at("2026-09-05T09:00")
BEFORE = Earlier(start=at("2026-10-07T13:00"), end=at("2026-10-07T15:00"), changed=CHANGED)


def told(*events: Event) -> list[Notice]:
    """What feeds tell of some events on 5 September."""
    return list(for_feeds(notices(make_site(), events, {}, NOW)))


def all_of(event: Event, *posts: Post) -> tuple[Notice, ...]:
    """What has been changed of an event by 5 September, with the posts about it."""
    cards = [card_of(post, make_site()) for post in posts]
    return notices(make_site(), [event], {event.slug: cards}, NOW)


@pytest.mark.parametrize(
    ("fields", "title", "lines"),
    [
        (
            {"status": EventStatus.CANCELLED, "updated": CHANGED},
            "Inställt: Träffen mote",
            [
                "Det blir inte av.",
                "Det var planerat till onsdag 21 oktober 2026 kl. 13.00–15.00.",
            ],
        ),
        (
            {"status": EventStatus.POSTPONED, "updated": CHANGED},
            "Uppskjutet: Träffen mote",
            [
                "En ny tid meddelas senare.",
                "Det var planerat till onsdag 21 oktober 2026 kl. 13.00–15.00.",
            ],
        ),
        (
            {"previously": (BEFORE,), "place": Place("Folkets hus", "Storgatan 1")},
            "Ny dag: Träffen mote",
            [
                "Tid: onsdag 21 oktober 2026 kl. 13.00–15.00 "
                "(tidigare onsdag 7 oktober 2026 kl. 13.00–15.00)",
                "Plats: Folkets hus, Storgatan 1",
            ],
        ),
        (
            {"previously": (Earlier(start=at("2026-10-21T10:00"), changed=CHANGED),)},
            "Ny tid: Träffen mote",
            [
                "Tid: onsdag 21 oktober 2026 kl. 13.00–15.00 "
                "(tidigare onsdag 21 oktober 2026 kl. 10.00)",
            ],
        ),
        (
            {"previously": (Earlier(place=Place("A"), changed=CHANGED),), "place": Place("B")},
            "Ny plats: Träffen mote",
            ["Tid: onsdag 21 oktober 2026 kl. 13.00–15.00", "Plats: B (tidigare A)"],
        ),
        (
            {
                "previously": (Earlier(place=Place("A"), changed=CHANGED),),
                "online": Online("https://e.test/m"),
            },
            "Nu på webben: Träffen mote",
            [
                "Tid: onsdag 21 oktober 2026 kl. 13.00–15.00",
                "På webben: https://e.test/m (tidigare A)",
            ],
        ),
        (
            {
                "previously": (
                    Earlier(
                        start=at("2026-10-07T00:00"),
                        end=at("2026-10-09T00:00"),
                        all_day=True,
                        place=Place("A"),
                        changed=CHANGED,
                    ),
                ),
                "place": Place("B"),
                "lang": "en",
            },
            "New time and place: Träffen mote",
            [
                "Time: Wednesday 21 October 2026, 13:00–15:00 (before: 7–8 October 2026)",
                "Place: B (before: A)",
            ],
        ),
        (
            {"status": EventStatus.MOVED, "updated": CHANGED},
            "Ändrat: Träffen mote",
            ["Tid: onsdag 21 oktober 2026 kl. 13.00–15.00"],
        ),
    ],
)
def test_what_is_told(fields: dict[str, Any], title: str, lines: list[str]) -> None:
    """A change is told in the event's language: what it is, and time and place now and before."""
    (notice,) = told(make_event(**fields))

    assert (notice.title, list(notice.lines)) == (title, lines)
    assert notice.published == CHANGED


def test_called_off_and_on_again() -> None:
    """Each change has its own news, newest first; those that a later one overtook say so."""
    event = make_event(
        previously=(
            BEFORE,
            Earlier(status=EventStatus.PLANNED, changed=at("2026-09-02T10:00")),
            Earlier(status=EventStatus.CANCELLED, changed=at("2026-09-03T10:00")),
        )
    )

    last, *overtaken = told(event)

    assert last.title == "Blir av: Träffen mote"
    assert [(notice.title, notice.modified) for notice in overtaken] == [
        ("Inställt: Träffen mote (ändrat sedan dess)", at("2026-09-03T10:00")),
        ("Ny dag: Träffen mote (ändrat sedan dess)", at("2026-09-02T10:00")),
    ]


def test_an_overtaken_change_is_told_without_what_it_said() -> None:
    """Its entry keeps id and day, is changed when it was overtaken, and names no old time."""
    off = at("2026-09-03T10:00")
    moved = make_event(previously=(BEFORE,))
    entry = Earlier(status=EventStatus.PLANNED, changed=off)
    called_off = make_event(previously=(BEFORE, entry), status=EventStatus.CANCELLED)

    before, after = notice_entry(make_site(), told(moved)[0]), told(called_off)[1]

    overtaken = notice_entry(make_site(), after)
    assert (overtaken.id, overtaken.published) == (before.id, before.published)
    assert (before.updated, overtaken.updated) == (CHANGED, off)
    assert overtaken.summary == (
        "Det här har ändrats sedan dess. Det som gäller står på sidan i kalendern."
    )
    assert "oktober" not in (overtaken.html or "")


def test_a_change_to_come_overtakes_nothing_yet() -> None:
    """Until the later change is told of, the earlier one is told as it was."""
    later = Earlier(place=Place("A"), changed=at("2026-09-06T10:00"))

    (notice,) = told(make_event(previously=(BEFORE, later)))

    assert notice.overtaken is None


def test_a_change_without_a_day_overtakes_at_an_unknown_time() -> None:
    """What nobody has dated makes the notice before it old, which keeps its own day."""
    (notice,) = told(make_event(previously=(BEFORE, Earlier(place=Place("A")))))

    assert notice.overtaken == notice.published


def test_the_paragraph_has_a_stop_after_each_line() -> None:
    """Time and place are sentences of their own where they stand in one paragraph."""
    event = make_event(previously=(BEFORE,), place=Place("Folkets hus"))

    assert told(event)[0].summary.endswith("kl. 13.00–15.00). Plats: Folkets hus.")


def test_the_id_is_the_changes_own() -> None:
    """An id follows from the event's and the number of the change, however the change is told."""
    bare = make_event(status=EventStatus.CANCELLED, updated=CHANGED)
    entry = Earlier(status=EventStatus.PLANNED, changed=CHANGED)
    whole = make_event("flyttad", id=bare.id, status=EventStatus.CANCELLED, previously=(entry,))

    assert [told(bare)[0].id, told(whole)[0].id] == [uuid5(NAMESPACE_URL, f"{bare.id}#1").urn] * 2


def test_a_post_that_tells_takes_its_place() -> None:
    """A change that the title of a post tells of has no item of its own beside the post."""
    event = make_event(status=EventStatus.CANCELLED, updated=CHANGED)
    silent = make_post("kom", title="Kom till oss", published=CHANGED)
    telling = make_post("nej", title="Träffen ställs in", published=CHANGED)

    (alone,), (besides,) = all_of(event, silent), all_of(event, silent, telling)

    assert (alone.post, besides.post) == (None, str(telling.source))
    assert for_feeds([alone]) == (alone,)
    assert for_feeds([besides]) == ()


def test_a_change_without_a_day_is_known_while_it_holds() -> None:
    """It is no news of a day, so it stands in no feed; whoever tells of it at once may know it."""
    event = make_event(status=EventStatus.CANCELLED)
    over = make_event(status=EventStatus.CANCELLED, start=NOW - timedelta(days=1), end=None)

    (notice,) = all_of(event)

    assert (notice.title, notice.published, notice.is_dated) == (
        "Inställt: Träffen mote",
        NOW,
        False,
    )
    assert for_feeds([notice]) == ()
    assert all_of(over) == ()


def test_what_is_not_told() -> None:
    """No news of a change to come, of one without a day, or of one that changed nothing."""
    ahead = Earlier(start=at("2026-10-07T13:00"), changed=at("2026-09-06T10:00"))
    undated = Earlier(start=at("2026-10-07T13:00"))

    assert told(make_event(previously=(ahead,)), make_event(previously=(undated,))) == []
    assert told(make_event(previously=(Earlier(changed=CHANGED),))) == []
    assert told(make_event()) == []


def test_as_an_entry() -> None:
    """The entry leads to the event, is dated by the change, and holds no markup of anybody's."""
    event = make_event(title="A & <b>B</b>", previously=(BEFORE,), tags=("halsa",))

    entry = notice_entry(make_site(), told(event)[0])

    assert (entry.url, entry.published, entry.updated) == (
        f"{URL}/kalender/mote/",
        CHANGED,
        CHANGED,
    )
    assert entry.title == "Ny dag: A & B"
    assert entry.html is not None
    assert entry.html.endswith(f'<p><a href="{URL}/kalender/mote/">A &amp; B</a></p>')
    assert entry.tags == ("Kalender", "Halsa")
    short = notice_entry(make_site(feed=FeedOptions(full=False)), told(event)[0])
    assert short.html is None
    assert short.summary.startswith("Tid: onsdag 21 oktober 2026")
