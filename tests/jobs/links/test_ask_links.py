"""A round of links: what is kept of it, and who hears of what is dead."""

import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from newsroom.database import links, reading, transaction
from newsroom.database.link_rounds import last_round, take_round
from newsroom.database.tables import outbox
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.links.ask_links import RoundOutcome, ask_links
from newsroom.jobs.links.gather import LinkPlace
from newsroom.jobs.links.round import LinkOffice, RoundScope
from newsroom.model.link import Lead, LinkAnswer, LinkState
from newsroom.model.saying import say
from newsroom.outside.links.walk import Asks

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
GOOD, GONE = (
    LinkAnswer(Lead.GOOD, ""),
    LinkAnswer(Lead.GONE, say("it answers {status}", status=404)),
)
SILENT = LinkAnswer(Lead.SILENT, "no answer")
NO_HOST = LinkAnswer(Lead.GONE, "there is no host", host_is_down=True)


class World:
    """A machine with a clock that a hand moves, and a web that answers as it is told."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.now = NOW
        self.answers: dict[str, LinkAnswer] = {}
        self.asked: list[str] = []
        self.before_each: Callable[[str], None] = lambda _url: None
        self.witnesses: tuple[str, ...] = ()

    def ask(
        self, places: Mapping[str, tuple[LinkPlace, ...]], scope: RoundScope | None = None
    ) -> RoundOutcome:
        """Ask for these links at the world's time."""
        return ask_links(self.office(), places, scope or RoundScope())

    def office(self) -> LinkOffice:
        """What asking takes."""
        world = self

        class Web:
            async def ask(self, url: str) -> LinkAnswer:
                world.before_each(url)
                world.asked.append(url)
                return world.answers.get(url, GOOD)

        @asynccontextmanager
        async def visitor() -> AsyncIterator[Asks]:
            yield Web()

        zone = ZoneInfo("Europe/Stockholm")
        return LinkOffice(
            self.database, lambda: self.now, zone, "sv", "machine:1", visitor, self.witnesses
        )

    def memos(self) -> list[str]:
        """The memos that wait for the coordinator, as they were left."""
        with reading(self.database) as connection:
            return [str(row.memo) for row in connection.execute(select(outbox)) if row.memo]


@pytest.fixture
def world(database: Engine) -> World:
    """A quiet morning."""
    return World(database)


def places(*urls: str) -> dict[str, tuple[LinkPlace, ...]]:
    """Each of these links in a post of its own."""
    return {
        url: (LinkPlace(url, PurePosixPath(f"posts/news/{number}.md"), 12, NOW - WEEK),)
        for number, url in enumerate(urls)
    }


A, B, C = (f"https://{name}.example/sida" for name in "abc")


def test_each_link_is_asked_for_once_a_round(world: World) -> None:
    """However many texts it stands in; and the round is finished."""
    found = places(A, B)
    found[A] = (*found[A], LinkPlace(A, PurePosixPath("posts/pages/om.md"), 3))

    asked = world.ask(found)

    assert (asked, sorted(world.asked)) == (RoundOutcome(2, 0, 0), [A, B])
    with reading(world.database) as connection:
        last = last_round(connection)
        assert last is not None
        assert last.finished == NOW


def test_what_is_dead_is_told_once_in_one_mail(world: World) -> None:
    """On the second day, with place, reason, dates and the address of a copy; then never again."""
    found = places(A, B, C)
    world.ask(found)
    world.answers = {A: GONE, B: GONE}
    world.now += WEEK
    assert world.ask(found).told == 0
    assert world.memos() == []

    world.now += DAY
    told = world.ask(found, RoundScope(doubted_by=world.now - DAY))
    world.now += WEEK
    again = world.ask(found)

    assert (told, again.told) == (RoundOutcome(2, 0, 2), 0)
    (memo,) = world.memos()
    assert "posts/news/0.md:12" in memo
    assert f"https://web.archive.org/web/20261123/{A}" in memo
    assert C not in memo


