"""The whole line on real input: a blog moves in, the site is built, an issue reaches everybody.

Every command is a process of its own, as a coordinator or the machine starts it.
"""

import json
import os
import random
import shutil
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
import vobject

from newsroom.content.folder import read
from newsroom.model import Newsroom
from tests.processes import REPOSITORY, House, MailServer, mail_server

BLOG = REPOSITORY.parent / "shared/data/blogs/18f"
READERS = 500
KILLS, SEED = 3, 18
KILLED = (
    ("blog", "sample") if "KILLS" in os.environ else ("sample",)
)  # how it is killed is the same
AT_ONCE = (
    "sending: {pace: unlimited, lane_pace: unlimited, hours: always, canary: none,"
    " undo: 0 minutes, doctor: never}\n"
)
SITE = (
    "name: Eighteen\nurl: https://blog.example.org\nlanguage: en\n"
    "timezone: America/New_York\ndescription: What we learned.\n"
    "sender: {name: Eighteen, email: letter@example.org, bounces: bounces@example.org}\n"
    "postal_address: Eighteen, 1800 F Street, Example\napprovers: [ann]\n"
)
STORIES = 12

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Line:
    """A newsroom with readers and an issue to send them."""

    house: House
    issue: str
    approver: str

    def newsroom(self) -> Newsroom:
        """What its folder says."""
        found = read(self.house.root).newsroom
        assert found is not None
        return found

    def status(self) -> dict[str, Any]:
        """The issue's ledger."""
        tally: dict[str, Any] = self.house.do("issue", "status", self.issue, "--json").json()
        return tally


def readers() -> list[str]:
    """Five hundred addresses at a handful of hosts."""
    return [f"reader.{n}@host-{n % 7}.example.org" for n in range(READERS)]


def import_readers(house: House) -> None:
    """Bring the readers in as a list."""
    (house.root / "readers.csv").write_text("\n".join(["email", *readers()]), encoding="utf-8")
    counted = house.do(
        "subscribers", "import", "readers.csv", "--consent", "asked at the meeting", "--json"
    ).json()
    assert (counted["added"], counted["skipped"]) == (READERS, [])


