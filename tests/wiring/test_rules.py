"""The look at settings and templates, while editors write them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.wiring.rules import rules_digest


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with one template in a folder."""
    folder = tmp_path / "templates"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / "card.html").write_text("one", encoding="utf-8")
    return folder


@contextmanager
def saving(folder: Path) -> Iterator[None]:
    """An editor that saves without a pause, by a temporary file and in a folder that goes."""
    done = threading.Event()

    def save() -> None:
        while not done.is_set():
            draft = folder / "base.html.tmp"
            draft.write_text("x", encoding="utf-8")
            draft.unlink()
            (folder / "new").mkdir()
            (folder / "new").rmdir()

    editor = threading.Thread(target=save)
    editor.start()
    try:
        yield
    finally:
        done.set()
        editor.join()


def test_files_that_come_and_go(tmp_path: Path, templates: Path) -> None:
    """A look that meets an editor's temporary files ends well, and is the same afterwards."""
    site = tmp_path / "site.yaml"
    before = rules_digest([site], templates)

    with saving(templates):
        for _ in range(2_000):
            rules_digest([site], templates)

    assert rules_digest([site], templates) == before


@pytest.mark.parametrize("name", ["site.yaml", "templates/base.html", "templates/parts/card.html"])
def test_what_is_written_is_seen(tmp_path: Path, templates: Path, name: str) -> None:
    """A file that is written, in whatever folder of the templates, makes another digest."""
    before = rules_digest([tmp_path / "site.yaml"], templates)

    (tmp_path / name).write_text("two", encoding="utf-8")

    assert rules_digest([tmp_path / "site.yaml"], templates) != before


def test_hidden_files_are_passed_over(templates: Path) -> None:
    """What an editor keeps beside an open file is no template."""
    before = rules_digest([], templates)

    (templates / ".base.html.swp").write_text("x", encoding="utf-8")
    (templates / ".#base.html").symlink_to("somebody@somewhere")

    assert rules_digest([], templates) == before


def test_what_leads_nowhere_is_not_there(tmp_path: Path, templates: Path) -> None:
    """A link to nothing is as good as empty, and a newsroom need have no templates at all."""
    (templates / "a.html").symlink_to("nothing.html")

    assert rules_digest([], templates) == rules_digest([], templates)
    assert rules_digest([], tmp_path / "none") == rules_digest([], tmp_path / "none" / "at-all")


def test_what_is_there_and_cannot_be_read(templates: Path) -> None:
    """The file is named, with what the system said."""
    (templates / "a.html").symlink_to("a.html")

    with pytest.raises(OutsideError, match=r"a\.html: cannot be read: links that lead in a circle"):
        rules_digest([], templates)
