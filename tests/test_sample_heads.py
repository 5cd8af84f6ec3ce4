"""What every page of the sample says of itself to search engines, readers and programs."""

import re
from collections import Counter

import pytest

from tests.sample import build_sample

_TIME = re.compile(r'<time datetime="([^"]*)"')
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the sample that search engines may list, by its path."""
    out = tmp_path_factory.mktemp("heads") / "public"
    build_sample(out)
    texts = {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*.html"))
        if "embed" not in path.parts  # fragments, made to stand on other pages
    }
    return {path: text for path, text in texts.items() if 'content="noindex"' not in text}


def found(pattern: str, pages: dict[str, str]) -> dict[str, str]:
    """The one thing on each page that matches."""
    matches = {path: re.findall(pattern, text) for path, text in pages.items()}
    assert [path for path, match in matches.items() if len(match) != 1] == []
    return {path: match[0] for path, match in matches.items()}


@pytest.mark.parametrize(
    "pattern",
    [
        r"<title>(.+?)</title>",
        r'<meta name="description" content="(.+?)">',
        r'<link rel="canonical" href="(https://[^"]+)">',
        r'<meta property="og:url" content="(https://[^"]+)">',
    ],
    ids=["title", "description", "canonical", "og:url"],
)
def test_no_two_pages_say_the_same_of_themselves(pages: dict[str, str], pattern: str) -> None:
    """Each page has a title, a description and an address, which no other page has."""
    said = Counter(found(pattern, pages).values())

    assert [words for words, pages_with_it in said.items() if pages_with_it > 1] == []


@pytest.mark.parametrize(
    "part",
    [
        r'<html lang="[a-z]{2}">',
        r"<h1[ >]",
        r'<a class="skip" href="#main">',
        r'<main [^>]*id="main"',
        r'<meta property="og:title" content="[^"]+">',
        r'<meta property="og:type" content="[^"]+">',
        r'<meta property="og:description" content="[^"]+">',
        r'<meta property="og:locale" content="[a-z]{2}_[A-Z]{2}">',
    ],
)
def test_every_page_has_one_of_each(pages: dict[str, str], part: str) -> None:
    """Language, heading, the way past the menu, and what is shown where the page is shared."""
    assert found(part, pages).keys() == pages.keys()


def test_every_time_has_its_offset(pages: dict[str, str]) -> None:
    """A time that machines read is a day, or an instant with its distance from UTC."""
    wrong = [
        f"{path}: {time}"
        for path, text in pages.items()
        for time in _TIME.findall(text)
        if not _STAMP.fullmatch(time)
    ]

    assert wrong == []


def test_topics_announce_feeds_of_their_own(pages: dict[str, str]) -> None:
    """Programs find the feed and the calendar of a topic on its page."""
    topic = pages["amnen/norden/index.html"]

    assert 'type="application/rss+xml" title="Norden' in topic
    assert 'type="text/calendar" title="Norden' in topic


def test_what_is_foreign_says_so_wherever_it_stands(pages: dict[str, str]) -> None:
    """An English title carries its language in lists, on its page and beside its neighbours."""
    title = "Join us in Lövhamn"
    shown = re.compile(rf'<(?:a|h\d|b|div)[^>]*lang="en"[^>]*>(?:<[^>]+>|\s)*{title}')

    for path in ("nyheter/index.html", "nyheter/2026/index.html", "amnen/norden/index.html"):
        assert shown.search(pages[path]), path
