"""The pages on paper."""

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import PAGES, WIDE, opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["post", "event", "issue"])
def test_a_page_prints_with_its_text_and_without_its_menu(
    browser: Browser, site: str, kind: str
) -> None:
    """On paper stand the site's name, the text and the address, black on white."""
    page = opened(browser, WIDE, "dark")
    page.goto(site + PAGES[kind])

    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert not page.get_by_role("navigation").first.is_visible()
    printed = page.locator(".printed")
    assert printed.inner_text().startswith("Nätverket Allmänningen, https://")
    assert printed.inner_text().endswith(f"/{PAGES[kind]}")
    colour, paper = page.locator("body").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert (colour, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    page.context.close()


def test_paper_says_where_links_lead(browser: Browser, site: str) -> None:
    """The address of a registration form stands beside the words that were pressed."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES["event"])
    page.emulate_media(media="print")

    after = page.locator(".button").evaluate("e => getComputedStyle(e, '::after').content")

    assert "https://anmalan.example.se/arskonferens-2027" in after
    page.context.close()


def test_a_printed_page_is_text(browser: Browser, site: str) -> None:
    """The PDF of an issue has few pages, and its letters can be searched and copied."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES["issue"])

    pdf = page.pdf(format="A4")

    assert b"/ToUnicode" in pdf
    assert 1 <= pdf.count(b"/Type /Page\n") <= 4
    page.context.close()
