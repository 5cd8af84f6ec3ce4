"""A file or a folder moved, also to another disk."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsroom.jobs.keep.move import move, remove
from tests.newsrooms import put


@pytest.fixture(params=["", "/dev/shm"], ids=["the same disk", "another disk"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder to move things to."""
    with TemporaryDirectory(dir=request.param or tmp_path) as name:
        yield Path(name)


def test_a_folder_comes_with_all_that_is_in_it(tmp_path: Path, there: Path) -> None:
    """Files, and links as links; nothing of it stays where it was."""
    put(tmp_path, "posts/news/a.md", "text").with_name("b.md").symlink_to("a.md")

    move(tmp_path / "posts", there / "posts")

    news = there / "posts" / "news"
    assert ((news / "a.md").read_text(), (news / "b.md").readlink()) == ("text", Path("a.md"))
    assert not (tmp_path / "posts").exists()
    assert [path.name for path in there.iterdir()] == ["posts"]


def test_a_file_takes_the_place_of_another(tmp_path: Path, there: Path) -> None:
    """A key stays closed to others, and half a copy from before is in nobody's way."""
    key = put(tmp_path, "key.pem", "new")
    key.chmod(0o600)
    put(there, "key.pem", "old")
    put(there, ".key.pem.part", "ha")

    move(key, there / "key.pem")

    target = there / "key.pem"
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o600)
    assert not key.exists()


def test_what_is_taken_away_may_be_anything_or_nothing(tmp_path: Path) -> None:
    """Of a link the link goes, and what it leads to stays."""
    kept = put(tmp_path, "kept/a.md", "text")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    put(tmp_path, "folder/sub/b.md", "text")

    for name in ("link", "folder", "missing"):
        remove(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.is_file()
