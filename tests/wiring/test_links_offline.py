"""The links job on a machine that reaches nobody: it fails, waits, and is told of once."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from newsroom.database import reading
from newsroom.database.job_runs import last_run
from newsroom.database.tables import outbox
from newsroom.errors import OutsideError
from newsroom.jobs.links.round import RoundScope
from newsroom.jobs.running.rota import Done
from newsroom.jobs.running.tick import tick
from newsroom.outside.links.visitor import Net
from newsroom.settings import Settings
from newsroom.wiring import Desk, links
from newsroom.wiring.rota import make_rota
from tests.newsrooms import put, write_newsroom
from tests.outside.links.link_site import LinkSite, link_site

POST = "---\nid: urn:x:ny\ntitle: Ny\ndate: 2026-11-20\n---\n\n{}\n"
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)  # the hour of the slot: six in Stockholm
MINUTE, HOUR, DAY, WEEK = (timedelta(minutes=number) for number in (1, 60, 1440, 10080))
HOSTS = ("a.example", "b.example", "c.example")


async def no_answer(_name: str) -> Sequence[str]:
    """A DNS that nobody reaches."""
    raise OSError("no name server answers")


async def lead_here(_name: str) -> Sequence[str]:
    """A DNS in which each name ends on this machine."""
    return ("127.0.0.1",)


OFFLINE = Net(resolve=no_answer)
ONLINE = Net(resolve=lead_here, may_meet=lambda _address: True)


class House:
    """A newsroom whose links job is looked after, by a clock that a hand moves."""

    def __init__(self, root: Path) -> None:
        self.now = SUNDAY
        self.desk = Desk(Settings.from_env(root, {}), lambda: self.now)
        self.desk.net = OFFLINE

    def look(self) -> list[Done]:
        """What came of the links job at one look of the bot."""
        return [done for done in tick(make_rota(self.desk), self.now) if done.slot.job == "links"]

    def looks_until(self, end: datetime, step: timedelta) -> list[Done]:
        """What came of it at many looks."""
        found: list[Done] = []
        while self.now + step <= end:
            self.now += step
            found += self.look()
        return found

    def ask_by_hand(self) -> None:
        """A round that nobody answers."""
        with pytest.raises(OutsideError, match="on the network"):
            links.ask(self.desk, links.places_of(self.desk), RoundScope())

    def memos(self) -> list[str]:
        """What the coordinator is told of the job."""
        with reading(self.desk.database) as connection:
            rows = connection.execute(select(outbox.c.memo))
            return [str(row.memo) for row in rows if "links" in str(row.memo)]


@pytest.fixture
def site() -> Iterator[LinkSite]:
    """Another site under three names, which lacks one page."""
    with link_site({"/finns": 200}) as there:
        yield there


@pytest.fixture
def house(tmp_path: Path, site: LinkSite) -> Iterator[House]:
    """Links to it at three hosts; the bot has been here on Sunday, and does what else is due."""
    write_newsroom(tmp_path)
    for name in ("accessibility", "privacy"):
        put(tmp_path, f"templates/site/{name}.html", "{% extends 'site/base.html' %}")
    put(tmp_path, "schedule.yaml", 'links: {day: monday, at: "06:00"}\n')
    pages = [site.url("/finns", HOSTS[0]), *(site.url("/borta", host) for host in HOSTS[1:])]
    put(
        tmp_path,
        "posts/news/2026-11-20-ny.md",
        POST.format("\n".join(f"[sida]({url})" for url in pages)),
    )
    house = House(tmp_path)
    with closing(house.desk):
        house.look()
        yield house


def test_a_round_by_hand_without_a_network_makes_no_work_for_the_bot(house: House) -> None:
    """It was said to whoever asked; the job waits for its own slot."""
    house.ask_by_hand()

    assert house.looks_until(MONDAY - MINUTE, HOUR) == []


def test_a_slot_without_a_network_waits_as_any_job_that_failed(house: House) -> None:
    """Not once a minute: after five, fifteen and thirty minutes, an hour, and then two."""
    house.now = MONDAY - MINUTE

    tries = [(MONDAY, done) for done in house.looks_until(MONDAY + HOUR, MINUTE)]

    assert [done.state for _, done in tries] == ["failed"] * 4
    with reading(house.desk.database) as connection:
        last = last_run(connection, "links", house.now)
    assert last is not None
    assert (last.due, last.failures) == (MONDAY, 4)
    assert last.next_at is not None
    assert last.next_at - house.now >= 50 * MINUTE


def test_a_network_that_is_away_for_days_is_told_of_once(house: House) -> None:
    """After a day of it; and the round is gone through when somebody answers again."""
    house.now = MONDAY - MINUTE

    tries = house.looks_until(MONDAY + 2 * DAY, HOUR)
    told = len(house.memos())
    house.desk.net = ONLINE
    again = house.looks_until(MONDAY + 2 * DAY + 3 * HOUR, HOUR)

    assert {done.state for done in tries} == {"failed"}
    assert told == 1
    assert [done.state for done in again] == ["done"]


def test_the_second_look_is_not_lost_by_a_round_that_reached_nobody(
    house: House, site: LinkSite
) -> None:
    """What was gone on Monday is asked for again on Tuesday, whatever was tried between."""
    house.desk.net, house.now = ONLINE, MONDAY
    house.look()
    house.desk.net = OFFLINE
    house.now += HOUR
    house.ask_by_hand()
    house.desk.net = ONLINE
    del site.asked[:]

    done = house.looks_until(MONDAY + 2 * DAY, HOUR)

    assert [one.slot.due for one in done] == [MONDAY + DAY]
    assert {path for _, path in site.asked} >= {"/borta"}
    assert len(house.memos()) == 1  # both dead links in one mail


def test_a_machine_that_was_off_for_a_week_begins_one_round_anew(
    house: House, site: LinkSite
) -> None:
    """Also where it went off in the middle of one: half of that is too old to be gone on with."""
    house.now = MONDAY
    links.ask(house.desk, links.places_of(house.desk), RoundScope(limit=1), ONLINE)
    house.desk.net = ONLINE
    house.now = MONDAY + WEEK + 3 * HOUR
    del site.hosts[:]

    done = house.looks_until(house.now + 3 * HOUR, MINUTE * 30)

    assert [one.slot.due for one in done] == [MONDAY + WEEK]
    assert {host.partition(":")[0] for host in site.hosts} == set(HOSTS)
