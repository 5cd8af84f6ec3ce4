"""Drafting an issue: what it tells, and how its file is written."""

from dataclasses import replace
from datetime import timedelta

import pytest
import yaml

from newsroom.errors import StateError
from newsroom.jobs.draft import choose_contents, draft_issue
from newsroom.model import EventStatus, Newsroom, Placement
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
)

NOW = at("2026-11-10T09:00")
SPRING = make_issue(published=at("2026-06-02T09:00"), number=38)
NEW = make_post("ny", published=at("2026-10-01T10:00"))
OFFICE = make_contact("alva", groups=("kansli",))
BOARD = make_contact("bo", groups=("styrelse",))


def fields_of(text: str) -> dict[str, object]:
    """The front matter of a draft."""
    fields: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return fields


def names(newsroom: Newsroom) -> list[str]:
    """The posts that an issue of autumn 2026 would tell, in order."""
    contents = choose_contents(newsroom, "2026-host", NOW)
    return [post.slug for post in contents.stories]


def test_it_tells_what_came_since_the_last_issue() -> None:
    """News that was there before the last issue left is not told again."""
    old = make_post("gammal", published=SPRING.published)
    early = make_post("tidig", published=at("2026-06-02T09:01"))

    assert names(make_newsroom(posts=(NEW, early, old), issues=(SPRING,))) == ["ny", "tidig"]


def test_the_first_issue_tells_of_half_a_year() -> None:
    """Without an issue before it, what came in the last half year is new."""
    may = make_post("maj", published=at("2026-05-10T10:00"))
    april = make_post("april", published=at("2026-04-10T10:00"))

    assert names(make_newsroom(posts=(NEW, may, april))) == ["ny", "maj"]


@pytest.mark.parametrize(
    "changes",
    [
        {"draft": True},
        {"published": NOW + timedelta(minutes=1)},
        {"placement": Placement.NEVER},
        {"expires": NOW},
    ],
    ids=["draft", "to come", "never", "expired"],
)
def test_what_is_left_out(changes: dict[str, object]) -> None:
    """Drafts, posts to come, expired ones and those that never want to be told stay out."""
    assert names(make_newsroom(posts=(replace(NEW, **changes),))) == []  # type: ignore[arg-type]


def test_what_an_issue_has_told_is_not_told_again() -> None:
    """A post that an earlier issue names, as a story or as its lead, is left out."""
    posts = (NEW, make_post("ledd", published=NEW.published), make_post("sagd"))
    earlier = replace(SPRING, published=None, stories=("sagd",), lead="ledd")

    assert names(make_newsroom(posts=posts, issues=(earlier,))) == ["ny"]


def test_the_lead_stands_alone() -> None:
    """The newest post that wants to lead is the lead, and no story as well."""
    lead = make_post("stor", published=NEW.published, placement=Placement.LEAD)

    contents = choose_contents(make_newsroom(posts=(NEW, lead)), "2026-host", NOW)

    assert contents.lead == lead
    assert contents.stories == (NEW,)


def test_coming_events() -> None:
    """Events ahead are named; those that are over, called off or far away are not."""
    near = make_event("nara", start=NOW + timedelta(days=30), end=None)
    events = (
        make_event("over", start=NOW - timedelta(days=2), end=NOW),
        near,
        replace(near, slug="installd", status=EventStatus.CANCELLED),
        make_event("fjarran", start=NOW + timedelta(days=300), end=None),
    )

    contents = choose_contents(make_newsroom(posts=(NEW,), events=events), "2026-host", NOW)

    assert contents.events == (near,)


def test_the_office_is_the_contact() -> None:
    """The office is named; where nobody is called so, the approvers are."""
    site = make_site(approvers=("bo",))
    people = make_newsroom(site=site, posts=(NEW,), contacts=(OFFICE, BOARD))
    without = replace(people, contacts=(BOARD,))

    assert choose_contents(people, "2026-host", NOW).contacts == (OFFICE,)
    assert choose_contents(without, "2026-host", NOW).contacts == (BOARD,)


def test_the_file_is_a_list_to_edit() -> None:
    """Each name has its title beside it; number, period and span are filled in."""
    newsroom = make_newsroom(
        posts=(NEW, replace(NEW, slug="till", title="En: titel\nmed # tecken")),
        events=(make_event("mote", start=at("2026-12-01T10:00"), end=None),),
        contacts=(OFFICE,),
        issues=(SPRING,),
    )

    path, text = draft_issue(newsroom, "2026-host", NOW)

    fields = fields_of(text)
    assert str(path) == "posts/newsletters/2026-host.md"
    assert "  - ny  # Nyheten ny\n" in text
    assert "  - till  # En: titel med # tecken\n" in text
    assert {name: fields[name] for name in ("title", "number", "period", "draft")} == {
        "title": "Nyhetsbrev hösten 2026",
        "number": 39,
        "period": "hösten 2026",
        "draft": True,
    }
    assert str(fields["covers"]) == str({"from": at("2026-06-02T09:00").date(), "to": NOW.date()})
    assert (fields["stories"], fields["events"], fields["contacts"]) == (
        ["ny", "till"],
        ["mote"],
        ["alva"],
    )
    assert fields["lead"] is None
    assert text.endswith("[Skriv några rader till läsarna här.]\n")


def test_an_english_newsroom() -> None:
    """In an English newsroom the draft is English, and a season's name is."""
    newsroom = make_newsroom(site=make_site(language="en"), posts=(NEW,))

    _, text = draft_issue(newsroom, "2026-autumn", NOW)

    assert fields_of(text)["title"] == "Newsletter, autumn 2026"
    assert text.endswith("[Write a few lines to the readers here.]\n")


def test_a_name_without_a_season() -> None:
    """A name that is no year and season is used as it is."""
    _, text = draft_issue(make_newsroom(posts=(NEW,)), "extra", NOW)

    assert fields_of(text)["title"] == "Nyhetsbrev extra"


def test_two_drafts_have_two_ids() -> None:
    """The id is minted with the draft, for good."""
    newsroom = make_newsroom(posts=(NEW,))

    drafts = {str(fields_of(draft_issue(newsroom, "2026-host", NOW)[1])["id"]) for _ in range(2)}

    assert len(drafts) == 2


def test_no_draft_over_an_issue() -> None:
    """An issue that is there already is not drafted."""
    newsroom = make_newsroom(posts=(NEW,), issues=(SPRING,))

    with pytest.raises(StateError, match=r"newsletters/2026-var\.md: the issue is there already"):
        draft_issue(newsroom, "2026-var", NOW)


def test_no_draft_of_nothing() -> None:
    """Coming events alone make no issue."""
    newsroom = make_newsroom(events=(make_event(start=NOW + timedelta(days=1), end=None),))

    with pytest.raises(StateError, match="nothing to tell; skipped"):
        draft_issue(newsroom, "2026-host", NOW)
