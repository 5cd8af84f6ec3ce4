"""What the last build went by and left."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

from newsroom.model import Problem, Severity
from newsroom.model.saying import say
from newsroom.output.build_receipt import Receipt, build_name, keep, left, still_stands
from newsroom.output.tally import Tally
from newsroom.output.tree import Tree
from newsroom.render.page import Page

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=2)
WARNING = Problem(
    PurePosixPath("posts/a.md"), 3, Severity.WARNING, "link-text", say("{n}", n=1), say("mend")
)


class Built(NamedTuple):
    """A small site that was built, and its receipt."""

    tree: Tree
    receipt: Path
    beside: Path

    def look(self, seen: bytes = b"seen", now: datetime = NOW) -> Tally | None:
        """What the next build would find."""
        return still_stands(self.receipt, seen, now)

    def write(self, build: str) -> None:
        """Build the site once more, under a name."""
        pages = [Page(name, (name,), name.encode) for name in ("a.html", "b/c.html")]
        Tree(self.tree.out, self.tree.state, "1", build=build).write(pages, [])


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Two pages and a file beside them."""
    beside = tmp_path / "events.json"
    beside.write_text("{}")
    state = tmp_path / "var" / "site.db"
    made = Built(Tree(tmp_path / "public", state, "1"), state.with_suffix(".receipt"), beside)
    made.write(build_name(b"seen", NOW.timestamp()))
    receipt = Receipt(
        seen=b"seen",
        since=NOW.timestamp(),
        until=UNTIL.timestamp(),
        out=made.tree.out,
        state=state,
        beside=left([beside]),
        problems=(WARNING,),
    )
    keep(made.receipt, receipt)
    return made


def test_nothing_to_do(built: Built) -> None:
    """While all is as it was left, a build finds what the last one told, and that counts as one."""
    mark = built.tree.state.with_suffix(".built")
    mark.unlink()

    assert built.look() == Tally(2, written=0, unchanged=2, removed=0, problems=(WARNING,))
    assert mark.exists()


def test_it_goes_by_the_same(built: Built) -> None:
    """With another folder, program or option there is something to do."""
    assert built.look(seen=b"else") is None


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (NOW - timedelta(seconds=1), False),
        (NOW, True),
        (UNTIL - timedelta(microseconds=1), True),
        (UNTIL, False),
    ],
)
def test_it_holds_for_a_time(built: Built, now: datetime, stands: bool) -> None:  # noqa: FBT001
    """Neither before its own time, when clocks go back, nor from the moment something changes."""
    assert (built.look(now=now) is not None) is stands


@pytest.mark.parametrize(
    "meddle",
    [
        lambda b: (b.tree.out / "a.html").write_text("other"),
        lambda b: (b.tree.out / "b" / "c.html").unlink(),
        lambda b: b.beside.write_text("{ }"),
        lambda b: b.beside.unlink(),
        lambda b: b.tree.state.unlink(),
        lambda b: b.tree.state.write_bytes(b"no database"),
        lambda b: b.receipt.unlink(),
        lambda b: b.receipt.write_bytes(b""),
        lambda b: b.receipt.write_bytes(b.receipt.read_bytes()[:-1]),
        lambda b: b.receipt.write_bytes(b.receipt.read_bytes() + b"x"),
    ],
)
def test_whatever_was_touched_is_mended(built: Built, meddle: Callable[[Built], object]) -> None:
    """A file of the site, of what else the build left, or of its memory: the next build works."""
    meddle(built)

    assert built.look() is None


def test_another_build_in_between(built: Built) -> None:
    """A site that another build went over is not the one of the receipt, equal or not."""
    built.write("another")

    assert built.look() is None


def test_a_full_disk_leaves_no_receipt(built: Built) -> None:
    """Where it cannot be written nobody is troubled, and nothing half-written is left."""
    built.receipt.unlink()
    built.receipt.mkdir()
    (built.receipt / "x").write_text("")

    keep(built.receipt, Receipt(b"", 0, 0, Path(), Path(), (), ()))

    assert sorted(p.name for p in built.receipt.parent.glob("*receipt*")) == ["site.receipt"]
