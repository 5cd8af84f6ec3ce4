"""People and members."""

from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.model import Asset, Image, Member
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_newsroom,
    make_post,
    make_publication,
    make_site,
)
from tests.render.printed import inputs, printed


def make_member(slug: str, **other: Any) -> Member:  # noqa: ANN401
    """A member organisation."""
    values: dict[str, Any] = {
        "source": PurePosixPath(f"posts/members/{slug}.md"),
        "body_line": 5,
        "id": f"urn:uuid:{slug}",
        "title": slug.capitalize(),
        "slug": slug,
        "lang": "sv",
        "body": "",
    }
    return Member(**{**values, **other})


def test_people_stand_by_group_and_are_told_of_once() -> None:
    """The office first; who is in two groups stands in the first, and is named in the other."""
    anna = make_contact(groups=("styrelse", "kansli"), body="Anna håller ihop allt.")
    bo = make_contact(
        "bo", title="Bo Lind", groups=("styrelse",), party="C", organisation="Kvarnmo"
    )
    cim = make_contact("cim", title="Cim")

    page = printed(make_newsroom(contacts=(anna, bo, cim)))["kontakt/index.html"]

    assert page.index("<h2>Kansli</h2>") < page.index("<h2>Styrelse</h2>") < page.index("Fler")
    assert page.count("Anna håller ihop allt.") == 1
    assert page.count('id="anna"') == 1
    assert page.count(">Anna Ek") == 2
    assert page.count('href="tel:0101234567"') == 3  # one each
    assert '<a href="#anna">Anna Ek</a><span class="quiet">, Samordnare</span>' in page
    assert "(C)" in page
    assert "Samordnare, Kvarnmo" in page


def test_who_has_left_is_shown_nowhere() -> None:
    """Once the task is over a person is on no page, and links to the person are words."""
    bo = make_contact("bo", title="Bo Lind", until=at("2026-06-01T00:00"))
    link = "Fråga [den som höll i det](../contacts/bo.md)."
    newsroom = make_newsroom(
        contacts=(make_contact(), bo),
        posts=(make_post(contacts=("anna", "bo"), body=link),),
        events=(make_event(contacts=("bo",)),),
        members=(make_member("kvarnmo", contacts=("bo",)),),
    )

    before = printed(newsroom, at("2026-05-31T23:59"))
    after = printed(newsroom, at("2026-06-01T00:00"))

    assert len([path for path, text in before.items() if "Bo Lind" in text]) > 3
    assert not [path for path, text in after.items() if "Bo Lind" in text]
    assert not [path for path, text in after.items() if "#bo" in text]
    assert any("Fråga den som höll i det." in text for text in after.values())


def test_a_lonely_member_is_one_in_words() -> None:
    """A list of one is introduced as people would."""
    page = printed(make_newsroom(members=(make_member("a"),)))["medlemmar/index.html"]

    assert '<p class="summary">En medlem.</p>' in page


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nobody_is_counted_as_none(lang: str) -> None:
    """Where all members have left, those who were members are listed, and no number is told."""
    gone = make_member("kvarnmo", left=date(2025, 12, 31))
    address = "medlemmar" if lang == "sv" else "members"

    page = printed(make_newsroom(site=make_site(language=lang), members=(gone,)))[
        f"{address}/index.html"
    ]

    assert "Kvarnmo</a>" in page
    assert " 0 " not in page
    assert '<ul class="members">' not in page


def test_a_member_and_what_is_about_it_lead_to_each_other() -> None:
    """News, events and documents name the members they are about, whose page lists them."""
    newsroom = make_newsroom(
        members=(make_member("kvarnmo"), make_member("annan")),
        posts=(make_post(members=("kvarnmo", "okand")),),
        events=(make_event(members=("kvarnmo",)),),
        publications=(make_publication(members=("kvarnmo",)),),
    )

    site = printed(newsroom)

    told = ("nyheter/2026/ett/", "kalender/mote/", "dokument/handbok/")
    for path in told:
        assert '<li><a href="/medlemmar/kvarnmo/">Kvarnmo</a></li>' in site[f"{path}index.html"]
        assert f'href="/{path}"' in site["medlemmar/kvarnmo/index.html"]
        assert f'href="/{path}"' not in site["medlemmar/annan/index.html"]


