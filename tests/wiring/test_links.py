"""The links of a newsroom at their slots: a round, its rest, a second look; and an issue's."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.database import reading
from newsroom.database.link_rounds import LEASE, last_round, take_round
from newsroom.jobs.links.ask_links import RoundOutcome
from newsroom.jobs.links.gather import LinkPlace
from newsroom.jobs.links.round import RoundScope
from newsroom.jobs.running.rota import Idle
from newsroom.model import Slot
from newsroom.outside.links.visitor import Net
from newsroom.settings import Settings
from newsroom.wiring import Desk, link_slots, links, newsletter
from newsroom.wiring.rota import make_rota
from tests.newsrooms import ISSUE, put, write_newsroom
from tests.outside.links.link_site import LinkSite, link_site
from tests.outside.name_servers.name_server import NameServer

POST = "---\nid: urn:x:ny\ntitle: Ny\ndate: 2026-11-20\n---\n\nSe [dem]({}).\n"
MORE = "---\nid: urn:x:mer\ntitle: Mer\ndate: 2026-11-20\n---\n\nSe [mer]({}).\n"
MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)


async def lead_here(_name: str) -> Sequence[str]:
    """A DNS in which each name ends on this machine."""
    return ("127.0.0.1",)


LOCAL = Net(resolve=lead_here, may_meet=lambda _address: True)


class Clock:
    """A clock that a hand moves."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Monday morning."""
    return Clock()


@pytest.fixture
def site() -> Iterator[LinkSite]:
    """Another site, which has one page."""
    with link_site({"/finns": 200}) as there:
        yield there


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, site: LinkSite) -> Iterator[Desk]:
    """A newsroom with a link to the page that is there, and one to a page that is not."""
    write_newsroom(tmp_path)
    links_there = f"{site.url('/finns', 'a.example')}) och [dit]({site.url('/borta', 'a.example')}"
    put(tmp_path, "posts/news/2026-11-20-ny.md", POST.format(links_there))
    issue = ISSUE.replace("[host, sommar]", "[host, sommar, ny]")
    put(tmp_path, "posts/newsletters/2026-host.md", issue)
    with closing(Desk(Settings.from_env(tmp_path, {}), clock)) as desk:
        yield desk


def ours(desk: Desk) -> dict[str, tuple[LinkPlace, ...]]:
    """The links to that site; the templates lead elsewhere."""
    return {url: at for url, at in links.places_of(desk).items() if "a.example" in url}


def next_look(desk: Desk) -> datetime | None:
    """When the job is due beside its slots."""
    return link_slots.next_look(desk, desk.schedule()[0])


def round_of(desk: Desk) -> tuple[datetime, datetime | None]:
    """When the last round was begun and finished."""
    with reading(desk.database) as connection:
        last = last_round(connection)
    assert last is not None
    return last.begun, last.finished


def test_links_are_found_where_they_stand(desk: Desk) -> None:
    """In posts, with their lines; what newsroom's own templates lead to is not the folder's."""
    places = links.places_of(desk)

    (borta,) = (at for url, at in places.items() if url.endswith("/borta"))
    assert [(str(place.source), place.line) for place in borta] == [
        ("posts/news/2026-11-20-ny.md", 7)
    ]
    assert all(url.endswith(("/borta", "/finns")) for url in places)


def test_a_template_of_ones_own_has_links_to_mend(desk: Desk) -> None:
    """They stand in a file of the folder."""
    put(
        desk.settings.root,
        "templates/site/accessibility.html",
        '<a href="https://b.example/">b</a>',
    )

    places = links.places_of(desk)

    assert str(places["https://b.example/"][0].source) == "templates/site/accessibility.html"


def test_an_issue_is_warned_of_what_is_known_to_be_dead(desk: Desk, clock: Clock) -> None:
    """Where it stands, with an archived copy; and nobody is asked for it."""
    for _ in range(2):
        links.ask(desk, ours(desk), RoundScope(), LOCAL)
        clock.now += DAY

    _, problems = newsletter.looked_over(desk, "2026-host")

    (dead,) = (each for each in problems if each.code == "dead-link")
    assert dead.place == "posts/news/2026-11-20-ny.md:7"
    assert "/borta" in dead.message
    assert "web.archive.org/web/20261120/" in dead.fix


def test_a_link_into_ones_own_network_is_not_asked_for(desk: Desk, site: LinkSite) -> None:
    """Unless whoever calls says so, as the tests do: nothing in the environment can."""
    asked = links.ask(desk, ours(desk), RoundScope(), Net(resolve=lead_here))

    assert asked == RoundOutcome(2, 0, 0)
    assert site.asked == []
    assert {each.code for each in links.problems_of(desk, ours(desk))} == {"private-link"}


