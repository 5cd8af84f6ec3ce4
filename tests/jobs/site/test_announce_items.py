"""What is news, and what is not."""

from datetime import timedelta

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
    """An event is news until it is over, however far ahead; one that is cancelled is not."""
    events = (
        make_event("forbi", title="förbi", start=NOW - timedelta(days=1), end=None),
        make_event("snart", title="snart", start=NOW + timedelta(days=300)),
        make_event(
            "installt",
            title="inställt",
            start=NOW + timedelta(days=9),
            status=EventStatus.CANCELLED,
        ),
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
    """What was changed lately is told as feeds tell it; a change of long ago is not."""
    lately, once = NOW - timedelta(days=1), NOW - timedelta(days=30)
    events = tuple(
        make_event(
            slug,
            title=slug,
            start=NOW + timedelta(days=20),
            place=Place("Ny sal"),
            previously=(Earlier(changed=changed, place=Place("Gammal sal")),),
        )
        for slug, changed in (("flyttat", lately), ("da", once))
    )
    newsroom = make_newsroom(site=SITE, posts=(make_post("x", published=once),), events=events)

    changes = [item for item in items(newsroom).fresh() if item.kind is ItemKind.CHANGE]

    assert [item.title for item in changes] == ["Ny plats: flyttat"]
    assert "Ny sal" in changes[0].summary
    assert changes[0].url == "https://natverket.test/kalender/flyttat/"


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
