"""The letters of the sample, as they would be sent."""

import re
from urllib.parse import urlsplit

import pytest
from lxml.html import document_fromstring

from newsroom.content.folder import read
from newsroom.model import Newsroom
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter, compose
from newsroom.render.mail.lint import letter_problems
from newsroom.render.templates import Templates, default_templates
from tests.render.pieces import at
from tests.sample import ROOT

TEMPLATES = Templates([default_templates()])
ISSUES = ("2025-host", "2026-var", "2026-host")


@pytest.fixture(scope="module")
def sample() -> Newsroom:
    """The sample newsroom."""
    newsroom = read(ROOT).newsroom
    assert newsroom is not None
    return newsroom


@pytest.fixture(params=[(name, lang) for name in ISSUES for lang in ("sv", "en")])
def letter(request: pytest.FixtureRequest, sample: Newsroom) -> Letter:
    """Each issue in each language."""
    name, lang = request.param
    issue = next(issue for issue in sample.issues if issue.slug == name)
    return compose(sample, issue, lang, at("2026-12-01T09:00"), TEMPLATES)


def hrefs(letter: Letter) -> list[str]:
    """Where the links of the HTML lead."""
    links = document_fromstring(letter.html).iter("a")
    return list(dict.fromkeys(link.get("href", "") for link in links))


def test_nothing_is_wrong_with_it(sample: Newsroom, letter: Letter) -> None:
    """The lint has nothing against any letter of the sample."""
    issue = next(issue for issue in sample.issues if issue.slug == letter.issue)

    assert [str(problem) for problem in letter_problems(letter, issue, sample.site)] == []


def test_every_link_is_in_the_text_once(letter: Letter) -> None:
    """The text has every address of the HTML, once, on a line that it can be followed from."""
    words = re.split(r"\s+", letter.text)

    for href in hrefs(letter):
        kind, _, address = href.partition(":")
        expected = href if kind.startswith("http") or href == LEAVE else address
        seen = words.count(expected) or letter.text.count(f"\n{_dialled(expected, letter)}\n")
        assert (href, seen) == (href, 1)


def _dialled(number: str, letter: Letter) -> str:
    """A telephone number as it is written for people."""
    lines = letter.text.splitlines()
    return next((line for line in lines if line.replace(" ", "") == number), number)


def test_the_text_is_without_debris(letter: Letter) -> None:
    """No markup, no table, no tag is left; lines are short but for addresses; there is a footer."""
    assert not re.search(r"\]\(|\*\*|^#+ |\|.*\||<\w|&\w+;", letter.text, re.MULTILINE)
    assert "\n-- \n" in letter.text
    assert all(len(line) <= 78 or "://" in line for line in letter.text.splitlines())


def test_nothing_leads_astray(sample: Newsroom, letter: Letter) -> None:
    """Every link leads where it says, without a detour: the site, a mailbox, a telephone."""
    own = urlsplit(sample.site.url).netloc

    for href in hrefs(letter):
        assert href == LEAVE or urlsplit(href).netloc in {own, ""}
        assert not urlsplit(href).query
    assert set(re.findall(r"https?://([^/\s\"'<>)]+)", letter.html)) == {own}


def test_every_event_has_its_file(letter: Letter) -> None:
    """Each event leads to its page and to the calendar file beside it."""
    events = [href for href in hrefs(letter) if "/kalender/" in href]
    files = [href for href in events if href.endswith(".ics")]

    assert files
    assert {f"{href.removesuffix('.ics')}/" for href in files} == set(events) - set(files)


def test_words_for_word_alone_survive(letter: Letter) -> None:
    """The comments that Outlook reads, and the rules for the dark and for telephones, are there."""
    assert letter.html.count("<!--[if mso]>") == letter.html.count("<![endif]-->")
    assert '<!--[if mso]><table role="presentation" width="600"' in letter.html
    for query in ("(max-width: 599px)", "(prefers-color-scheme: dark)"):
        assert f"@media {query}" in letter.html
