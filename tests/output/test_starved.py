"""No room, no leave, no handles: the old site stays whole, and the place is named."""

import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsroom.errors import OutsideError
from newsroom.output.tree import Tree
from newsroom.render.page import Page
from newsroom.workers import Crew
from tests.output.builds import Place

NOBODY = 65534  # the user who owns nothing


@pytest.mark.parametrize("count", [5, 100])
def test_a_full_disk_leaves_the_old_site_and_no_litter(tmp_path: Path, count: int) -> None:
    """Nothing is put in place before everything is written, by one process or by several."""
    place = Place(tmp_path)
    old = {f"{i}.html": "old" for i in range(count)}
    place.build(old)

    said = place.build(
        {**dict.fromkeys(old, "new"), "9.html": "x" * 300_000}, {"RLIMIT_FSIZE": 200_000}
    )

    assert said.startswith("OutsideError")
    assert "9.html: the file is too large; make room" in said
    assert place.files() == old
    assert place.build(dict.fromkeys(old, "new"))["written"] == count


def test_too_few_handles_leave_the_old_site(tmp_path: Path) -> None:
    """What the system refuses is told; nothing is half done."""
    place = Place(tmp_path)
    old = {f"{i}.html": "old" for i in range(100)}
    place.build(old)

    said = place.build(dict.fromkeys(old, "new"), {"RLIMIT_NOFILE": 8})

    assert "Error: " in said
    assert place.files() == old


def write_as_nobody(folder: Path, _item: object) -> str:
    """What a build says that may not write to the site."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    tree = Tree(folder / "public", folder / "var/site.db", "1")
    try:
        tree.write([Page("a.html", (2,), lambda: b"new")], [])
    except OutsideError as fault:
        return str(fault)
    return "it could"


def test_a_folder_that_may_not_be_written_is_named() -> None:
    """The old site stays, and the message says which folder wants leave."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        Tree(folder / "public", folder / "var/site.db", "1").write(
            [Page("a.html", (1,), lambda: b"old")], []
        )
        folder.chmod(0o755)
        for path in (folder / "var", *(folder / "var").iterdir()):
            path.chmod(0o777)
        (folder / "public").chmod(0o555)

        with Crew(partial(write_as_nobody, folder), [0]) as crew:
            ((_, said),) = crew.results()
        (folder / "public").chmod(0o755)

        assert "public" in str(said)
        assert "you have no leave to do that; make room or give leave" in str(said)
        assert (folder / "public/a.html").read_text() == "old"
