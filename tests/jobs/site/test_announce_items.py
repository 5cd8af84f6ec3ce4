"""What is news, and what is not."""

from datetime import datetime, timedelta

from newsroom.jobs.site.announce_items import Items
from newsroom.model import Event, EventStatus, Newsroom, Post
from newsroom.model.event import Earlier, Place
from newsroom.outside.channels.item import ItemKind
from tests.render.pieces import at, make_event, make_newsroom, make_post, make_site

NOW = at("2026-06-01T09:00")
SITE = make_site(url="https://natverket.test")


class Everything:
    """A site on which every page stands."""

    def __contains__(self, path: object) -> bool:
        return True


def items(newsroom: Newsroom, built: object = None) -> Items:
    """What may be announced of it now."""
    return Items(newsroom, NOW, built or Everything())  # type: ignore[arg-type]


def told(*posts: Post, events: tuple[Event, ...] = ()) -> list[tuple[ItemKind, str]]:
    """What is news among these."""
    newsroom = make_newsroom(site=SITE, posts=posts, events=events)
    return [(item.kind, item.title) for item in items(newsroom).fresh()]


def test_news_of_this_week() -> None:
    """A post is news for a week from its day, the oldest first; not before, nor as a draft."""
    days = {"gammal": -8, "forra": -6, "ny": 0, "sen": 1}
    posts = [
        make_post(name, title=name, published=NOW + timedelta(days=day))
        for name, day in days.items()
    ]
    draft = make_post("utkast", title="utkast", published=NOW, draft=True)

    assert told(*posts, draft) == [(ItemKind.NEWS, "forra"), (ItemKind.NEWS, "ny")]


def test_events_to_come() -> None:
    """An event is news until it is over, however far ahead."""
    events = (
        make_event("forbi", title="förbi", start=NOW - timedelta(days=1), end=None),
        make_event("snart", title="snart", start=NOW + timedelta(days=300)),
    )

    assert told(events=events) == [(ItemKind.EVENT, "snart")]


def test_a_post_about_an_event_is_the_news_of_it() -> None:
    """Somebody told of it in better words: the event is not announced beside the post."""
    event = make_event("traff", title="Träff", start=NOW + timedelta(days=9))
    post = make_post("om", title="Kom på träff", published=NOW, event="traff")

    newsroom = make_newsroom(site=SITE, posts=(post,), events=(event,))

    assert told(post, events=(event,)) == [(ItemKind.NEWS, "Kom på träff")]
    assert items(newsroom).told_by_posts() == ((event.id, "Träff"),)
    assert {id_ for id_, _ in items(newsroom).names()} == {post.id, event.id}


def test_a_change_of_an_event_is_news() -> None:
    """What was changed of an event to come is told, however long ago; of what is over, lately."""
    lately, once, ahead = NOW - timedelta(days=1), NOW - timedelta(days=30), timedelta(days=20)
    events = tuple(
        make_event(
            slug,
            title=slug,
            start=start,
            end=None,
            place=Place("Ny sal"),
            previously=(Earlier(changed=changed, place=Place("Gammal sal")),),
        )
        for slug, changed, start in (
            ("nyss", lately, NOW + ahead),
            ("da", once, NOW + ahead),
            ("forbi", lately, NOW - timedelta(hours=1)),
            ("glomt", once, NOW - ahead),
        )
    )

    found = items(make_newsroom(site=SITE, events=events)).fresh()

    changes = {item.title: item for item in found if item.kind is ItemKind.CHANGE}
    assert changes.keys() == {"Ny plats: nyss", "Ny plats: da", "Ny plats: forbi"}
    da = changes["Ny plats: da"]
    assert "Ny sal" in da.summary
    assert da.url == "https://natverket.test/kalender/da/"


CANCELLED = Earlier(status=EventStatus.PLANNED, changed=NOW - timedelta(minutes=10))


def cancelled(*previously: Earlier) -> Event:
    """An event to come that was called off."""
    start = NOW + timedelta(days=9)
    return make_event(
        "traff",
        title="Träff",
        start=start,
        status=EventStatus.CANCELLED,
        previously=previously,
    )


def about(title: str, published: datetime = NOW - timedelta(hours=1)) -> Post:
    """A post about it that was published on the day of the change, and before the change."""
    return make_post("om", title=title, published=published, event="traff")


def test_a_post_of_the_same_day_swallows_no_cancellation() -> None:
    """Who wrote about an event before it was called off told nobody of that."""
    post = about("Kom på träff")

    assert told(post, events=(cancelled(CANCELLED),)) == [
        (ItemKind.NEWS, "Kom på träff"),
        (ItemKind.CHANGE, "Inställt: Träff"),
    ]


