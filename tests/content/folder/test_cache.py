import os
import random
from pathlib import Path

import pytest

from newsroom.content import folder
from tests.content.samples import SITE_YAML, Put, post, told


def test_a_reading_is_the_same_with_and_without_its_cache(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """After any edits, renames and removals a warm reading equals a cold one."""
    chance = random.Random(1)
    cache = tmp_path / "var/cache"
    for _ in range(25):
        number = chance.randrange(6)
        text = post(
            f"T{number}", chance.choice(["2026-04-12", "nu"]), body=chance.choice(["Ett", "![](a)"])
        )
        path = put(f"news/p{number}.md", text)
        match chance.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.rename(path.with_name(f"q{number}.md"))

        assert folder.read(root, cache=cache) == folder.read(root)


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path, put: Put, tmp_path: Path) -> None:
    """A text is known by its bytes, so a clock set back hides nothing."""
    path = put("news/a.md", post("Ett"))
    facts = path.stat()
    folder.read(root, cache=tmp_path)
    put("news/a.md", post("Två"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    newsroom = folder.read(root, cache=tmp_path).newsroom

    assert newsroom is not None
    assert newsroom.posts[0].title == "Två"


def test_another_zone_is_another_reading(root: Path, put: Put, tmp_path: Path) -> None:
    """What site.yaml decides is decided anew when it changes."""
    put("news/a.md", post(body="![](b.svg)"))
    folder.read(root, cache=tmp_path)
    put("site.yaml", SITE_YAML.replace("Stockholm", "Helsinki") + "checks: {missing-alt: note}\n")

    reading = folder.read(root, cache=tmp_path)

    assert reading == folder.read(root)
    assert reading.problems[0].severity.value == "note"


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_a_damaged_cache_is_thrown_away(
    root: Path, put: Put, tmp_path: Path, damage: bytes | None
) -> None:
    """Cut short, overwritten or changed in one byte, it is not believed."""
    put("news/a.md", post())
    before = folder.read(root, cache=tmp_path)
    kept = tmp_path / "sheets.pickle"
    written = kept.read_bytes()
    kept.write_bytes(written[:-9] + b"y" + written[-8:] if damage is None else damage)

    assert folder.read(root, cache=tmp_path) == before


def test_nothing_is_written_when_nothing_changed(root: Path, put: Put, tmp_path: Path) -> None:
    """The cache is left alone while every text is the same."""
    put("news/a.md", post())
    folder.read(root, cache=tmp_path)
    before = (tmp_path / "sheets.pickle").stat().st_mtime_ns

    folder.read(root, cache=tmp_path)

    assert (tmp_path / "sheets.pickle").stat().st_mtime_ns == before
    assert told(folder.read(root, cache=tmp_path)) == []


def test_a_cache_that_cannot_be_written_is_done_without(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """On a full disk the newsroom is read all the same."""
    put("news/a.md", post(body="![bild](b.svg)"))
    put("news/b.svg", "<svg/>")
    (tmp_path / "var").write_text("not a folder", encoding="utf-8")

    assert folder.read(root, cache=tmp_path / "var") == folder.read(root)
