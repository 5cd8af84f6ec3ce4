from lxml import html

from newsroom.model import Earlier
from tests.render.pieces import at, make_event, make_member, make_newsroom, make_post
from tests.render.printed import inputs, printed

LATEST = "embed/latest.html"
POSTS = tuple(make_post(f"p{i}", published=at(f"2026-05-{20 - i:02}T10:00")) for i in range(6))


def test_other_sites_can_show_the_newest() -> None:
    """The fragment has the five newest with whole links under a heading, in its language."""
    fragment = html.fragment_fromstring(printed(make_newsroom(posts=POSTS))[LATEST])

    links = fragment.xpath("//a/@href")
    assert links[0] == "https://nyheter.example.se/"
    assert links[1:] == [f"https://nyheter.example.se/nyheter/2026/p{i}/" for i in range(5)]
    assert fragment.get("lang") == "sv"
    assert fragment.findtext("h2/a") == "Nyheter: Nätverket Exempel"
    assert fragment.xpath("//time/@datetime")[0] == "2026-05-20T10:00+02:00"


def test_the_fragment_brings_nothing_with_it() -> None:
    """Neither style nor script, picture nor class: the page that takes it in decides the look."""
    fragment = html.fragment_fromstring(printed(make_newsroom(posts=POSTS))[LATEST])

    assert {element.tag for element in fragment.iter()} == {
        *("section", "h2", "ul", "li", "a", "time")
    }
    names = {name for element in fragment.iter() for name in element.attrib}
    assert names <= {"lang", "href", "datetime"}


def test_changed_events_are_news_there_too() -> None:
    """A notice stands among the posts, in the order of time, and leads to the event."""
    earlier = Earlier(start=at("2026-10-01T13:00"), changed=at("2026-05-19T12:00"))
    events = (make_event(previously=(earlier,)),)

    fragment = html.fragment_fromstring(printed(make_newsroom(posts=POSTS, events=events))[LATEST])

    titles = [link.text for link in fragment.xpath("//li/a")]
    assert titles[:3] == ["Nyheten p0", "Ny dag: Träffen mote", "Nyheten p1"]
    assert len(titles) == 5


def test_each_member_can_show_its_own() -> None:
    """A member that posts name has a fragment of them; one without has none."""
    posts = (make_post("deras", members=("kvarnmo",)), make_post("annan"))
    members = (make_member(), make_member("lovhamn"))

    site = printed(make_newsroom(posts=posts, members=members))

    fragment = html.fragment_fromstring(site["embed/medlemmar/kvarnmo.html"])
    assert [link.text for link in fragment.xpath("//a")] == [
        "Nyheter: Kvarnmo kommun",
        "Nyheten deras",
    ]
    assert "embed/medlemmar/lovhamn.html" not in site


def test_an_old_post_leaves_the_fragment_alone() -> None:
    """What the fragment does not show does not make it new."""
    before = inputs(make_newsroom(posts=POSTS))
    after = inputs(make_newsroom(posts=(*POSTS[:5], make_post("p5", title="Ny"))))

    assert before[LATEST] == after[LATEST]
