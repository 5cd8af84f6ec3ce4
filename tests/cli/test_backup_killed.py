"""Backups and restores whose process is killed at any moment: what was there stays whole."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from newsroom.database import open_database, transaction
from newsroom.jobs.keep.back_up import check
from tests.delivery.sample_ledger import add_readers, addresses
from tests.newsrooms import put, write_newsroom
from tests.processes import PATIENCE, House

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("NEWSROOM_KILLS", "1"))  # more of them take longer
MOMENTS = [0.7 * (n + 1) / (KILLS + 1) for n in range(KILLS)]  # seconds after the beginning


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom with enough in it for a backup to last a moment."""
    house = House(write_newsroom(tmp_path / "house"))
    house.do("subscribers", "list")
    engine = open_database(f"sqlite:///{house.root}/var/newsroom.db")
    with transaction(engine) as connection:
        add_readers(connection, addresses(4_000))
    engine.dispose()
    for number in range(300):
        text = f"---\ntitle: {number}\ndate: 2026-01-01\n---\n\n{os.urandom(2_000).hex()}\n"
        put(house.root, f"posts/news/2026-01-01-{number}.md", text)
    return house


def killed(process: subprocess.Popen[str], watched: Path, pattern: str, after: float) -> None:
    """Kill a process so many seconds after something of this name has appeared."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not any(watched.glob(pattern)):
        assert time.monotonic() < end
        time.sleep(0.001)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("after", MOMENTS)
def test_a_killed_backup_leaves_no_half_file(house: House, after: float) -> None:
    """Killed at any moment: the earlier ones are whole, and the next one sweeps up."""
    folder = house.root / "var" / "backups"
    house.do("backup")
    (first,) = folder.glob("*.tar.gz")

    killed(house.start("backup"), folder, ".*.part", after)
    left = list(folder.glob("*.tar.gz"))
    time.sleep(1.0)  # a name has seconds in it
    house.do("backup")

    assert first in left
    assert all(check(file).manifest.rows["subscriber"] == 4_000 for file in folder.glob("*.tar.gz"))
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("after", MOMENTS)
def test_a_killed_restore_is_all_or_nothing(house: House, tmp_path: Path, after: float) -> None:
    """Killed at any moment: the newsroom is the old one or the new one, once it is looked after.

    The readers and the texts always belong together, and nothing that was there is lost.
    """
    file = tmp_path / "kept.tar.gz"
    house.do("backup", str(file))
    house.do("subscribers", "add", "ny@example.se", "--consent", "papper")
    put(house.root, "posts/news/2026-02-02-ny.md", "---\ntitle: Ny\ndate: 2026-02-02\n---\n\nNy.\n")

    killed(house.start("restore", str(file), "--yes"), house.root, ".restoring/*", after)
    house.do("restore", "--confirm")

    listed = house.do("subscribers", "list", "--json").json()
    is_old = (house.root / "posts" / "news" / "2026-02-02-ny.md").is_file()
    assert len(listed) == 4_000 + is_old
    assert len(list((house.root / "posts" / "news").glob("2026-01-01-*.md"))) == 300
    assert not (house.root / ".restoring").exists()
    house.do("restore", str(file), "--yes")
    assert len(house.do("subscribers", "list", "--json").json()) == 4_000
