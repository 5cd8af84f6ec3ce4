"""Many links: several hosts at once, each host's one after the other."""

import asyncio
import time
from collections.abc import Mapping, Sequence

import pytest

from newsroom.model.link import Lead, LinkAnswer
from newsroom.outside.links.doors import Doors
from newsroom.outside.links.visitor import Net, visitor
from newsroom.outside.links.walk import host_of, walk
from tests.outside.links.link_site import Answers, link_site, swallowing
from tests.outside.links.test_visitor import LOCAL, OUR_SITE, lead_here
from tests.ports import free_port

GOOD = LinkAnswer(Lead.GOOD, "")
DOWN = LinkAnswer(Lead.SILENT, "down", host_is_down=True)
BUSY = LinkAnswer(Lead.CLOSED, "it answers 429", host_wants_rest=True)


class Visitor:
    """Asks nobody, and remembers how it would have gone."""

    def __init__(self, answers: Mapping[str, LinkAnswer] | None = None) -> None:
        self._answers = answers or {}
        self.asked: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.of_one_host = 0
        self._hosts: list[str] = []

    async def ask(self, url: str) -> LinkAnswer:
        """The answer that was laid out for it, after a moment."""
        self.asked.append(url)
        self._hosts.append(host_of(url))
        self.most_at_once = max(self.most_at_once, len(self._hosts))
        self.of_one_host = max(self.of_one_host, self._hosts.count(host_of(url)))
        await asyncio.sleep(0.001)
        self._hosts.remove(host_of(url))
        return self._answers.get(url, GOOD)


def walked(
    visitor: Visitor, urls: list[str], stop_after: int | None = None
) -> dict[str, LinkAnswer]:
    """What is told of these links."""
    heard: dict[str, LinkAnswer] = {}
    asyncio.run(
        walk(
            visitor,
            urls,
            heard.__setitem__,
            lambda: stop_after is not None and len(heard) >= stop_after,
        )
    )
    return heard


def test_several_hosts_at_once_and_one_link_of_each() -> None:
    """Eight hosts at most are visited side by side, and nobody is asked twice at a time."""
    urls = [f"https://h{number % 20}.example/{number}" for number in range(200)]
    visitor = Visitor()

    heard = walked(visitor, urls)

    assert set(heard) == set(urls)
    assert (visitor.most_at_once, visitor.of_one_host) == (8, 1)


def test_a_host_that_is_down_is_left_alone() -> None:
    """Two answers that speak of the host are enough for all its links; no others are touched."""
    urls = [f"https://down.example/{number}" for number in range(50)]
    visitor = Visitor(dict.fromkeys(urls, DOWN))

    heard = walked(visitor, [*urls, "https://up.example/"])

    assert len([url for url in visitor.asked if "down" in url]) == 2
    assert [heard[url] for url in urls] == [DOWN] * 50
    assert heard["https://up.example/"] == GOOD


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("127.0.0.1",) * 3], ids=["one address", "three"]
)
def test_a_host_that_drops_packets_is_down(addresses: tuple[str, ...]) -> None:
    """Two visits show it, and five hundred links there take no longer than two."""

    async def lead_there(_name: str) -> Sequence[str]:
        return addresses

    asked: list[str] = []

    async def go(port: int) -> dict[str, LinkAnswer]:
        heard: dict[str, LinkAnswer] = {}
        net = Net(lead_there, lambda _: True)
        async with visitor(OUR_SITE, net, pause=0, deadline=3.0) as somebody:

            class Counted:
                async def ask(self, url: str) -> LinkAnswer:
                    asked.append(url)
                    return await somebody.ask(url)

            urls = [f"http://dead.example:{port}/{number}" for number in range(500)]
            await walk(Counted(), urls, heard.__setitem__)
        return heard

    with swallowing() as port:
        heard = asyncio.run(go(port))

    assert len(asked) == 2
    assert len(heard) == 500
    assert {(answer.lead, answer.host_is_down) for answer in heard.values()} == {
        (Lead.SILENT, True)
    }