def test_a_member_with_a_new_name_has_it_on_the_pages_about_it() -> None:
    """A page is printed anew when a member it names is called something else."""
    post, page = make_post(members=("kvarnmo",)), "nyheter/2026/ett/index.html"
    before = make_newsroom(posts=(post,), members=(make_member("kvarnmo"),))
    after = make_newsroom(posts=(post,), members=(make_member("kvarnmo", title="Kvarn"),))

    assert inputs(before)[page] != inputs(after)[page]


def test_people_without_groups_need_no_heading_of_others() -> None:
    """When nobody has a group, they are simply people."""
    page = printed(make_newsroom(contacts=(make_contact(),)))["kontakt/index.html"]

    assert "<h2>Personer</h2>" in page


def test_a_portrait_or_else_the_initials() -> None:
    """Who has no portrait has initials, so that the list is even."""
    face = PurePosixPath("posts/contacts/bo.jpg")
    bo = make_contact("bo", title="Bo af Lind", photo=Image(face, "Bo"))
    asset = Asset(face, 10, "ab" * 32, "image/jpeg", 300, 300)

    page = printed(make_newsroom(contacts=(make_contact(), bo), assets=(asset,)))[
        "kontakt/index.html"
    ]

    assert "data-pagefind-ignore>AE</span>" in page
    assert 'src="/bilder/abababababa1/bo-300.jpg" alt="Bo"' in page


def test_members_are_sorted_as_swedish_and_those_who_left_stand_apart() -> None:
    """Å, ä and ö come last; a member who has left is a former one."""
    members = (
        make_member("a", title="Örebro", joined=date(2010, 1, 1)),
        make_member("b", title="Malmö"),
        make_member("d", title="Ängelholm"),
        make_member("e", title="Åre"),
        make_member("c", title="Gävle", joined=date(2006, 1, 1), left=date(2020, 12, 31)),
    )

    site = printed(make_newsroom(members=members))
    page = site["medlemmar/index.html"]

    order = ("Malmö", "Åre", "Ängelholm", "Örebro", "Tidigare medlemmar")
    places = [page.index(f">{words}<") for words in order]
    assert places == sorted(places)
    assert "Vi är 4 medlemmar." in page
    assert "2006–2020" in page
    assert "31 december 2020" in site["medlemmar/c/index.html"]


def test_members_say_what_they_are_and_since_when() -> None:
    """In the list stand the kind of member and the year it joined."""
    members = (make_member("a", type="kommun", joined=date(2010, 5, 1)), make_member("b"))

    page = printed(make_newsroom(members=members))["medlemmar/index.html"]

    assert '<p class="kind"><span>Kommun</span><span>Medlem sedan 2010</span></p>' in page
    assert page.count('class="kind"') == 1


def test_a_member_has_a_page() -> None:
    """Kind, web address, and the people to reach there."""
    member = make_member(
        "lovhamn", type="kommun", url="https://www.lovhamn.example/", contacts=("anna",)
    )

    page = printed(make_newsroom(members=(member,), contacts=(make_contact(),)))[
        "medlemmar/lovhamn/index.html"
    ]

    assert "Kommun" in page
    assert '<a href="https://www.lovhamn.example/">lovhamn.example</a>' in page
    assert "Anna Ek" in page


def test_a_member_shows_what_is_told_of_it_and_how_to_follow_it() -> None:
    """News and events that name a member stand on its page, with a feed and a calendar."""
    newsroom = make_newsroom(
        members=(make_member("lovhamn"), make_member("kvarnmo")),
        posts=(make_post(members=("lovhamn",)),),
        events=(make_event(members=("lovhamn",)),),
    )

    site = printed(newsroom)

    page = site["medlemmar/lovhamn/index.html"]
    assert 'href="/nyheter/2026/ett/"' in page
    assert 'href="/kalender/mote/"' in page
    for link in (
        'type="application/rss+xml" title="Lovhamn – Nätverket Exempel"',
        '<a href="/medlemmar/lovhamn/feed.xml">',
        '<a href="/medlemmar/lovhamn/calendar.ics">',
        'href="webcal://nyheter.example.se/medlemmar/lovhamn/calendar.ics"',
    ):
        assert link in page
    assert "/medlemmar/kvarnmo/feed.xml" not in site["medlemmar/kvarnmo/index.html"]


def test_a_tag_without_a_page_is_no_link() -> None:
    """A member's tag leads somewhere only when posts or events have it too."""
    page = printed(make_newsroom(members=(make_member("a", tags=("ensam",)),)))[
        "medlemmar/a/index.html"
    ]

    assert "ensam" not in page.lower()