def expected() -> dict[str, dict[str, Any]]:
    """Each post of the old blog, by the file it stands in."""
    whole = json.loads((BLOG / "expected.json").read_text(encoding="utf-8"))
    return {post["file"]: post for post in whole["posts"]}


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The old blog, imported and built."""
    if not BLOG.is_dir():
        pytest.skip("the old blog is not here")
    house = House(tmp_path_factory.mktemp("line") / "blog")
    (house.root / "posts/contacts").mkdir(parents=True)
    (house.root / "posts/site.yaml").write_text(SITE + AT_ONCE, encoding="utf-8")
    (house.root / "posts/contacts/ann.md").write_text(
        "---\nid: urn:x:ann\nname: Ann Example\nemail: ann@example.org\n---\n", encoding="utf-8"
    )
    imported = import_blog(house)
    assert len(imported["posts"]) == len(expected())
    house.run("build")
    return house


def import_blog(house: House) -> dict[str, Any]:
    """What the import of the old blog says."""
    source, pictures = str(BLOG / "posts"), str(BLOG / "assets")
    imported: dict[str, Any] = house.do(
        "import", "markdown", source, "--assets", pictures, "--json"
    ).json()
    return imported


@pytest.fixture(scope="module")
def blog(moved_in: House) -> Line:
    """The blog with readers, and an issue of twelve of its posts: of those without dead links."""
    reading = read(moved_in.root)
    assert reading.newsroom is not None
    faulty = {problem.source for problem in reading.problems}
    sound = [post for post in reading.newsroom.posts if post.source not in faulty]
    stories = "".join(f"  - {post.slug}\n" for post in sound[:STORIES])
    (moved_in.root / "posts/newsletters").mkdir()
    (moved_in.root / "posts/newsletters/2024-autumn.md").write_text(
        "---\nid: urn:x:2024-autumn\ntitle: Autumn 2024\nperiod: autumn 2024\ndraft: true\n"
        f"preheader: A dozen posts, newest first.\nstories:\n{stories}---\n\nHello!\n",
        encoding="utf-8",
    )
    import_readers(moved_in)
    return Line(moved_in, "2024-autumn", "ann")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """The sample newsroom with readers, built, and with its draft to send."""
    house = House(tmp_path_factory.mktemp("line") / "sample")
    House(house.root.parent).do("init", str(house.root))
    site = house.root / "posts/site.yaml"
    told = site.read_text(encoding="utf-8").replace("\nsending:\n", "\nsending_slowly:\n")
    before, _, rest = told.partition("\nsending_slowly:\n")
    after = rest.partition("\n\n")[2]
    site.write_text(f"{before}\n{AT_ONCE}\n{after}", encoding="utf-8")
    house.run("build")
    import_readers(house)
    return Line(house, "2026-host", "alva-ekvall")


@pytest.fixture(params=["blog", "sample"])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Line, MailServer]]:
    """A copy of the one or the other with its issue approved, and a mail server to send through."""
    original: Line = request.getfixturevalue(request.param)
    shutil.copytree(original.house.root, tmp_path / "house")
    with mail_server(tmp_path / "taken.txt") as server:
        house = House(tmp_path / "house", server.address)
        house.do("issue", "approve", original.issue, "--by", original.approver)
        yield replace(original, house=house), server


def test_every_post_moves_in(moved_in: House) -> None:
    """Title, date, tags and authors of each old post are in the folder."""
    newsroom = read(moved_in.root).newsroom
    assert newsroom is not None
    found = {(post.title, str(post.published.date())): post for post in newsroom.posts}

    assert len(found) == len(newsroom.posts) == len(expected())
    for old in expected().values():
        post = found[old["title"], old["date"]]
        assert Counter(post.tags) == Counter(old["tags"]), post.source
        assert post.author == (", ".join(old["authors"]) or None), post.source


def test_moving_in_again_writes_nothing(moved_in: House) -> None:
    """A second import finds every post there and touches no file."""
    posts = moved_in.root / "posts"
    before = {path: path.stat().st_mtime_ns for path in posts.rglob("*.*")}

    again = import_blog(moved_in)

    assert (again["posts"], again["assets"]) == ([], [])
    assert len(again["known"]) == len(expected())
    assert before == {path: path.stat().st_mtime_ns for path in posts.rglob("*.*")}


def test_feeds_are_read_by_a_reader_not_ours(moved_in: House) -> None:
    """RSS, Atom and JSON hold the newest thirty, each with its own id, time and whole address."""
    newsroom = read(moved_in.root).newsroom
    assert newsroom is not None
    newest = {post.id: post for post in newsroom.posts[: newsroom.site.feed.limit]}

    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((moved_in.root / "public" / name).read_bytes())
        assert not feed.bozo, name
        assert [entry.id for entry in feed.entries] == list(newest), name
        for entry in feed.entries:
            when = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
            assert when == newest[entry.id].published.astimezone(UTC)
            assert entry.link.startswith("https://blog.example.org/news/")
            assert 'href="/' not in str(entry.get("content", entry.summary))
    items = json.loads((moved_in.root / "public/feed.json").read_bytes())["items"]
    assert [item["id"] for item in items] == list(newest)
    assert all(item["url"].startswith("https://blog.example.org/news/") for item in items)


def test_calendar_is_read_by_a_program_not_ours(sample: Line) -> None:
    """Each public event of the sample is in the calendar with its id and its start."""
    public = sample.newsroom().public(datetime.now(UTC))
    text = (sample.house.root / "public/calendar.ics").read_text(encoding="utf-8")

    calendar = vobject.readOne(text)

    starts = {event.uid.value: event.dtstart.value for event in calendar.vevent_list}
    assert starts.keys() == {event.id for event in public.events}
    for event in public.events:
        expected_start = event.start.date() if event.all_day else event.start
        assert starts[event.id] == expected_start, event.source


def test_each_reader_gets_one(line: tuple[Line, MailServer]) -> None:
    """Everybody is sent the issue, the page is on the site, and a second sending is for nobody."""
    work, server = line

    work.house.do("issue", "send", work.issue, "--yes")
    work.house.do("issue", "send", work.issue, "--yes")

    tally = work.status()
    assert sorted(server.recipients()) == sorted(readers())
    assert (tally["state"], tally["frozen"], tally["accepted"]) == ("done", READERS, READERS)
    assert list((work.house.root / "public").glob(f"*/{work.issue}/index.html"))


@pytest.mark.parametrize("line", KILLED, indirect=True)
def test_killed_on_the_way(line: tuple[Line, MailServer]) -> None:
    """Killed three times at random moments and begun again, nobody gets two and nobody is lost.

    At most one reader a kill is unknown. The mail server's own list says which way to settle each,
    and then everybody has one.
    """
    work, server = line
    chance = random.Random(SEED)
    for moment in sorted(chance.sample(range(20, READERS - 60), KILLS)):
        sender = work.house.start("issue", "send", work.issue, "--yes")
        server.wait_for(moment)
        sender.kill()
        sender.communicate()
        assert adds_up(work.status())

    last = work.house.run("issue", "send", work.issue, "--yes")

    tally, received = work.status(), server.recipients()
    unknown = set(tally["unknown_recipients"])
    assert len(received) == len(set(received)), "somebody got two"
    assert set(readers()) - set(received) <= unknown, "somebody was lost"
    assert len(unknown) == tally["unknown"] <= KILLS
    assert tally["accepted"] == READERS - len(unknown)
    assert last.status == (1 if unknown else 0), last
    settle(work, arrived=sorted(unknown & set(received)), lost=sorted(unknown - set(received)))
    assert sorted(server.recipients()) == sorted(readers())
    assert (work.status()["state"], work.status()["accepted"]) == ("done", READERS)


def adds_up(tally: dict[str, Any]) -> bool:
    """Whether each frozen reader is in one state."""
    states = ("pending", "claimed", "deferred", "accepted", "refused", "excluded", "unknown")
    return bool(tally["frozen"] == sum(tally[state] for state in (*states, "cancelled")))


def settle(work: Line, arrived: list[str], lost: list[str]) -> None:
    """What a coordinator does about unknown readers, with the mail server's log in hand."""
    resolve = ("issue", "resolve", work.issue)
    assert work.house.do(*resolve).out.split() == sorted([*arrived, *lost])
    if arrived:
        work.house.do(*resolve, *arrived, "--accepted")
    if lost:
        work.house.do(*resolve, *lost, "--resend")
    work.house.do("issue", "send", work.issue, "--yes")
