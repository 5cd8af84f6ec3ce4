"""What readers may see, and when."""

from dataclasses import replace
from datetime import date

import pytest

from newsroom.model import Contact, Event, Issue, Post, Withdrawal
from newsroom.model.filing import card_of
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
)

NOON = at("2026-06-01T12:00")
GONE = Withdrawal(date(2026, 5, 1), "fel siffror")


@pytest.mark.parametrize(
    ("post", "public"),
    [
        (make_post(published=NOON), True),
        (make_post(published=at("2026-06-01T12:01")), False),
        (make_post(draft=True), False),
        (make_post(withdrawn=GONE), False),
        (make_post(expires=at("2026-06-01T12:01")), True),
        (make_post(expires=NOON), False),
    ],
    ids=["its minute", "a minute early", "draft", "withdrawn", "last minute", "expired"],
)
def test_a_post_has_its_time(post: Post, public: bool) -> None:  # noqa: FBT001
    """A post is public from its date until it expires, unless it is a draft or was taken back."""
    assert post.is_public(NOON) is public


@pytest.mark.parametrize(
    ("issue", "public"),
    [
        (make_issue(published=NOON), True),
        (make_issue(published=None), True),
        (make_issue(published=at("2026-06-01T12:01")), False),
        (make_issue(draft=True), False),
        (make_issue(withdrawn=GONE), False),
    ],
    ids=["its minute", "no date", "early", "draft", "withdrawn"],
)
def test_an_issue_has_its_time(issue: Issue, public: bool) -> None:  # noqa: FBT001
    """An issue is on the web from its date, or at once when it has none."""
    assert issue.is_public(NOON) is public


@pytest.mark.parametrize(
    ("event", "over"),
    [
        (make_event(start=at("2026-06-01T10:00"), end=NOON), True),
        (make_event(start=at("2026-06-01T10:00"), end=at("2026-06-01T12:01")), False),
        (make_event(start=NOON, end=None), True),
        (make_event(start=at("2026-06-02T10:00"), end=None), False),
    ],
)
def test_an_event_ends(event: Event, over: bool) -> None:  # noqa: FBT001
    """An event is over from its end, or from its start when it has no end."""
    assert event.is_over(NOON) is over


@pytest.mark.parametrize(
    ("contact", "public"),
    [
        (make_contact(), True),
        (make_contact(until=at("2026-06-01T12:01")), True),
        (make_contact(until=NOON), False),
        (make_contact(draft=True), False),
        (make_contact(withdrawn=GONE), False),
    ],
    ids=["no end", "last minute", "left", "draft", "withdrawn"],
)
def test_a_person_is_there_while_the_task_lasts(contact: Contact, public: bool) -> None:  # noqa: FBT001
    """A person is shown until the end of the task; what a card says of it is the same."""
    assert contact.is_public(NOON) is public
    assert card_of(contact, make_newsroom().site).is_public(NOON.timestamp()) is public


def test_the_public_newsroom() -> None:
    """Only what readers may see is in it, in the same order, each kind by its own rule."""
    newsroom = make_newsroom(
        posts=(make_post("b"), make_post("utkast", draft=True), make_post("a")),
        contacts=(make_contact("anna"), replace(make_contact("bo"), draft=True)),
        events=(make_event(),),
        issues=(make_issue(draft=True),),
    )

    public = newsroom.public(NOON)

    assert [piece.slug for piece in public.pieces()] == ["b", "a", "mote", "anna"]
    assert len(list(newsroom.pieces())) == 7
