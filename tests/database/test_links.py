"""What is on record of links, and who is on the round."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database import links, reading, transaction
from newsroom.database.link_rounds import (
    LEASE,
    LinkRound,
    RoundEnd,
    last_round,
    leave_round,
    renew_round,
    take_round,
    who_is_at_it,
)
from newsroom.model.link import KnownLink, Lead, LinkAnswer, LinkState
from newsroom.model.saying import say

ZONE = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)  # 06:00 on a Monday
DAY, WEEK = timedelta(days=1), timedelta(days=7)
URL = "https://annan.example/sida"
GOOD, GONE = (
    LinkAnswer(Lead.GOOD, ""),
    LinkAnswer(Lead.GONE, say("it answers {status}", status=404)),
)
SILENT = LinkAnswer(Lead.SILENT, say("it answers {status}", status=503))
CLOSED = LinkAnswer(Lead.CLOSED, say("it answers {status}", status=403))


def after(engine: Engine, *answers: tuple[timedelta, LinkAnswer]) -> KnownLink:
    """What is known of a link that gave these answers, so long after it was first seen."""
    with transaction(engine) as connection:
        links.note_seen(connection, [URL], NOW)
        for later, answer in answers:
            links.keep_answer(connection, URL, answer, NOW + later, ZONE)
        return links.known_links(connection, [URL])[URL]


def test_a_link_that_is_there(either_database: Engine) -> None:
    """When it was good last is known, on both databases, to the second."""
    known = after(either_database, (timedelta(), GOOD), (WEEK, GOOD))

    assert known == KnownLink(URL, NOW, asked=NOW + WEEK, lead=Lead.GOOD, last_good=NOW + WEEK)
    assert known.state(NOW + WEEK) is LinkState.WELL


def test_gone_on_two_days_is_dead(either_database: Engine) -> None:
    """One look may be a slip of theirs; since when and how long it was good stay known."""
    once = after(either_database, (timedelta(), GOOD), (WEEK, GONE))
    twice = after(either_database, (WEEK + DAY, GONE))

    assert once.state(NOW) is LinkState.DOUBTED
    assert twice.state(NOW) is LinkState.DEAD
    assert (twice.last_good, twice.bad_since) == (NOW, NOW + WEEK)
    assert twice.why.said(str) == "it answers 404"  # type: ignore[attr-defined]


def test_two_looks_on_one_day_count_once(database: Engine) -> None:
    """Days are those of the site's clock: 23:30 and 00:30 in Stockholm are two, in UTC but one."""
    evening = timedelta(hours=17, minutes=30)  # 23:30
    same_day = after(database, (timedelta(), GONE), (evening, GONE))
    next_day = after(database, (evening + timedelta(hours=1), GONE))

    assert same_day.state(NOW) is LinkState.DOUBTED
    assert next_day.state(NOW) is LinkState.DEAD


@pytest.mark.parametrize("between", [GOOD, CLOSED])
def test_what_comes_between_begins_the_count_anew(database: Engine, between: LinkAnswer) -> None:
    """Two looks in a row are needed; an answer that says nothing ends the row too."""
    known = after(database, (timedelta(), GONE), (DAY, between), (2 * DAY, GONE))

    assert known.state(NOW + WEEK) is LinkState.DOUBTED
    assert known.bad_since == NOW + 2 * DAY


def test_silence_is_told_after_three_weeks(database: Engine) -> None:
    """A fault of theirs may pass; one that stays is worth a look."""
    known = after(database, (timedelta(), GOOD), (WEEK, SILENT), (2 * WEEK, SILENT))

    assert known.state(NOW + 2 * WEEK) is LinkState.UNKNOWN
    assert known.state(NOW + 4 * WEEK) is LinkState.SILENT
    assert known.last_good == NOW


def test_what_is_closed_to_programs_is_never_dead(database: Engine) -> None:
    """However long it lasts, nobody can say."""
    known = after(database, *((number * WEEK, CLOSED) for number in range(20)))

    assert known.state(NOW + 20 * WEEK) is LinkState.UNKNOWN


def test_a_link_that_comes_back_may_be_told_of_again(database: Engine) -> None:
    """Who heard of it once hears of it when it is dead the next time, and not before."""
    after(database, (timedelta(), GONE), (DAY, GONE))
    with transaction(database) as connection:
        links.mark_told(connection, [URL], NOW + DAY)
    still = after(database, (2 * DAY, GONE))
    back = after(database, (3 * DAY, GOOD))

    assert still.told == NOW + DAY
    assert back.told is None


def test_what_no_text_links_to_is_neither_asked_for_nor_told_of(either_database: Engine) -> None:
    """What is known of it is kept for a year, since the text may come back."""
    other = "https://annan.example/borta"
    with transaction(either_database) as connection:
        links.note_seen(connection, [URL, other], NOW)
        for day in (NOW, NOW + DAY):
            links.keep_answer(connection, other, GONE, day, ZONE)
        assert [one.url for one in links.dead_links(connection, NOW)] == [other]
        links.note_seen(connection, [URL], NOW + WEEK)

        assert links.dead_links(connection, NOW) == ()
        assert links.to_ask(connection, NOW + WEEK, NOW + WEEK) == (URL,)
        assert other in links.known_links(connection, [other])
        links.note_seen(connection, [URL], NOW + timedelta(days=500))
        assert links.known_links(connection, [other]) == {}