def test_hosts_are_looked_up_at_the_name_servers_of_the_settings(
    desk: Desk, site: LinkSite
) -> None:
    """NEWSROOM_DNS is heeded, and what it leads to is still not asked for in one's own network."""
    with NameServer({("a.example", "A"): ["127.0.0.1"]}) as server:
        settings = replace(desk.settings, dns=(server.address,))
        with closing(Desk(settings, desk.clock)) as there:
            asked = links.ask(there, ours(there), RoundScope())
            problems = links.problems_of(there, ours(there))

    assert asked == RoundOutcome(2, 0, 0)
    assert {each.code for each in problems} == {"private-link"}
    assert ("a.example", "A") in server.asked
    assert site.asked == []


def test_what_was_gone_has_a_second_look_the_next_day(desk: Desk, clock: Clock) -> None:
    """The job falls due beside its slots, once, and asks for those only."""
    assert next_look(desk) is None
    links.ask(desk, ours(desk), RoundScope(), LOCAL)
    due = next_look(desk)
    assert due == MONDAY + DAY  # six in the morning, as rounds
    clock.now = due

    asked = links.ask(desk, ours(desk), RoundScope(doubted_by=MONDAY), LOCAL)

    assert asked == RoundOutcome(1, 0, 1)
    assert next_look(desk) is None


def test_the_slot_of_a_second_look_asks_for_nothing_else(desk: Desk, clock: Clock) -> None:
    """The round of the week is not begun anew by it; at a slot of the schedule it is."""
    links.ask(desk, ours(desk), RoundScope(), LOCAL)
    due = next_look(desk)
    assert due is not None
    clock.now = due + MINUTE
    do = make_rota(desk, lambda: True).verbs["links"]

    do(Slot(due, "links"))
    assert next_look(desk) == clock.now  # it is still to be done, and the round is finished
    do(Slot(MONDAY + WEEK, "links"))
    assert next_look(desk) == clock.now  # a new round was begun, and broke off
    assert round_of(desk) == (clock.now, None)


def test_a_second_look_that_was_killed_stays_one(desk: Desk, clock: Clock, site: LinkSite) -> None:
    """Some of it is written already: the same slot asks for the rest, and begins no round."""
    desk.net = LOCAL
    (borta,) = (url for url in ours(desk) if url.endswith("/borta"))
    put(desk.settings.root, "posts/news/2026-11-20-mer.md", MORE.format(f"{borta}-ocksa"))
    first = {url: at for url, at in ours(desk).items() if url == borta}
    links.ask(desk, first, RoundScope(), LOCAL)
    clock.now += MINUTE
    links.ask(desk, ours(desk), RoundScope(not_since=MONDAY), LOCAL)
    before = round_of(desk)
    due = next_look(desk)
    assert due is not None
    clock.now = due
    links.ask(desk, ours(desk), RoundScope(doubted_by=MONDAY), LOCAL)  # and then it dies
    del site.asked[:]

    make_rota(desk).verbs["links"](Slot(due, "links"))

    assert {path for _, path in site.asked} == {"/borta-ocksa"}
    assert round_of(desk) == before


def test_a_second_look_waits_until_a_dead_process_is_known_to_be_dead(
    desk: Desk, clock: Clock
) -> None:
    """What it left in its hands is due again when nobody can be at it any more."""
    links.ask(desk, ours(desk), RoundScope(), LOCAL)
    due = next_look(desk)
    assert due is not None
    clock.now = due
    take_round(desk.database, "other:1", due, anew=False)

    told = make_rota(desk).verbs["links"](Slot(due, "links"))

    assert isinstance(told, Idle)
    assert next_look(desk) == due + LEASE.length


def test_a_round_that_broke_off_is_due_at_once(desk: Desk, clock: Clock) -> None:
    """Whoever looks next goes on with it."""
    links.ask(desk, ours(desk), RoundScope(limit=1), LOCAL)

    assert next_look(desk) == clock.now


def test_the_slot_does_nothing_while_another_process_is_at_it(desk: Desk) -> None:
    """That is no failure: the other one does it as well."""
    take_round(desk.database, "other:1", MONDAY)

    told = make_rota(desk).verbs["links"](Slot(MONDAY, "links"))

    assert isinstance(told, Idle)
    assert "other:1" in told.note


def test_a_slot_that_is_over_before_it_began_asks_nobody(desk: Desk, site: LinkSite) -> None:
    """When the bot is asked to stop, the round waits for the next start."""
    told = make_rota(desk, lambda: True).verbs["links"](Slot(MONDAY, "links"))

    assert told == Idle("links asked for: 0, newly dead: 0")
    assert site.asked == []
    assert next_look(desk) == MONDAY