@pytest.mark.parametrize("end", ["http://no-such.example/", "http://no-dns.example/", "here"])
def test_a_host_that_leads_elsewhere_is_not_down_with_it(end: str) -> None:
    """Of a shortener's links, those to a dead host say nothing about the others."""
    end = f"http://closed.example:{free_port()}/" if end == "here" else end
    answers: Answers = {
        **{f"/{number}": (302, {"Location": end}) for number in range(3)},
        "/3": 200,
    }
    heard: dict[str, LinkAnswer] = {}
    with link_site(answers) as site:

        async def go() -> None:
            async with visitor(OUR_SITE, LOCAL, pause=0) as somebody:
                urls = [site.url(f"/{number}", "kort.example") for number in range(4)]
                await walk(somebody, urls, heard.__setitem__)

        asyncio.run(go())

    *dead, last = heard.values()
    assert [answer.host_is_down for answer in dead] == [False] * 3
    assert last.lead is Lead.GOOD


def test_a_host_that_wants_rest_gets_it() -> None:
    """Of its other links nothing is told: the next round asks for them first."""
    urls = [f"https://busy.example/{number}" for number in range(50)]
    visitor = Visitor({urls[2]: BUSY})

    heard = walked(visitor, urls)

    assert visitor.asked == urls[:3]
    assert list(heard) == urls[:3]


def test_what_is_in_hand_is_finished() -> None:
    """When it is over, no link is begun, and none that was begun is lost."""
    urls = [f"https://h{number}.example/" for number in range(100)]
    visitor = Visitor()

    heard = walked(visitor, urls, stop_after=10)

    assert set(visitor.asked) == set(heard)
    assert 10 <= len(heard) <= 10 + 8


def test_ten_thousand_links_take_little_more_than_their_names() -> None:
    """No task waits for each: a few go through them all."""
    urls = [f"https://h{number % 400}.example/{number}" for number in range(10_000)]
    tasks: set[int] = set()

    class Counting(Visitor):
        async def ask(self, url: str) -> LinkAnswer:
            tasks.add(len(asyncio.all_tasks()))
            return self._answers.get(url, GOOD)

    assert len(walked(Counting(), urls)) == 10_000
    assert max(tasks) <= 9


def test_between_two_visits_to_a_host_there_is_a_pause() -> None:
    """Redirects to it count as visits, and other hosts do not wait."""
    moved: Answers = {"/a": (302, {"Location": "/b"}), "/b": 200, "/c": 200}
    with link_site(moved) as site:

        async def timed() -> float:
            async with visitor(OUR_SITE, LOCAL, pause=0.1) as somebody:
                began = time.monotonic()
                await walk(
                    somebody,
                    [site.url("/a", "one.example"), site.url("/c", "one.example")],
                    lambda _url, _answer: None,
                )
                return time.monotonic() - began

        assert asyncio.run(timed()) >= 0.2
    assert [path for _, path in site.asked] == ["/a", "/b", "/c"]


def test_hosts_that_lead_to_one_another_wait_for_their_turn() -> None:
    """Two links of different hosts that end at the same one do not meet there."""

    async def visits() -> int:
        doors, inside, most = Doors(0), 0, 0

        async def go() -> None:
            nonlocal inside, most
            async with doors.at("same.example"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(go() for _ in range(5)))
        return most

    assert asyncio.run(visits()) == 1


def test_waiting_for_ones_turn_is_not_held_against_a_host() -> None:
    """The deadline is for the network: a queue at a door is of our own making."""
    with link_site({"/": 200}) as site:
        urls = [site.url("/", f"h{number}.example") for number in range(4)]
        heard: dict[str, LinkAnswer] = {}
        moved = {f"/{number}": (302, {"Location": urls[0]}) for number in range(3)}

        async def go() -> None:
            async with visitor(
                OUR_SITE, Net(lead_here, lambda _: True), pause=1.1, deadline=2.0
            ) as one:
                with link_site(moved) as other:
                    starts = [other.url(f"/{n}", f"o{n}.example") for n in range(3)]
                    await walk(one, starts, heard.__setitem__)

        asyncio.run(go())

    assert {answer.lead for answer in heard.values()} == {Lead.GOOD}
