"""Where readers are led to other sites."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.jobs.links.gather import (
    LinkPlace,
    by_url,
    gather,
    links_of,
    of_settings,
    of_template,
    told_in,
)
from newsroom.model import Member, Source
from newsroom.model.event import Online, Registration
from newsroom.model.filing import shelved
from tests.render.pieces import at, make_event, make_issue, make_member, make_newsroom, make_post

NOW = at("2026-11-22T10:00")
OURS = frozenset(["nyheter.example.se"])
TEXT = "---\ntitle: Ny\nurl: https://a.example/x\n---\n"


def found_in(body: str, **other: Any) -> list[str]:  # noqa: ANN401
    """The links of a post with this text, as `line address`."""
    post = make_post(body=body, body_line=7, **other)
    return [f"{place.line} {place.url}" for place in links_of(post, lambda _: TEXT, NOW, OURS)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Se [dem](https://a.example/x).", ["7 https://a.example/x"]),
        ("Ett\n\nTvå <https://a.example/x>", ["9 https://a.example/x"]),
        ("[dem][1]\n\n[1]: https://a.example/x", ["9 https://a.example/x"]),
        ('<a href="https://a.example/?a=1&amp;b=2">x</a>', ["7 https://a.example/?a=1&b=2"]),
        ("Läs https://a.example/x.", ["7 https://a.example/x"]),
        ("[dem](https://a.example/x#del-2)", ["7 https://a.example/x"]),
        ("![bild](https://a.example/x.png)", []),
        ("[dem](mailto:a@example.se) [hit](/nyheter/) [del](#del) [fil](bild.png)", []),
        ("[oss](https://nyheter.example.se/om/)", []),
        ("`https://a.example/x` och [kod](ftp://a.example/)", []),
        ("[x](https://a.example/" + "y" * 1999 + ")", []),
        ("[x](https://[)", []),
    ],
)
def test_the_links_of_a_text(body: str, found: list[str]) -> None:
    """Each with its line, as it is asked for: whole, and without its fragment."""
    assert found_in(body) == found


def test_the_links_of_fields() -> None:
    """Where a post was first published, and a member's own site, each with its line in the file."""
    post = found_in("Hej", origin=Source("Dem", "https://a.example/x"))
    member: Member = make_member(url="https://a.example/x")

    assert post == ["3 https://a.example/x"]
    (place,) = links_of(member, lambda _: TEXT, NOW, OURS)
    assert (place.url, place.line) == ("https://a.example/x", 3)


def test_what_readers_do_not_see_is_not_asked_for() -> None:
    """A post of tomorrow, and a draft; of one that is public it is known since when it is."""
    body = "[dem](https://a.example/{})"
    posts = (
        make_post("nu", body=body.format("nu")),
        make_post("sen", body=body.format("sen"), published=at("2026-11-23T00:00")),
        make_post("utkast", body=body.format("utkast"), draft=True),
    )

    (place,) = gather(make_newsroom(posts=posts, events=()), lambda _: "", NOW)

    assert place == LinkPlace("https://a.example/nu", posts[0].source, 5, at("2026-04-12T10:00"))


def test_where_a_meeting_is_leads_nowhere_when_it_is_over() -> None:
    """Nobody minds; what it left behind is still asked for."""
    shown: dict[str, Any] = {
        "online": Online("https://a.example/rum"),
        "registration": Registration("https://a.example/anmalan"),
        "recordings": ("https://a.example/film",),
        "program": "Se [dagordningen](https://a.example/program).",
        "body": "Hej",
    }
    over = make_event(**shown, start=at("2026-11-02T10:00"), end=at("2026-11-02T12:00"))
    to_come = make_event(**shown, start=at("2026-12-02T10:00"), end=at("2026-12-02T12:00"))

    def found(event: Any) -> list[str]:  # noqa: ANN401
        return [each.url.rpartition("/")[2] for each in links_of(event, lambda _: "", NOW, OURS)]

    assert found(over) == ["film", "program"]
    assert found(to_come) == ["rum", "anmalan", "film", "program"]


def test_the_links_of_settings() -> None:
    """What readers follow; not our own address, nor the doors of machines."""
    text = (
        "name: Nätverket\nurl: https://nyheter.natverket.test\n"
        "announce:\n  - webhook: https://hemlig.example/token\n"
        "privacy: {more: 'https://a.example/regler'}\n# https://b.example/\n"
        "deploy: {command: 'rsync https://c.example'}\n"
    )

    assert list(of_settings(text, PurePosixPath("posts/site.yaml"), OURS)) == [
        LinkPlace("https://a.example/regler", PurePosixPath("posts/site.yaml"), 5)
    ]


def test_the_links_of_a_template() -> None:
    """What it leads to by itself; what it is filled with is known from elsewhere."""
    text = (
        '<a href="https://a.example/">x</a>\n<a href="{{ url }}">y</a>\n'
        '<svg xmlns="http://www.w3.org/2000/svg"></svg><a href="https://b.example/{{ x }}">z</a>'
    )

    assert [place.url for place in of_template(text, PurePosixPath("t.html"), OURS)] == [
        "https://a.example/"
    ]


def test_a_link_that_stands_twice_in_one_place_has_it_once() -> None:
    """And in the order of the places otherwise."""
    one, two = (
        LinkPlace("https://a.example/", PurePosixPath(name), 3) for name in ("b.md", "a.md")
    )

    assert by_url([one, two, one]) == {"https://a.example/": (one, two)}


@pytest.mark.parametrize("is_on_shelves", [True, False])
def test_what_an_issue_tells_of(is_on_shelves: bool) -> None:  # noqa: FBT001
    """Itself, its lead, its stories and its events, and nothing else."""
    posts = tuple(make_post(slug) for slug in ("ett", "två", "tre"))
    events = tuple(make_event(slug) for slug in ("mote", "fest"))
    newsroom = make_newsroom(posts=posts, events=events)
    issue = make_issue(lead="ett", stories=("tre",), events=("fest",))

    told = told_in(issue, shelved(newsroom) if is_on_shelves else newsroom)

    assert [piece.slug for piece in told] == [issue.slug, "ett", "tre", "fest"]
