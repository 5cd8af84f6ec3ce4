import os
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content.folder.files import find_files, is_settled, read_text
from newsroom.content.front.notes import Notes
from tests.ticks import next_tick

SECOND = 1_000_000_000


def notes() -> Notes:
    """No problem yet."""
    return Notes(PurePosixPath("posts/news/a.md"))


def test_what_is_gone_is_passed_over(tmp_path: Path) -> None:
    """Somebody may move a file while the folder is walked; that is nobody's fault."""
    heard = notes()

    files, refused = find_files(tmp_path)
    text = read_text(tmp_path / "gone.md", heard)

    assert (files, refused.problems, text, heard.problems) == ({}, (), None, ())


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    """Any other trouble is a problem with the name of the file, and the rest is read."""
    (tmp_path / "posts").write_text("a file, where a folder should be", encoding="utf-8")
    heard = notes()

    files, refused = find_files(tmp_path)
    read_text(tmp_path / "posts/a.md", heard)

    told = [problem.message for problem in (*refused.problems, *heard.problems)]
    assert files == {}
    assert [message.split(" (")[0] for message in told] == [
        "posts cannot be read",
        "a.md cannot be read",
    ]


def test_a_file_has_another_state_when_it_was_written_again(tmp_path: Path) -> None:
    """Neither the same length nor a time that was set back hides that a file was written to."""
    path = tmp_path / "posts/a.md"
    path.parent.mkdir()
    path.write_text("Ett", encoding="utf-8")
    facts = path.stat()
    before, _ = find_files(tmp_path)
    next_tick(tmp_path)

    path.write_text("Två"[:2], encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    after, _ = find_files(tmp_path)

    assert before.keys() == after.keys() == {"posts/a.md"}
    assert before != after


def test_a_state_just_entered_proves_nothing(tmp_path: Path) -> None:
    """Two writes within one tick of the disk's clock look alike, so it has to have passed."""
    path = tmp_path / "posts/a.md"
    path.parent.mkdir()
    path.write_text("Ett", encoding="utf-8")
    (state,) = find_files(tmp_path)[0].values()
    written = path.stat().st_ctime_ns

    assert not is_settled(state, written)
    assert not is_settled(state, written + SECOND)
    assert not is_settled(state, written - 60 * SECOND)
    assert is_settled(state, written + 3 * SECOND)


@pytest.mark.parametrize("name", ["a\nb.md", "a\\b.md", "a\x1b[31m.md", "a\u2028b.md"])
def test_names_that_cannot_be_told_of(tmp_path: Path, name: str) -> None:
    """A name that would break a line, or be another one in an address, is refused in one line."""
    (tmp_path / "posts/news").mkdir(parents=True)
    (tmp_path / "posts/news" / name).write_text("x", encoding="utf-8")
    (tmp_path / "posts/news/b.md").write_text("x", encoding="utf-8")

    files, refused = find_files(tmp_path)

    assert files.keys() == {"posts/news/b.md"}
    assert [problem.code for problem in refused.problems] == ["bad-name"]
    assert str(refused.problems[0]).isprintable()


def test_a_name_in_another_encoding(tmp_path: Path) -> None:
    """What an old system wrote in Latin-1 is told in letters that can be printed."""
    (tmp_path / "posts").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/posts/h\xe4lsa.md")).write_text("x")

    files, refused = find_files(tmp_path)

    assert files == {}
    assert "h\\udce4lsa.md" in str(refused.problems[0])


def test_unusual_names_that_do_no_harm(tmp_path: Path) -> None:
    """Spaces of any kind, letters of any language and great length are fine."""
    names = {"a b.md", "a\u00a0b.md", "смерч.md", "…..md", "x" * 250 + ".md"}
    (tmp_path / "posts").mkdir()
    for name in names:
        (tmp_path / "posts" / name).write_text("x", encoding="utf-8")

    files, refused = find_files(tmp_path)

    assert files.keys() == {f"posts/{name}" for name in names}
    assert refused.problems == ()
