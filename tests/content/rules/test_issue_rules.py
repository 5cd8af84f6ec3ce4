"""What speaks against sending an issue as it stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.content.front.front_matter import split
from newsroom.content.front.notes import Notes
from newsroom.content.rules.issue_rules import LeavingIssue, issue_problems, repeated
from newsroom.model import (
    Image,
    Issue,
    Newsroom,
    Piece,
    Placement,
    Registration,
    Severity,
    Withdrawal,
)
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
)

LEAVES = at("2026-06-02T09:00")
POST = make_post("ett")
EVENT = make_event("mote")
PERSON = make_contact("anna", verified=date(2026, 1, 10))
FILE = """\
---
title: Nyhetsbrev våren 2026
preheader: Allt som har hänt.
lead: ledaren
stories:
  - ett
  - ett
events:
  - mote
contacts:
  - anna
---

Hej!

Våren är här.
"""


def told(*pieces: Piece, before: dict[str, str] | None = None, **issue: object) -> list[str]:
    """What is said of an issue with one of each, some of them replaced: `severity line code`."""
    fields: dict[str, object] = {"stories": ("ett",), "events": ("mote",), "contacts": ("anna",)}
    return [
        f"{each.severity} {each.line} {each.code}"
        for each in issue_problems(
            leaving(make_issue(body_line=14, **{**fields, **issue}), pieces, before)
        )
    ]


def leaving(
    issue: Issue, pieces: tuple[Piece, ...] = (), before: dict[str, str] | None = None
) -> LeavingIssue:
    """The issue with what it names, as it leaves in June."""
    others = {piece.slug: piece for piece in pieces}
    front = split(FILE, Notes(issue.source))
    assert front is not None
    newsroom = make_newsroom(
        posts=(others.get("ett", POST),),
        events=(others.get("mote", EVENT),),
        contacts=(others.get("anna", PERSON),),
        issues=(issue,),
    )
    return LeavingIssue(newsroom, issue, front, LEAVES, before or {})


def test_a_whole_issue() -> None:
    """Of an issue that may be sent nothing is said."""
    assert told() == []


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        (replace(POST, draft=True), "it is a draft"),
        (replace(POST, withdrawn=Withdrawal(date(2026, 5, 1), "fel")), "it was withdrawn"),
        (
            replace(POST, published=at("2026-06-02T10:00")),
            "it is not public before 2026-06-02 10:00",
        ),
        (replace(POST, expires=at("2026-06-01T12:00")), "its time was over at 2026-06-01 12:00"),
        (make_post("annan"), "its file has errors; see: newsroom check"),
    ],
)
def test_a_story_that_readers_would_not_find(hidden: Piece, why: str) -> None:
    """A story that is not public when the issue leaves is an error with its line and its reason."""
    issue = make_issue(stories=("ett",))
    newsroom = make_newsroom(posts=(hidden,), issues=(issue,))
    look = replace(leaving(issue), newsroom=newsroom)

    (problem,) = issue_problems(look)

    assert (problem.code, problem.line, problem.severity) == ("left-out", 6, Severity.ERROR)
    assert problem.message == f'"ett" would be left out of the letter: {why}'


def test_an_event_that_is_over_when_the_issue_leaves() -> None:
    """An event that has ended by the time of sending is an error, one that still lasts is none."""
    ends = replace(EVENT, start=at("2026-06-01T10:00"), end=LEAVES)
    lasts = replace(ends, end=LEAVES + timedelta(minutes=1))

    assert told(ends) == ["error 9 past-event"]
    assert told(lasts) == []


def test_a_deadline_that_has_passed() -> None:
    """An event that nobody can register for any more when the issue leaves is a warning."""
    closed = replace(EVENT, registration=Registration(None, at("2026-06-01T23:59")))

    assert told(closed) == ["warning 9 past-deadline"]


def test_a_contact_that_nobody_has_looked_after_for_a_year() -> None:
    """A contact who was verified more than twelve months before the sending is an error."""
    assert told(replace(PERSON, verified=date(2025, 5, 31))) == ["error None unverified"]
    assert told(replace(PERSON, verified=date(2025, 6, 2))) == []


def test_a_contact_who_has_left() -> None:
    """Somebody whose task has ended by the time of sending would be missing in the letter."""
    assert told(replace(PERSON, until=LEAVES)) == ["error 11 left-out"]


def test_a_contact_that_was_never_verified() -> None:
    """It is a warning where most people have a date, and nothing where nobody has."""
    new = make_contact("anna")
    colleagues = tuple(
        replace(PERSON, slug=name, source=PERSON.source.with_stem(name)) for name in "bcd"
    )
    look = leaving(make_issue(stories=("ett",), contacts=("anna",)), (new,))
    among = replace(look.newsroom, contacts=(new, *colleagues))

    (problem,) = issue_problems(replace(look, newsroom=among))

    assert (problem.code, problem.severity) == ("unverified", Severity.WARNING)
    assert told(new) == []


def test_a_picture_without_words() -> None:
    """A story's picture needs a description; an empty one says that it only decorates."""
    picture = Image(POST.source.parent / "bild.jpg", None)

    assert told(replace(POST, image=picture)) == ["error None missing-alt"]
    assert told(replace(POST, image=replace(picture, alt=""))) == []


