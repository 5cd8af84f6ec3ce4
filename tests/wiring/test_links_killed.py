"""Rounds of links that die, and rounds that meet: real processes on one database."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.errors import StateError
from newsroom.jobs.links.round import RoundScope
from newsroom.outside.links.visitor import Net
from newsroom.settings import Settings
from newsroom.wiring import Desk, links
from tests.newsrooms import put, write_newsroom
from tests.outside.links.link_site import LinkSite, link_site
from tests.processes import PATIENCE, REPOSITORY, environment

POST = "---\nid: urn:x:ny\ntitle: Ny\ndate: 2026-11-20\n---\n\n{}\n"
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
NUMBER = 60
# A process that asks for the links of a newsroom, on a machine where every name leads home.
ROUND = """
import sys, tests.wiring.test_links_killed as here
here.ask(sys.argv[1], here.NOW)
"""


async def lead_here(_name: str) -> Sequence[str]:
    """A DNS in which each name ends on this machine."""
    return ("127.0.0.1",)


def ask(root: str | Path, now: datetime) -> None:
    """A round on the newsroom in a folder."""
    with closing(Desk(Settings.from_env(Path(root), {}), lambda: now)) as desk:
        places = {url: at for url, at in links.places_of(desk).items() if ".example" in url}
        net = Net(resolve=lead_here, may_meet=lambda _address: True)
        links.ask(desk, places, RoundScope(), net)


@pytest.fixture
def site() -> Iterator[LinkSite]:
    """Another site, under the names of six hosts."""
    with link_site({f"/{number}": 200 for number in range(NUMBER)}) as there:
        yield there


@pytest.fixture
def root(tmp_path: Path, site: LinkSite) -> Path:
    """A newsroom that links to all of its pages."""
    write_newsroom(tmp_path)
    urls = [site.url(f"/{number}", f"h{number % 30}.example") for number in range(NUMBER)]
    text = "\n\n".join(f"[sida {number}]({url})" for number, url in enumerate(urls))
    put(tmp_path, "posts/news/2026-11-20-ny.md", POST.format(text))
    return tmp_path


def begin(root: Path) -> "subprocess.Popen[bytes]":
    """Another process that is on a round."""
    return subprocess.Popen(
        [sys.executable, "-c", ROUND, str(root)], cwd=REPOSITORY, env=environment({})
    )


def wait_for(site: LinkSite, number: int) -> None:
    """Until so many questions have come."""
    until = time.monotonic() + PATIENCE
    while len(site.asked) < number:
        assert time.monotonic() < until, site.asked
        time.sleep(0.01)


def test_a_round_that_is_killed_is_gone_on_with(root: Path, site: LinkSite) -> None:
    """While it lives nobody else asks; after kill -9 the rest is asked for, little of it twice."""
    site.rests_after = 25
    process = begin(root)
    wait_for(site, 26)  # which keeps it at its round for some seconds
    with pytest.raises(StateError, match="already"):
        ask(root, NOW)
    process.kill()
    process.wait()
    before, site.rests_after = len(site.asked), None
    site.goes_on.set()

    ask(root, NOW + timedelta(minutes=11))

    assert before < NUMBER
    assert {path for _, path in site.asked} == {f"/{number}" for number in range(NUMBER)}
    assert len(site.asked) - NUMBER <= 20 + 8  # what was not written yet, and what was in hand


def test_two_processes_ask_for_each_link_once(root: Path, site: LinkSite) -> None:
    """Whichever was first."""
    both = [begin(root), begin(root)]
    ends = sorted(process.wait() for process in both)

    assert ends == [0, 1]  # the other one said that somebody was at it
    assert len(site.asked) == NUMBER