def test_a_later_post_about_something_else_swallows_no_cancellation() -> None:
    """A reminder that was written before, and is published after, says nothing of it either."""
    post = about("Glöm inte träffen", NOW)

    assert (ItemKind.CHANGE, "Inställt: Träff") in told(post, events=(cancelled(CANCELLED),))


def test_a_post_that_tells_of_a_cancellation_is_the_news_of_it() -> None:
    """Its title says so: the change is left to it, unless a person asks for the change itself."""
    post, event = about("Vi ställer in träffen"), cancelled(CANCELLED)
    found = items(make_newsroom(site=SITE, posts=(post,), events=(event,)))

    (asked_for,) = found.chosen(lambda source, _: source == str(event.source))

    assert told(post, events=(event,)) == [(ItemKind.NEWS, "Vi ställer in träffen")]
    assert asked_for.title == "Inställt: Träff"
    assert (asked_for.id, asked_for.title) in found.told_by_posts()
    assert (asked_for.id, asked_for.title) in found.names()


def test_a_cancellation_that_nobody_has_dated_is_told_at_once() -> None:
    """Somebody wrote `status: cancelled` and no more: no feed has it, and channels do."""
    (item,) = items(make_newsroom(site=SITE, events=(cancelled(),))).fresh()

    assert (item.kind, item.title, item.at) == (ItemKind.CHANGE, "Inställt: Träff", NOW)


def test_a_change_that_gets_a_day_is_the_same_news() -> None:
    """`check --fix` writes when it was: nobody is told of it again."""
    (undated,) = items(make_newsroom(site=SITE, events=(cancelled(),))).fresh()
    (dated,) = items(make_newsroom(site=SITE, events=(cancelled(CANCELLED),))).fresh()

    assert undated.id == dated.id


def test_an_event_that_is_changed_is_told_by_its_change() -> None:
    """Its own words, of time and place alone, would hide what became of it."""
    moved = make_event(
        "traff",
        title="Träff",
        start=NOW + timedelta(days=9),
        status=EventStatus.MOVED,
        previously=(Earlier(start=NOW + timedelta(days=2), changed=NOW),),
    )
    found = items(make_newsroom(site=SITE, events=(moved,)))

    assert [item.title for item in found.fresh()] == ["Ny tid: Träff"]
    assert list(found.of_ids([moved.id])) == []


def test_what_is_not_built_is_not_announced() -> None:
    """A page that could not be made, or was written since the build, leads nowhere yet."""
    newsroom = make_newsroom(
        site=SITE,
        posts=(make_post("a", published=NOW), make_post("b", published=NOW)),
        events=(make_event("c", start=NOW + timedelta(days=3)),),
    )

    found = items(newsroom, {"nyheter/2026/a/index.html"}).fresh()

    assert [item.url for item in found] == ["https://natverket.test/nyheter/2026/a/"]


def test_its_words() -> None:
    """Title and summary are plain and on one line; of a text without summary it is the first."""
    post = make_post(
        "a",
        title="Hälsa & <b>val</b>",
        published=NOW,
        body="Det *första* stycket\nmed [länk](https://x.example/).\n\nDet andra.",
        tags=("jamlik-halsa",),
    )
    newsroom = make_newsroom(site=SITE, posts=(post,))

    (item,) = items(newsroom).fresh()

    assert (item.title, item.summary) == ("Hälsa & val", "Det första stycket med länk.")
    assert (item.tags, item.lang, item.more) == (("Jamlik halsa",), "sv", "Läs mer")
    assert item.id == post.id


def test_when_and_where_an_event_is() -> None:
    """An event begins with its time and place; the year is told."""
    event = make_event(
        "a",
        start=at("2026-10-21T10:00"),
        end=at("2026-10-21T15:00"),
        place=Place("Folkets hus", "Storgatan 1"),
        summary="Om arbete.",
    )
    newsroom = make_newsroom(site=SITE, events=(event,))

    (item,) = items(newsroom).fresh()

    assert item.summary.replace("\N{NO-BREAK SPACE}", " ") == (
        "21 oktober 2026 kl. 10.00–15.00, Folkets hus. Om arbete."
    )


def test_what_is_asked_for_by_name() -> None:
    """However old, what readers see can be found by its file or its id."""
    post = make_post("gammal", published=NOW - timedelta(days=900))
    newsroom = make_newsroom(site=SITE, posts=(post,))
    found = items(newsroom)

    assert found.fresh() == ()
    assert list(found.of_ids([post.id, "urn:x:nosuch"])) == [post.id]
    assert [one.id for one in found.chosen(lambda source, _: source == str(post.source))] == [
        post.id
    ]
