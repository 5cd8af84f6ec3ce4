"""The sample's letters and the mails around them in a real browser, as mail programs show them."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route

from newsroom.content.folder import read
from newsroom.model import Issue, Newsroom
from newsroom.render.mail.confirmation import confirmation_note, note_message
from newsroom.render.mail.letter import compose
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words
from tests.browser.kinds import NARROW, WIDE, Scheme, axe_says, opened
from tests.render.pieces import at
from tests.sample import ROOT

pytestmark = pytest.mark.browser
OF_PAGES = ("landmark-one-main", "region")  # the mail program's page has these
NOW = at("2026-12-01T09:00")
TEMPLATES = Templates([default_templates()])
HARD = """
## Hälsofrämjandesamhällsplaneringsarbetsgruppsordförandekandidat

https://nyheter.example.se/en-adress-utan-nagot-att-bryta-vid-alls-eftersom-den-ar-lang

| Tid | Vad | Var | Vem |
| --- | --- | --- | --- |
| 12.00–13.00 | Lunchföredrag | Biblioteket | Samordnaren |

```
en lång rad kod som inte får plats på en telefon utan att den bryts någonstans
```
"""


def sample() -> tuple[Newsroom, Issue]:
    """The sample's newest issue."""
    newsroom = read(ROOT).newsroom
    assert newsroom is not None
    return newsroom, max(newsroom.issues, key=lambda issue: issue.number or 0)


def letter(lang: str, more: str = "") -> str:
    """The HTML of that issue, with more in its introduction."""
    newsroom, issue = sample()
    return compose(newsroom, replace(issue, body=issue.body + more), lang, NOW, TEMPLATES).html


def note() -> str:
    """The HTML of the mail that asks for a confirmation."""
    newsroom, _ = sample()
    asked = confirmation_note(newsroom.site, Words("sv"), f"{newsroom.site.url}/bekrafta/x")
    html = note_message(newsroom.site, asked, "a@example.se", NOW, TEMPLATES).get_body(("html",))
    assert html is not None
    return str(html.get_content())


@pytest.fixture(scope="module")
def mails() -> dict[str, str]:
    """Each kind of mail."""
    hard = letter("sv", HARD)
    return {"sv": letter("sv"), "en": letter("en"), "hard": hard, "note": note()}


def shown(page: Page, html: str) -> list[str]:
    """Show a mail to a reader who sees no pictures; the addresses that it asked for."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(re.compile("^https?:"), refuse)
    page.set_content(html)
    return asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["hard", "note"])
def test_axe_finds_nothing(
    browser: Browser, mails: dict[str, str], name: str, scheme: Scheme
) -> None:
    """Without pictures, in light and in the dark, a mail keeps WCAG 2.0 to 2.2 A and AA."""
    page = opened(browser, WIDE, scheme)
    shown(page, mails[name])

    found = [broken for broken in axe_says(page) if not broken.startswith(OF_PAGES)]

    page.context.close()
    assert found == []


def test_no_mail_is_wider_than_a_telephone(browser: Browser, mails: dict[str, str]) -> None:
    """At 320 pixels nobody scrolls sideways, whatever stands in the introduction."""
    page, widths = opened(browser, NARROW), {}

    for name, html in mails.items():
        shown(page, html)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    page.context.close()
    assert widths == dict.fromkeys(mails, 320)


def test_only_the_site_is_asked_for_anything(browser: Browser, mails: dict[str, str]) -> None:
    """Opening a mail fetches its pictures from the site, and nothing from anywhere else."""
    page = opened(browser, WIDE)

    asked = [url for html in mails.values() for url in shown(page, html)]

    page.context.close()
    assert asked
    assert all(re.match(r"https://nyheter\.example\.se/.*\.(jpg|png)$", url) for url in asked)


def test_links_can_be_hit_with_a_thumb(browser: Browser, mails: dict[str, str]) -> None:
    """What is pressed in the footer, the calendar and beside people is 44 pixels high."""
    page = opened(browser, NARROW)
    shown(page, mails["sv"])

    heights = page.evaluate(
        "[...document.querySelectorAll('.onward, .button-link')]"
        ".map(link => link.getBoundingClientRect().height)"
    )

    page.context.close()
    assert min(heights) >= 44


def test_without_styles_the_order_is_the_same(browser: Browser, mails: dict[str, str]) -> None:
    """A program that throws every style away shows the same words in the same order."""
    bare = re.sub(
        r"<style>.*?</style>| (?:style|bgcolor|dir)=\"[^\"]*\"", "", mails["sv"], flags=16
    )
    page = opened(browser, WIDE)

    texts = []
    for html in (mails["sv"], bare):
        shown(page, html)
        texts.append(page.evaluate("document.querySelector('.sheet').textContent"))

    page.context.close()
    assert texts[0] == texts[1]
