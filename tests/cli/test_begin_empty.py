"""`init --empty`: a newsroom that begins with nothing but settings, in either language."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import put

NOW = ("--now", "2027-01-11T10:00")
Begin = Callable[[str], Terminal]


@pytest.fixture
def begin(tmp_path: Path, compiled: Path) -> Begin:
    """A terminal in an empty newsroom of a language, whatever language the machine has."""

    def begun(language: str) -> Terminal:
        root = tmp_path / language
        Terminal(tmp_path).do("init", "--empty", "--language", language, str(root))
        (root / "var/cache").mkdir(parents=True)
        (root / "var/cache/templates").symlink_to(compiled)
        return Terminal(root, environ={"LC_ALL": "de_DE.UTF-8"})

    return begun


@pytest.mark.parametrize(
    ("machine", "language"), [("sv_SE.UTF-8", "sv"), ("en_GB.UTF-8", "en"), ("C", "en")]
)
def test_the_settings_are_in_the_language_of_the_terminal(
    tmp_path: Path, machine: str, language: str
) -> None:
    """Whoever says nothing of a language gets settings in the one that newsroom answers in."""
    Terminal(tmp_path, environ={"LC_ALL": machine}).do("init", "--empty", str(tmp_path / "a"))

    settings = (tmp_path / "a/posts/site.yaml").read_text(encoding="utf-8")
    assert f"\nlanguage: {language} " in settings


def test_the_next_steps_are_said(tmp_path: Path) -> None:
    """What is told of an empty newsroom is what one does in it, and can be pasted."""
    desk = Terminal(tmp_path, environ={"LC_ALL": "en_GB.UTF-8"})

    said = desk.do("init", "--empty", str(tmp_path / "our news"))

    assert said.out.splitlines()[1:] == [
        f"  cd '{tmp_path}/our news'",
        "  newsroom check                      names what should be mended",
        '  newsroom new news "We have opened"  begins a post: a file in posts/news',
        "  newsroom preview                    shows it on http://127.0.0.1:8000",
        "Write who you are in posts/site.yaml before anybody reads the site: "
        "each line is explained there.",
    ]


def test_the_sample_says_that_it_is_in_swedish(tmp_path: Path) -> None:
    """Who reads English is told of another way to begin; who reads Swedish needs no such line."""
    english = Terminal(tmp_path, environ={"LC_ALL": "en_GB.UTF-8"})
    swedish = Terminal(tmp_path, environ={"LC_ALL": "sv_SE.UTF-8"})

    told = english.do("init", str(tmp_path / "a")).out.splitlines()[-1]

    assert told == (
        "The sample is in Swedish. To begin in English: newsroom init --empty --language en FOLDER"
    )
    assert "--language" not in swedish.do("init", str(tmp_path / "b")).out


def test_a_sample_in_english_is_refused(tmp_path: Path) -> None:
    """There is none, and nothing is written in place of it; in Swedish it is what one gets."""
    desk = Terminal(tmp_path, environ={"LC_ALL": "en_GB.UTF-8"})

    said = desk("init", "--language", "en", str(tmp_path / "a"))

    assert said.status == 2
    assert (
        "--language: the sample is in Swedish; "
        "add --empty, and begin with settings in English" in said.err
    )
    assert not (tmp_path / "a").exists()
    desk.do("init", "--language", "sv", str(tmp_path / "b"))
    assert (tmp_path / "b/posts/news").is_dir()


def test_check_says_the_same_of_either(begin: Begin) -> None:
    """Both are told of alike, the invented sender among it, and neither has an error."""
    codes = {
        language: [each["code"] for each in json.loads(begin(language).do("check", "--json").out)]
        for language in ("sv", "en")
    }

    assert codes["sv"] == codes["en"] == ["sample-value", "no-review"]


def test_an_english_newsroom_speaks_english(begin: Begin) -> None:
    """From the first check to the built site nothing is in Swedish, on any machine."""
    desk = begin("en")
    put(desk.root, "posts/documents/annual-report.pdf", "%PDF-1.7\n")

    said = [
        desk.do(*command, *NOW)
        for command in (
            ("check",),
            ("new", "news", "We have opened"),
            ("new", "event", "Spring meeting"),
            ("new", "contact", "Alice Berg"),
            ("new", "member", "Example Town"),
            ("new", "document", "Annual report"),
            ("new", "page", "About us"),
            ("new", "issue", "Spring"),
            ("issue", "deadlines"),
            ("schedule",),
            ("status",),
            ("build",),
        )
    ]

    words = "".join(one.out + one.err for one in said)
    pieces = "".join(
        file.read_text(encoding="utf-8") for file in sorted(desk.root.glob("posts/*/*.md"))
    )
    pages = "".join(
        file.read_text(encoding="utf-8") for file in sorted(desk.root.glob("public/**/*.html"))
    )
    for told in (words, pieces, pages):
        assert len(told) > 1000
        assert re.findall(r".*[åäöÅÄÖ].*", told) == []
    assert "posts/newsletters/2027-spring.md\n" in words
    assert "(2027-spring)" in words
    assert (desk.root / "public/subscribe/index.html").is_file()
    assert '<html lang="en">' in pages


def test_an_issue_is_named_by_its_season_in_either(begin: Begin) -> None:
    """`Spring` is the issue that the schedule calls var in Swedish and spring in English."""
    names = [begin(each).do("new", "issue", "Spring 2027").out for each in ("sv", "en")]

    assert names == ["posts/newsletters/2027-var.md\n", "posts/newsletters/2027-spring.md\n"]


def test_what_the_first_page_shows_is_ones_own(begin: Begin) -> None:
    """The name and the address of an English beginning are told of until they are written."""
    desk = begin("en")

    before = desk.do("check").err
    site = desk.root / "posts/site.yaml"
    site.write_text(
        site.read_text(encoding="utf-8").replace("newsletter@example.se", "news@town.test"),
        encoding="utf-8",
    )
    after = desk.do("check").err

    assert "still only an example: name, url, sender.name, sender.email;" in before
    assert "still only an example: name, url, sender.name;" in after
