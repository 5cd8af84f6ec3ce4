"""A build is killed at any moment: each file is the old one or the new one, and nothing is left."""

import os
import random
import time
from pathlib import Path

import pytest

from newsroom.output.paths import WAITING
from tests.output.builds import Place

KILLS = int(os.environ.get("KILLS", "8"))  # KILLS=200 before a release
PAGES = 80  # so many that child processes render them


def edition(number: int) -> dict[str, str]:
    """A site of which a part stays, a part changes, a part is new, and a file becomes a folder."""
    texts = {f"stays/{i}/index.html": f"always {i} " * 500 for i in range(PAGES // 4)}
    texts |= {f"changes/{i}.html": f"edition {number} page {i} " * 500 for i in range(PAGES // 2)}
    texts |= {f"only/{number}/{i}.html": f"only {number} " * 500 for i in range(PAGES // 4)}
    return texts | ({"turn": "a file"} if number % 2 else {"turn/index.html": "a folder"})


def test_a_killed_build_leaves_old_files_or_new_ones_and_no_others(tmp_path: Path) -> None:
    """Whatever the moment, every file is whole; the next build makes the folder exactly right."""
    place = Place(tmp_path)
    place.build(edition(0))
    (place.out / "proof.txt").write_text("put here by hand")
    chance = random.Random()
    for number in range(1, KILLS + 1):
        before = place.files()

        process = place.begin(edition(number))
        time.sleep(chance.random() * 0.2)
        process.kill()
        process.communicate()

        allowed = (before.items() | edition(number).items()) | {("proof.txt", "put here by hand")}
        shown = {(p, t) for p, t in place.files().items() if not p.startswith(WAITING)}
        assert shown <= allowed
        assert {p for p, _ in shown} >= {p for p in before if p.startswith(("stays", "changes"))}

    place.build(edition(1000))

    assert place.files() == {**edition(1000), "proof.txt": "put here by hand"}
    assert not (place.out / WAITING).exists()
    folders = {path for path in place.out.rglob("*") if path.is_dir()}
    assert all(any(folder.iterdir()) for folder in folders)


@pytest.mark.parametrize("moment", [0.0, 0.02])
def test_a_first_build_that_is_killed_leaves_nothing_unowned(tmp_path: Path, moment: float) -> None:
    """All that it had begun to make is gone when the next build wants none of it."""
    place = Place(tmp_path)
    process = place.begin(edition(0))
    time.sleep(moment)
    process.kill()
    process.communicate()

    place.build({"index.html": "front"})

    assert place.files() == {"index.html": "front"}
    assert [path.name for path in place.out.iterdir()] == ["index.html"]


def test_two_builds_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    """Both end well, and the folder is what one of them wanted."""
    place = Place(tmp_path)

    both = [place.begin(edition(number)) for number in (1, 2)]
    ends = [process.communicate() and process.returncode for process in both]

    assert ends == [0, 0]
    assert place.files() in (edition(1), edition(2))