def test_a_mail_names_ten_places_and_counts_the_rest(world: World) -> None:
    """A site that moved may take hundreds with it."""
    urls = [f"https://flyttad.example/{number}" for number in range(40)]
    world.answers = dict.fromkeys(urls, GONE)
    for _ in range(2):
        world.ask(places(*urls))
        world.now += DAY

    (memo,) = world.memos()
    assert memo.count("web.archive.org") == 10
    assert "30" in memo


@pytest.mark.parametrize("answer", [SILENT, NO_HOST], ids=["silence", "no-names"])
def test_when_nobody_answers_the_fault_is_ours(world: World, answer: LinkAnswer) -> None:
    """Also where a name server says of every name that there is none: nothing is written then."""
    world.ask(places(A, B, C))
    world.answers = dict.fromkeys((A, B, C), answer)
    world.now += WEEK

    with pytest.raises(OutsideError, match="is this machine on the network"):
        world.ask(places(A, B, C))

    with reading(world.database) as connection:
        known = links.known_links(connection, [A, B, C])
    assert {(one.asked, one.bad_since) for one in known.values()} == {(NOW, None)}


@pytest.mark.parametrize("answer", [SILENT, NO_HOST], ids=["silence", "no-names"])
def test_a_lonely_host_that_does_not_answer_is_held_against_nobody(
    world: World, answer: LinkAnswer
) -> None:
    """On whatever number of rounds: nobody can say whose fault it is."""
    world.answers = {A: answer}

    for _ in range(2):
        with pytest.raises(OutsideError, match="is this machine on the network"):
            world.ask(places(A))
        world.now += WEEK

    assert world.memos() == []


def test_a_host_that_was_there_is_asked_when_no_other_answers(world: World) -> None:
    """A second look asks for few links, and all of them may have lost their hosts."""
    world.answers = {A: NO_HOST}
    world.ask(places(A, B))
    world.now += DAY

    told = world.ask(places(A, B), RoundScope(doubted_by=world.now - DAY))

    assert told == RoundOutcome(1, 0, 1)
    assert world.asked[-2:] == [A, B]


def test_where_none_was_ever_there_newsroom_has_links_of_its_own(world: World) -> None:
    """So the only link of a folder can be told to be dead; nothing is kept of the other."""
    world.answers, world.witnesses = {A: NO_HOST}, (B,)

    for _ in range(2):
        outcome = world.ask(places(A))
        world.now += WEEK

    assert outcome == RoundOutcome(1, 0, 1)
    with reading(world.database) as connection:
        assert links.known_links(connection, [B]) == {}


def test_on_a_dead_network_few_are_waited_for(world: World) -> None:
    """Thousands of hosts would take hours to be silent one by one."""
    urls = [f"https://h{number}.example/" for number in range(500)]
    world.answers = dict.fromkeys(urls, SILENT)

    with pytest.raises(OutsideError):
        world.ask(places(*urls))

    assert len(world.asked) < 40


def test_a_name_that_is_no_more_is_gone_when_others_answer(world: World) -> None:
    """Whether they did so before or after."""
    world.answers = {A: NO_HOST, C: NO_HOST}

    world.ask(places(A, B, C))

    with reading(world.database) as connection:
        known = links.known_links(connection, [A, C])
    assert {one.lead for one in known.values()} == {Lead.GONE}


def test_links_into_our_own_network_say_nothing_of_the_net(world: World) -> None:
    """A newsroom that only links to its intranet has no fault of the network."""
    world.answers = dict.fromkeys((A, B, C), LinkAnswer(Lead.PRIVATE, "private"))

    assert world.ask(places(A, B, C)) == RoundOutcome(3, 0, 0)


def test_one_silent_host_among_others_is_written_down(world: World) -> None:
    """Also when it was silent before anybody had answered; and so is a lonely one."""
    world.answers = {A: SILENT}

    world.ask(places(A, B))
    world.now += WEEK
    world.ask(places(A))

    with reading(world.database) as connection:
        assert links.known_links(connection, [A])[A].bad_since == NOW