def test_who_waits_longest_is_asked_first(database: Engine) -> None:
    """Those that nobody has asked for yet, then by their last answer."""
    urls = [f"https://annan.example/{number}" for number in range(1000)]
    with transaction(database) as connection:
        links.note_seen(connection, urls, NOW)
        links.keep_answer(connection, urls[3], GOOD, NOW + DAY, ZONE)
        links.keep_answer(connection, urls[7], GOOD, NOW, ZONE)
        asked = links.to_ask(connection, NOW, NOW + WEEK)

    assert set(asked) == set(urls)
    assert asked[-2:] == (urls[7], urls[3])


def test_what_is_doubted_has_a_second_look(database: Engine) -> None:
    """When it may be is known, and which links it is for."""
    after(database, (timedelta(), GONE))
    with reading(database) as connection:
        assert links.first_doubt(connection) == NOW
        assert links.doubted_links(connection, NOW - timedelta(minutes=1)) == ()
        assert links.doubted_links(connection, NOW + DAY) == (URL,)
    after(database, (DAY, GONE))
    with reading(database) as connection:
        assert links.first_doubt(connection) is None


def test_an_answer_to_what_nobody_knows_is_dropped(database: Engine) -> None:
    """A row that went meanwhile is not made anew by it."""
    with transaction(database) as connection:
        links.keep_answer(connection, URL, GOOD, NOW, ZONE)

        assert links.known_links(connection, [URL]) == {}


def test_one_process_is_on_the_round(either_database: Engine) -> None:
    """The second one stands back, until the first has left or has not been heard of for long."""
    assert take_round(either_database, "one", NOW) == LinkRound(NOW)
    assert take_round(either_database, "two", NOW) is None
    with transaction(either_database) as connection:
        assert renew_round(connection, "one", NOW + LEASE.length)
        assert who_is_at_it(connection) == "one"
    assert take_round(either_database, "two", NOW + LEASE.length + LEASE.length / 2) is None
    late = NOW + LEASE.length * 3

    taken = take_round(either_database, "two", late)

    assert taken is not None
    assert taken.begun == NOW  # the round that broke off goes on
    with transaction(either_database) as connection:
        assert not renew_round(connection, "one", late)
        leave_round(connection, "one", late, RoundEnd.FINISHED)
        assert who_is_at_it(connection) == "two"


def test_a_round_that_broke_off_goes_on_and_a_finished_one_is_followed_by_another(
    database: Engine,
) -> None:
    """When it may go on is known to whoever wakes us."""
    take_round(database, "one", NOW)
    with transaction(database) as connection:
        leave_round(connection, "one", NOW + LEASE.length / 4, RoundEnd.CUT_SHORT)
        assert last_round(connection) == LinkRound(NOW, goes_on=NOW + LEASE.length / 4)
    again = take_round(database, "two", NOW + DAY)
    assert again is not None
    assert again.begun == NOW
    with transaction(database) as connection:
        leave_round(connection, "two", NOW + DAY, RoundEnd.FINISHED)
        assert last_round(connection) == LinkRound(NOW, finished=NOW + DAY)

    assert take_round(database, "three", NOW + WEEK) == LinkRound(NOW + WEEK)


def test_a_lease_by_a_clock_that_was_wrong_keeps_nobody_away(either_database: Engine) -> None:
    """A round that was taken far ahead of time is taken over, and begun again in our own time."""
    take_round(either_database, "one", NOW + 400 * DAY)

    assert take_round(either_database, "two", NOW) == LinkRound(NOW)
    assert take_round(either_database, "three", NOW - LEASE.length / 2) is None  # a little behind


def test_a_second_look_leaves_the_round_as_it_is(database: Engine) -> None:
    """It takes the same turn, and neither begins nor ends anything."""
    take_round(database, "one", NOW)
    with transaction(database) as connection:
        leave_round(connection, "one", NOW, RoundEnd.FINISHED)
    take_round(database, "two", NOW + DAY, anew=False)
    with transaction(database) as connection:
        leave_round(connection, "two", NOW + DAY, RoundEnd.CUT_SHORT)
        last = last_round(connection)

    assert last is not None
    assert (last.begun, last.finished) == (NOW, NOW)


def test_what_broke_off_days_ago_is_begun_anew(database: Engine) -> None:
    """Its first answers are too old to be left out."""
    take_round(database, "one", NOW)
    with transaction(database) as connection:
        leave_round(connection, "one", NOW, RoundEnd.CUT_SHORT)

    assert take_round(database, "two", NOW + 4 * DAY) == LinkRound(NOW + 4 * DAY)
