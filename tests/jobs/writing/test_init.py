"""Begin a newsroom."""

from pathlib import Path

import pytest

from newsroom.content.folder import read
from newsroom.errors import StateError
from newsroom.jobs.advice.sample_values import sample_values
from newsroom.jobs.writing.init import LANGUAGES, begin, settings_language, starter
from newsroom.model import Accessibility, Kind, Severity


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_newsroom_is_right_as_it_stands(tmp_path: Path, language: str) -> None:
    """Nothing of the sample, and nothing in its settings that is missing here."""
    root = begin(tmp_path / "news", empty_in=language)

    reading = read(root)

    assert reading.problems == ()
    assert reading.newsroom is not None
    assert reading.newsroom.site.language == language
    assert list(reading.newsroom.pieces()) == []
    assert reading.newsroom.site.accessibility == Accessibility()
    folders = {path.name for path in (root / "posts").iterdir() if path.is_dir()}
    assert folders == {kind.value for kind in Kind}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_newsroom_says_what_must_be_written(tmp_path: Path, language: str) -> None:
    """Nobody's name, address or telephone is left in it, and what is missing is told of."""
    newsroom = read(begin(tmp_path, empty_in=language)).newsroom
    assert newsroom is not None
    site = newsroom.site

    told = sample_values(site)

    assert told is not None
    assert told.message == "still only an example: name, url, sender.name, sender.email"
    assert (site.postal_address, site.description) == ("", "")
    assert (site.sender.reply_to, site.sender.bounces) == (None, None)


@pytest.mark.parametrize(
    ("desk", "settings"),
    [("sv", "sv"), ("sv-FI", "sv"), ("en-GB", "en"), ("da", "en"), ("C", "en"), ("svx", "en")],
)
def test_whoever_has_another_language_begins_in_english(desk: str, settings: str) -> None:
    """Settings are written in two languages; a region is no other language."""
    assert settings_language(desk) == settings
