"""An issue on the web says what its letter says, and leads where it leads."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml.html import document_fromstring

from newsroom.content.folder import read
from newsroom.model import Newsroom, Teaser
from newsroom.render.mail.letter import compose
from tests.render.pieces import at, make_issue, make_newsroom, make_post
from tests.render.printed import packaged, printed
from tests.sample import ROOT

LEAVES = at("2026-12-01T09:00")
_SPACE = re.compile(r"[\s\u00a0\u202f]+")


@pytest.fixture(scope="module")
def sample() -> Newsroom:
    """The sample newsroom with all its issues out, those that are drafts too."""
    newsroom = read(ROOT).newsroom
    assert newsroom is not None
    issues = tuple(
        replace(issue, draft=False, published=issue.published or LEAVES)
        for issue in newsroom.issues
    )
    return replace(newsroom, issues=issues)


def words(text: str) -> str:
    """A text without soft hyphens, and without spaces, of which each medium has its own."""
    return _SPACE.sub("", text.replace("\u00ad", ""))


def letter_of(newsroom: Newsroom, name: str) -> Any:  # noqa: ANN401 (lxml has no types)
    """The letter without what only an inbox needs: whom it is from, the preheader, the footer."""
    issue = next(issue for issue in newsroom.issues if issue.slug == name)
    letter = compose(newsroom, issue, newsroom.site.language, LEAVES, packaged())
    body = document_fromstring(letter.html).find("body")
    left_out = " or ".join(f"@class='{name}'" for name in ("sender", "preheader", "button"))
    for part in body.xpath(f".//*[@id='footer'] | .//*[{left_out}] | .//comment()"):
        part.getparent().remove(part)
    return body


def page_of(newsroom: Newsroom, name: str) -> Any:  # noqa: ANN401
    """The article of the page without what the site adds to it: its section, its sign-up."""
    page = printed(newsroom, LEAVES + timedelta(minutes=1))[f"nyhetsbrev/{name}/index.html"]
    (article,) = document_fromstring(page).iter("article")
    for part in article.xpath(".//section[contains(@class, 'screen')] | .//header/p"):
        part.getparent().remove(part)
    return article


def links(element: Any, newsroom: Newsroom) -> set[str]:  # noqa: ANN401
    """Where an element leads to: whole addresses, telephone numbers without their hyphens."""
    found = (urljoin(f"{newsroom.site.url}/", link.get("href", "")) for link in element.iter("a"))
    return {href.replace("-", "") if href.startswith("tel:") else href for href in found}


def told(element: Any) -> list[str]:  # noqa: ANN401
    """Each piece of text that stands by itself, what is between points too."""
    return [words(text) for line in element.itertext() for text in line.split("·") if words(text)]


@pytest.mark.parametrize("name", ["2025-host", "2026-var", "2026-host"])
def test_the_page_says_what_the_letter_says(sample: Newsroom, name: str) -> None:
    """Every word of the letter is on the page, and the headings stand in the same order."""
    letter, page = letter_of(sample, name), words(page_of(sample, name).text_content())

    assert [text for text in told(letter) if text not in page] == []
    titles = [words(title.text_content()) for title in letter.iter("h1", "h2", "h3")]
    assert sorted(titles, key=page.index) == titles


@pytest.mark.parametrize("name", ["2025-host", "2026-var", "2026-host"])
def test_the_page_leads_where_the_letter_leads(sample: Newsroom, name: str) -> None:
    """The links are the same; only that people have a place of their own on the site is added."""
    letter, page = letter_of(sample, name), page_of(sample, name)

    missing = links(letter, sample) - links(page, sample)
    added = links(page, sample) - links(letter, sample)

    assert missing == set()
    assert {urlsplit(href).path for href in added} <= {"/kontakt/"}


def test_nothing_personal_is_on_the_page(sample: Newsroom) -> None:
    """No link of one reader, and no token, is on a page that everybody may read."""
    site = printed(sample, LEAVES + timedelta(minutes=1))

    for path, page in site.items():
        if path.startswith("nyhetsbrev/"):
            assert "newsroom-hole" not in page, path
            assert not re.search(r"/(?:u|avsluta)/", page), path


def test_the_issues_own_words_for_a_story() -> None:
    """A teaser of the issue is on its page too, and the post keeps its own title elsewhere."""
    issue = make_issue(
        stories=("ett",),
        teasers=(Teaser("ett", "I brevet", "Kort sagt."),),
        published=at("2026-06-02T09:00"),
    )
    site = printed(make_newsroom(posts=(make_post("ett"),), issues=(issue,)))

    page = site["nyhetsbrev/2026-var/index.html"]
    assert "I brevet" in page
    assert "Kort sagt." in page
    assert "Nyheten ett" not in page.partition("<article")[2].partition("</article>")[0]
    assert "Nyheten ett" in site["nyheter/2026/ett/index.html"]
