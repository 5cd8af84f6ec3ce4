from pathlib import Path, PurePosixPath

from newsroom.content.folder.files import Found, find_files, look_at, read_text
from newsroom.content.notes import Notes

GONE = Path("gone.md")


def notes() -> Notes:
    """No problem yet."""
    return Notes(PurePosixPath("posts/news/a.md"))


def test_what_is_gone_is_passed_over(tmp_path: Path) -> None:
    """Somebody may move a file while the folder is walked; that is nobody's fault."""
    heard = notes()

    files, refused = find_files(tmp_path)
    found = look_at(tmp_path / GONE, heard)
    text = read_text(Found(tmp_path / GONE, 1, (1, 1)), heard)

    assert (files, refused.problems, heard.problems) == ({}, (), ())
    assert (found, text) == (None, None)


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    """Any other trouble is a problem with the name of the file, and the rest is read."""
    (tmp_path / "posts").write_text("a file, where a folder should be", encoding="utf-8")
    heard = notes()

    files, refused = find_files(tmp_path)
    look_at(tmp_path / "posts/a.md", heard)
    read_text(Found(tmp_path / "posts/a.md", 1, (1, 1)), heard)

    told = [problem.message for problem in (*refused.problems, *heard.problems)]
    assert files == {}
    assert [message.split(" (")[0] for message in told] == [
        "posts cannot be read",
        "a.md cannot be read",
        "a.md cannot be read",
    ]
