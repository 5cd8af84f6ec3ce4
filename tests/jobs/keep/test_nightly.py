"""The backup of a night: what it tells."""

import os
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsroom.jobs.health.cares import Worry, cares_of
from newsroom.wiring import keeping, vitals
from newsroom.wiring.backup_folders import backup_folder
from newsroom.workers import Crew
from tests.delivery.sample_ledger import NOW
from tests.jobs.keep.house import House, new_house
from tests.newsrooms import put

NOBODY = 65534  # the user who owns nothing
LINKED, HALF, SHUT, UNREAD = (
    *("posts/news/a-länkad", "posts/news/b-halv/text.md"),
    *("posts/news/c-stängd/", "posts/news/d-hemlig.md"),
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A newsroom."""
    return new_house(tmp_path / "house")


def test_a_night_without_gaps_names_none(house: House) -> None:
    """It tells of its file, and status of nothing that is missing."""
    with closing(house.desk()) as desk:
        night = keeping.nightly(desk, backup_folder(desk))
        cares = cares_of(vitals.vitals(desk, None))

    assert str(night.sentence).endswith("removed: 0")
    assert Worry.LEFT_OUT not in {care.worry for care in cares}


def test_what_is_missing_is_named_by_the_night_and_by_status(house: House, tmp_path: Path) -> None:
    """A link that leads out of the newsroom does not go by unsaid."""
    put(tmp_path, "elsewhere/x.md", "x")
    (house.root / LINKED).symlink_to(tmp_path / "elsewhere")

    with closing(house.desk()) as desk:
        night = keeping.nightly(desk, backup_folder(desk))
        (care,) = (c for c in cares_of(vitals.vitals(desk, None)) if c.worry is Worry.LEFT_OUT)

    assert str(night.sentence).endswith(f"not in it, since it cannot be taken along (1): {LINKED}")
    assert (care.number, care.since, care.note) == (1, NOW, LINKED)
    assert not care.worry.is_of_the_machine


def night_as_nobody(root: Path, url: str, _item: object) -> tuple[str, ...]:
    """What the backup lacks when it is made by an account that may not read everything."""
    if os.geteuid() == 0:
        with TemporaryDirectory() as other:  # what is imported may be out of reach afterwards
            night(new_house(Path(other) / "house"))
        os.setuid(NOBODY)
    return night(House(root, url))


def night(house: House) -> tuple[str, ...]:
    """What the backup of a night lacks."""
    with closing(house.desk()) as desk:
        return keeping.nightly(desk, backup_folder(desk)).backup.manifest.left_out


def test_what_is_shut_is_left_out_and_named() -> None:
    """Folders and files that we may not look into keep nothing else out of the backup."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        house = new_house(Path(name) / "house")
        house.do(lambda _: None)
        half = put(house.root, HALF, "x").parent
        shut = put(house.root, f"{SHUT}text.md", "x").parent
        unread = put(house.root, UNREAD, "x")
        for path in (house.root, *house.root.rglob("*")):
            os.chown(path, NOBODY if os.geteuid() == 0 else -1, -1)
        for path, mode in ((half, 0o400), (shut, 0), (unread, 0)):
            path.chmod(mode)

        with Crew(partial(night_as_nobody, house.root, house.url), [0]) as crew:
            ((_, left_out),) = crew.results()
        for path in (half, shut):
            path.chmod(0o700)

    assert left_out == (HALF, SHUT, UNREAD)