def test_told_before() -> None:
    """A story that an earlier issue told is a warning, unless its post says that it always is."""
    before = {POST.id: "2025-host"}

    assert told(before=before) == ["warning 6 told-before"]
    assert told(replace(POST, placement=Placement.ALWAYS), before=before) == []


def test_a_story_that_stands_twice() -> None:
    """A story that stands in the list twice is a warning; one that is also the lead is none."""
    assert told(stories=("ett", "ett")) == ["warning 7 listed-twice"]
    assert told(stories=("ett",), lead="ett") == []


@pytest.mark.parametrize(
    ("field", "text", "where"),
    [
        ("body", "Hej!\n\nTODO: mer", 16),
        ("body", "Hej {{ namn }}!", 14),
        ("title", "Nyhetsbrev [datum]", 2),
        ("preheader", "Lorem ipsum dolor sit amet, consectetur", 3),
    ],
)
def test_a_place_that_waits_for_its_words(field: str, text: str, where: int) -> None:
    """A placeholder in the title, the lines of the inbox or the introduction is an error."""
    issue = make_issue(**{"stories": ("ett",), "body_line": 14, field: text})

    (problem,) = issue_problems(leaving(issue))

    assert (problem.severity, problem.line, problem.code) == (Severity.ERROR, where, "unfinished")


def test_a_story_that_waits_for_its_words() -> None:
    """A placeholder in what the letter shows of a story is an error of the story's file."""
    assert told(replace(POST, summary="[Skriv ingressen här.]")) == ["error None unfinished"]


def test_nothing_to_tell() -> None:
    """An issue without a story has nothing to tell, whatever events are ahead."""
    assert told(stories=()) == ["error 5 empty-issue"]
    assert told(stories=(), lead="ett") == []


def test_no_postal_address() -> None:
    """Each letter tells where its sender can be reached (2008:486 section 20)."""
    look = leaving(make_issue(stories=("ett",)))
    nowhere: Newsroom = replace(look.newsroom, site=make_site(postal_address=""))

    (problem,) = issue_problems(replace(look, newsroom=nowhere))

    assert (str(problem.source), problem.code) == ("posts/site.yaml", "postal-address")


def test_check_warns_of_what_is_told_again() -> None:
    """An issue to come that tells what another told is warned of; one that is out is left alone."""
    spring = make_issue(stories=("ett",), published=at("2026-06-02T09:00"))
    autumn = make_issue(
        slug="2026-host", source=spring.source.with_stem("2026-host"), stories=("ett",), draft=True
    )
    newsroom = make_newsroom(posts=(POST,), issues=(autumn, spring))

    (problem,) = repeated(newsroom, at("2026-11-10T09:00"))

    assert (problem.code, problem.severity) == ("told-before", Severity.WARNING)
    assert problem.source == autumn.source
