"""Pieces stand closed until somebody looks into them."""

import pytest

from newsroom.model import Card, Event, Newsroom, Shelf
from newsroom.model.filing import all_cards, card_of, shelf_of, shelved
from tests.render.pieces import at, make_event, make_member, make_newsroom, make_post, make_site

NOW = at("2026-09-01T10:00")
EVENTS = {f"posts/events/{slug}.md": make_event(slug) for slug in ("a", "b", "c")}


class Events:
    """A shelf of three events, and which of them were opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.shelf = Shelf([card_of(event, make_site()) for event in EVENTS.values()], self.open)

    def open(self, card: Card) -> Event:
        """The event of a card."""
        self.opened.append(card.slug)
        return EVENTS[card.source]


@pytest.fixture
def events() -> Events:
    """The events, all closed."""
    return Events()


def test_what_is_asked_of_all_opens_none(events: Events) -> None:
    """How many there are, which are public and what comes of a change is known from cards."""
    newsroom = make_newsroom(events=events.shelf)

    public = newsroom.public(NOW).each(lambda pieces: pieces[1:])
    cards = all_cards(public)

    assert [card.slug for card in cards] == ["b", "c"]
    assert len(public.events) == 2
    assert events.opened == []


def test_a_piece_is_opened_once(events: Events) -> None:
    """It stays open, for shelves that were made of the first one too."""
    some = events.shelf.only(lambda card: card.slug != "b")

    assert some[0] is events.shelf[0] is EVENTS["posts/events/a.md"]
    assert list(some) == [some[0], some[1]]
    assert events.opened == ["a", "c"]


def test_what_nobody_looks_at_is_closed_again(events: Events) -> None:
    """A large archive that is gone through once is not in memory as a whole afterwards."""
    card = events.shelf.cards[0]
    many = Shelf([card._replace(id=str(number)) for number in range(1000)], events.open)

    for _ in many:
        pass
    many.take(many.cards[-1])
    many.take(many.cards[0])

    assert len(events.opened) == len(many) + 1


def test_a_change_waits_until_somebody_looks(events: Events) -> None:
    """Cards are changed at once, and each piece when it is opened."""
    drafts = events.shelf.altered(
        lambda card: card._replace(draft=True),
        lambda event: make_event(event.slug, draft=True),
    )

    assert all(card.draft for card in drafts.cards)
    assert events.opened == []
    assert drafts[1].draft
    assert events.opened == ["b"]


def test_pieces_without_cards_get_them() -> None:
    """A newsroom that was put together by hand is looked at as one from a folder."""
    post, event, member = make_post(), make_event(), make_member()
    newsroom = make_newsroom(posts=(post,), events=(event,), members=(member,))

    found: Newsroom = shelved(newsroom, leads=lambda piece: [f"led/{piece.slug}"])

    assert found == newsroom
    assert [card.leads for card in all_cards(found)] == [
        (f"led/{piece.slug}",) for piece in (post, event, member)
    ]
    assert shelf_of(found.events, found.site) is found.events
