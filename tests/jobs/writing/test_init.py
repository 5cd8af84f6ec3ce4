"""Begin a newsroom."""

from pathlib import Path

import pytest

from newsroom.content.folder import read
from newsroom.errors import StateError
from newsroom.jobs.advice.sample_values import UNNAMED, sample_values
from newsroom.jobs.writing.init import begin, starter
from newsroom.model import Accessibility, Severity


def test_it_is_the_sample(tmp_path: Path) -> None:
    """Every file of the sample is there, byte for byte, and nothing in it is an error."""
    root = begin(tmp_path / "a/nyheter")

    ours = sorted(path for path in (starter() / "posts").rglob("*") if path.is_file())
    for path in ours:
        copied = root / path.relative_to(starter())
        assert copied.read_bytes() == path.read_bytes(), copied
    problems = read(root).problems
    assert [str(p) for p in problems if p.severity is Severity.ERROR] == []
    assert (root / "schedule.yaml").read_bytes() == (starter() / "schedule.yaml").read_bytes()


def test_what_is_made_later_is_not_committed(tmp_path: Path) -> None:
    """The site, the database and the secrets are named for git to pass over."""
    root = begin(tmp_path)

    assert (root / ".gitignore").read_text().split() == ["public/", "var/", ".env", ".restoring/"]
    assert list((root / "templates").iterdir()) == []


def test_a_newsroom_is_left_alone(tmp_path: Path) -> None:
    """Where posts/ is already, nothing is written."""
    (tmp_path / "posts").mkdir()

    with pytest.raises(StateError, match="there is a posts/ already; choose another folder"):
        begin(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["posts"]


def test_an_empty_newsroom_is_right_as_it_stands(tmp_path: Path) -> None:
    """Nothing of the sample but its settings, and nothing in them that is missing here."""
    root = begin(tmp_path / "nyheter", empty=True)

    reading = read(root)

    assert reading.problems == ()
    assert reading.newsroom is not None
    assert list(reading.newsroom.pieces()) == []
    assert reading.newsroom.site.accessibility == Accessibility()


def test_an_empty_newsroom_says_what_must_be_written(tmp_path: Path) -> None:
    """Nobody's name, address or telephone is left in it, and what is missing is told of."""
    root = begin(tmp_path / "nyheter", empty=True)
    newsroom = read(root).newsroom
    assert newsroom is not None
    site = newsroom.site

    told = sample_values(site)

    assert told is not None
    assert told.message == "still as in the sample: name, url, sender.name, sender.email"
    assert (site.name, site.postal_address, site.description) == (UNNAMED, "", "")
    assert (site.sender.reply_to, site.sender.bounces) == (None, None)


def test_the_menu_of_an_empty_newsroom_names_what_it_has(tmp_path: Path) -> None:
    """The example to begin from can be used as it is: the sample's pages are not in it."""
    begin(tmp_path, empty=True)

    settings = (tmp_path / "posts/site.yaml").read_text(encoding="utf-8")
    assert "# menu: [nyheter, kalender, dokument, medlemmar]\n" in settings
