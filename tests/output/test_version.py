"""When every page is made again."""

from pathlib import Path

from newsroom.output.version import version


def test_a_changed_template_is_a_new_version(tmp_path: Path) -> None:
    """Any template's bytes count, its name too; the same ones are the same version."""
    (tmp_path / "a.html").write_text("one")
    first = version([tmp_path])
    again = version([tmp_path])
    (tmp_path / "a.html").write_text("two")
    changed = version([tmp_path])
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    renamed = version([tmp_path])

    assert first == again
    assert len({first, changed, renamed}) == 3


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """A newsroom without templates of its own has the version of the packaged ones."""
    assert version([tmp_path, tmp_path / "none"]) == version([tmp_path])


def test_a_linked_folder_of_templates_counts(tmp_path: Path) -> None:
    """Templates that lie elsewhere, behind a link, are read there."""
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    (there / "footer.html").write_text("one")
    (here / "site").symlink_to(there)
    before = version([here])
    (there / "footer.html").write_text("two")

    assert version([here]) != before