def test_a_round_that_is_stopped_goes_on_with_the_rest(world: World) -> None:
    """What is in hand is finished and kept; nothing is asked for twice, and nothing is left out."""
    urls = [f"https://h{number}.example/" for number in range(100)]
    stop = threading.Event()
    world.before_each = lambda _url: stop.set() if len(world.asked) >= 30 else None

    first = world.ask(places(*urls), RoundScope(is_over=stop.is_set))
    world.now += timedelta(minutes=5)
    world.before_each = lambda _url: None
    second = world.ask(places(*urls))

    assert first.asked + second.asked == 100
    assert (first.left, second.left) == (second.asked, 0)
    assert sorted(world.asked) == sorted(urls)


def test_a_round_that_dies_loses_twenty_answers_at_most(world: World) -> None:
    """Whoever goes on asks for the others only."""
    urls = [f"https://h{number}.example/" for number in range(100)]

    def die(_url: str) -> None:
        if len(world.asked) >= 50:
            raise MemoryError

    world.before_each = die
    with pytest.raises(MemoryError):
        world.ask(places(*urls))
    world.before_each, world.now = lambda _url: None, world.now + timedelta(minutes=11)
    asked_before = len(world.asked)

    world.ask(places(*urls))

    assert asked_before == 50
    assert len(world.asked) <= 100 + 20


def test_a_limit_leaves_the_rest_for_the_next_time(world: World) -> None:
    """Each time those that wait longest, until all have been asked for."""
    urls = [f"https://h{number}.example/" for number in range(10)]

    done = []
    for _ in range(3):
        done.append(world.ask(places(*urls), RoundScope(limit=4)))
        world.now += timedelta(minutes=5)

    assert [(one.asked, one.left) for one in done] == [(4, 6), (4, 2), (2, 0)]
    assert sorted(world.asked) == sorted(urls)


def test_what_was_asked_for_lately_is_left_out_when_somebody_says_so(world: World) -> None:
    """A person who mends one link and asks again waits for that one only."""
    world.ask(places(A, B))
    world.now += timedelta(hours=1)

    asked = world.ask(places(A, B, C), RoundScope(not_since=world.now - DAY))

    assert (asked.asked, world.asked[-1]) == (1, C)


def test_two_processes_do_not_both_ask(world: World) -> None:
    """The second says who is at it."""
    take_round(world.database, "other:1", NOW)

    with pytest.raises(StateError, match="already, by other:1"):
        world.ask(places(A))

    assert world.asked == []


def test_who_was_taken_for_dead_writes_nothing_more(world: World) -> None:
    """Another process has begun where this one was, which only slept."""
    urls = [f"https://h{number}.example/" for number in range(60)]

    def sleep(_url: str) -> None:
        if len(world.asked) == 30:
            world.now += timedelta(hours=1)
            take_round(world.database, "other:1", world.now)

    world.before_each = sleep
    done = world.ask(places(*urls))

    assert done.left > 0
    with transaction(world.database) as connection:
        last = last_round(connection)
    assert last is not None
    assert last.finished is None


def test_how_far_it_is_can_be_watched(world: World) -> None:
    """After each answer, of how many."""
    seen: list[tuple[int, int]] = []

    world.ask(places(A, B), RoundScope(progress=lambda *far: seen.append(far)))

    assert seen == [(1, 2), (2, 2)]


def test_the_states_of_the_links_are_known(world: World) -> None:
    """After two days of it."""
    world.answers = {A: GONE, B: LinkAnswer(Lead.MOVED, "moved", moved_to="https://b.example/ny")}
    for _ in range(2):
        world.ask(places(A, B, C))
        world.now += DAY

    with reading(world.database) as connection:
        known = links.known_links(connection, [A, B, C])
    assert [known[url].state(world.now) for url in (A, B, C)] == [
        *(LinkState.DEAD, LinkState.MOVED, LinkState.WELL),
    ]
