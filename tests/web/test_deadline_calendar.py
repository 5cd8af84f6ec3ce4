"""An approver's own calendar of deadlines, at an address that is theirs alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from newsroom.delivery.approval.calendar_token import calendar_token
from newsroom.errors import StateError
from newsroom.wiring import review
from newsroom.wiring.deadlines import calendar_address
from tests.review_room import NAME, ReviewRoom, body, make_room

ORIGIN = "https://nyheter.natverket.test"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReviewRoom]:
    """A newsroom with an issue under review, on which the clock has looked."""
    room = make_room(tmp_path)
    room.write()
    room.tick()
    yield room
    room.close()


def address(room: ReviewRoom, slug: str = "anna-ek") -> str:
    """The path of an approver's calendar."""
    return calendar_address(room.desk, slug).removeprefix(ORIGIN)


def events(room: ReviewRoom) -> dict[str, Any]:
    """What stands in Anna's calendar, by its title."""
    made = icalendar.Calendar.from_ical(room.client.get(address(room)).content)
    return {str(event["SUMMARY"]): event for event in made.walk("VEVENT")}


def test_the_days_stand_in_it_in_words(room: ReviewRoom) -> None:
    """Each day says what happens and what is asked; there is an alarm where somebody is asked."""
    found = events(room)

    assert list(found) == [
        "Utkast: Nyhetsbrev hösten 2026",
        "Påminnelse: Nyhetsbrev hösten 2026",
        "Sista dag att godkänna: Nyhetsbrev hösten 2026",
        "Utskick: Nyhetsbrev hösten 2026",
        "Utkast: Nyhetsbrev hösten 2027",
        "Påminnelse: Nyhetsbrev hösten 2027",
        "Sista dag att godkänna: Nyhetsbrev hösten 2027",
        "Utskick: Nyhetsbrev hösten 2027",
    ]
    last = found["Sista dag att godkänna: Nyhetsbrev hösten 2026"]
    assert "Titta på numret och godkänn det" in last["DESCRIPTION"]
    assert "newsroom issue review 2026-host" in last["DESCRIPTION"]
    assert len(last.walk("VALARM")) == 1
    assert last["URL"] == f"{ORIGIN}/nyhetsbrev/"


def test_after_a_yes_nothing_more_is_asked(room: ReviewRoom) -> None:
    """The last day says who approved it, and rings for nobody."""
    room.press("approve")

    last = events(room)["Sista dag att godkänna: Nyhetsbrev hösten 2026"]

    assert last["DESCRIPTION"] == "Anna Ek har godkänt numret. Det går av sig självt."
    assert last.walk("VALARM") == []


def test_a_postponed_issue_is_the_same_event_on_another_day(room: ReviewRoom) -> None:
    """The UID stays, the sequence counts up, and what was cancelled stays and says so."""
    before = events(room)["Utskick: Nyhetsbrev hösten 2026"]
    review.postpone(room.desk, NAME, "2026-12-08", "anna-ek")
    room.tick()

    after = events(room)["Utskick: Nyhetsbrev hösten 2026"]
    review.call_off(room.desk, NAME, "inget att berätta", "anna-ek")
    off = events(room)["INSTÄLLT: Utskick: Nyhetsbrev hösten 2026"]

    assert after["UID"] == before["UID"] == off["UID"]
    assert after.start - before.start == timedelta(days=7)
    assert (before["SEQUENCE"], after["SEQUENCE"], off["SEQUENCE"]) == (0, 1, 2)
    assert off["STATUS"] == "CANCELLED"


def test_fetching_it_changes_nothing_and_nothing_keeps_it(room: ReviewRoom) -> None:
    """However often a program fetches it no row changes; no cache or search engine keeps it."""
    where, before = address(room), room.state_hash()

    answers = [room.client.get(where) for _ in range(3)]
    room.client.head(where)
    room.client.options(where)

    assert room.state_hash() == before
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["cache-control"] == "no-store"
    assert answers[0].headers["x-robots-tag"] == "noindex"
    assert answers[0].headers["content-type"] == "text/calendar; charset=utf-8"
    assert "set-cookie" not in answers[0].headers


def test_the_key_opens_nothing_else_and_no_other_key_opens_it(room: ReviewRoom) -> None:
    """A calendar goes through many hands: its address approves nothing. Others are no address."""
    token = address(room).removeprefix("/granska/").removesuffix(".ics")
    review_token = room.link().rpartition("/")[2]

    assert room.client.get(f"/granska/{NAME}/{token}").status_code == 404
    assert room.client.get(f"/granska/{review_token}.ics").status_code == 404
    assert room.client.get(f"/granska/{token[:-1]}.ics").status_code == 404
    assert room.client.get("/granska/.ics").status_code == 404
    assert "/granska/" not in room.client.get(address(room)).text


def test_another_secret_takes_every_address_back(room: ReviewRoom) -> None:
    """Only the newest secret's word counts, also while the earlier one is believed elsewhere."""
    earlier = b"an earlier secret, long enough for it"

    old = f"/granska/{calendar_token(earlier, 'anna-ek')}.ics"
    room.desk.__dict__["keys"] = (*room.desk.keys, earlier)

    assert room.client.get(old).status_code == 404
    assert room.client.get(address(room)).status_code == 200


def test_who_approves_no_more_has_no_calendar(room: ReviewRoom) -> None:
    """When a task is over the address is dead, and no new one is given out."""
    where = address(room)
    contact = room.root / "posts/contacts/anna-ek.md"
    contact.write_text(contact.read_text().replace("groups:", "until: 2026-11-01\ngroups:"))

    assert room.client.get(where).status_code == 404
    with pytest.raises(StateError, match="bo-berg"):
        calendar_address(room.desk, "anna-ek")


def test_the_mail_that_asks_leads_to_it(room: ReviewRoom) -> None:
    """Whoever is asked to look has the address of their own calendar under the button."""
    review.ask(room.desk, NAME)

    words = body(room.mails()[0])

    assert calendar_address(room.desk, "anna-ek") in words
    assert calendar_address(room.desk, "anna-ek") in body(room.mails()[0], "html")
    assert calendar_address(room.desk, "bo-berg") not in words
