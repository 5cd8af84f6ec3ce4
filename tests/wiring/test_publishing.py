"""The bot publishes by itself: a post in its minute, a deploy until it goes through."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.rounds import Rounds
from tests.newsrooms import put, write_newsroom

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 22, 7, 58, tzinfo=UTC)  # 08:58 where the site is at home
MINUTE = timedelta(minutes=1)


class Bot:
    """A newsroom whose clock is moved by hand, a minute at a time."""

    def __init__(self, root: Path) -> None:
        self.now = START
        self.root = root
        self.desk = Desk(Settings.from_env(root, {"PATH": "/usr/bin:/bin"}), lambda: self.now)
        self.rounds = Rounds(self.desk)
        self.states: list[tuple[str, str]] = []

    def go(self, minutes: int) -> list[str]:
        """When each page of a post came, as the clock on the wall shows it, minute by minute."""
        came = []
        there = self._pages()
        for _ in range(minutes):
            self.rounds.go(self.now, lambda done: self.states.append((done.slot.job, done.state)))
            local = self.now.astimezone(self.desk.site.timezone)
            came += [f"{local:%H:%M} {name}" for name in sorted(self._pages() - there)]
            there = self._pages()
            self.now += MINUTE
        return came

    def _pages(self) -> set[str]:
        return {page.parent.name for page in self.root.glob("public/nyheter/2026/kl-*/index.html")}


def post(root: Path, when: str, more: str = "") -> None:
    """A post that comes at a time."""
    name = f"kl-{when.replace(':', '')}"
    text = f"---\nid: urn:x:{name}\ntitle: {name}\ndate: 2026-11-22T{when}\n{more}---\n\nHej\n"
    put(root, f"posts/news/{name}.md", text)


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A newsroom that publishes every five minutes, with posts to come."""
    root = write_newsroom(tmp_path / "house")
    for when in ("09:00", "09:03", "09:04", "09:17"):
        post(root, when)
    made = Bot(root)
    yield made
    made.desk.close()


def test_a_post_is_live_in_its_minute(bot: Bot) -> None:
    """Whatever the minute, and though the schedule says every five."""
    assert bot.go(21) == ["09:00 kl-0900", "09:03 kl-0903", "09:04 kl-0904", "09:17 kl-0917"]


def test_also_while_something_is_to_be_mended(bot: Bot) -> None:
    """A broken file keeps no other from coming in its minute."""
    put(bot.root, "posts/news/fel.md", "---\nid: urn:x:fel\ntitle: Fel\ndate: nej\n---\n\nHej\n")

    assert bot.go(8) == ["09:00 kl-0900", "09:03 kl-0903", "09:04 kl-0904"]


def test_a_post_goes_in_its_minute(bot: Bot) -> None:
    """What expires is gone when its time is over."""
    post(bot.root, "08:30", "expires: 2026-11-22T09:07\n")
    page = bot.root / "public/nyheter/2026/kl-0830/index.html"

    bot.go(9)
    at_0906 = page.is_file()
    bot.go(1)

    assert (at_0906, page.is_file()) == (True, False)


def test_a_deploy_that_fails_is_tried_until_it_goes_through(bot: Bot) -> None:
    """Also when the site has nothing new; then it rests until it has."""
    with (bot.root / "posts/site.yaml").open("a") as site:
        site.write("deploy: {command: \"sh -c 'test -f up && echo x >> deployed'\"}\n")
    bot.desk = bot.desk.anew()
    bot.rounds = Rounds(bot.desk)

    bot.go(6)
    failed = [state for job, state in bot.states if job == "publish"]
    (bot.root / "up").touch()
    bot.go(25)
    log = (bot.root / "deployed").read_text().splitlines()
    bot.go(11)

    assert set(failed) == {"failed"}
    assert len(log) in {1, 2}  # of the site as it was, and of the post of 09:17 if that came later
    assert (bot.root / "deployed").read_text().splitlines() == log
