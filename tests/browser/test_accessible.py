"""Every kind of page in a real browser: for every eye, every width, every setting."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import NARROW, PAGES, WIDE, Scheme, axe_says, opened

pytestmark = pytest.mark.browser

# The least that a reader may ask for without losing a word (WCAG 2.2, 1.4.12).
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (NARROW, "dark")],  # either size, either scheme: what breaks hangs on one
    ids=["wide", "narrow"],
)
def test_axe_finds_nothing(
    browser: Browser, site: str, size: dict[str, int], scheme: Scheme
) -> None:
    """Every kind of page passes every rule of WCAG 2.0 to 2.2 A and AA, and of best practice."""
    page, found = opened(browser, size, scheme), []

    for name, address in PAGES.items():
        page.goto(site + address)
        found += [f"{name}: {broken}" for broken in axe_says(page)]

    page.context.close()
    assert found == []


def test_no_page_is_wider_than_its_window(browser: Browser, site: str) -> None:
    """Text flows within any window, so that nobody has to scroll in two directions."""
    page, too_wide = opened(browser, WIDE), []

    for name, address in PAGES.items():
        page.goto(site + address)
        too_wide += [f"{name}: {what}" for what in too_wide_at(page, 320, 600, 1000, 1280)]

    page.context.close()
    assert too_wide == []


def test_a_reader_may_space_the_text_out(browser: Browser, site: str) -> None:
    """With the reader's own spacing nothing is cut off and nothing runs out of the window."""
    page, lost = opened(browser, WIDE, bypass_csp=True), []

    for name, address in PAGES.items():
        page.goto(site + address)
        page.add_style_tag(content=SPACING)
        lost += [f"{name}: {what}" for what in too_wide_at(page, 320, 1280)]
        lost += [f"{name}: cut off: {text}" for text in cut_off(page)]

    page.context.close()
    assert lost == []


def test_letters_of_twice_the_size_fit(browser: Browser, site: str) -> None:
    """A reader whose browser has letters of 32 px loses nothing (WCAG 2.2, 1.4.4)."""
    page, lost = opened(browser, WIDE, bypass_csp=True), []

    for name, address in PAGES.items():
        page.goto(site + address)
        page.add_style_tag(content="html { font-size: 225% !important }")
        lost += [f"{name}: {what}" for what in too_wide_at(page, 1024)]

    page.context.close()
    assert lost == []


def test_targets_can_be_hit(browser: Browser, site: str) -> None:
    """What is pressed is at least 24 pixels high, unless it stands in a line of text."""
    page, small = opened(browser, NARROW), []

    for name, address in PAGES.items():
        page.goto(site + address)
        small += [f"{name}: {target}" for target in page.evaluate(SMALL_TARGETS)]

    page.context.close()
    assert small == []


def test_colours_of_the_readers_own_leave_something_to_see(browser: Browser, site: str) -> None:
    """In forced colours the page is drawn: text, and edges round what had only a tint."""
    page = opened(browser, WIDE, forced_colors="active")
    page.goto(site)

    edge = page.locator(".panel").evaluate("e => getComputedStyle(e).borderTopStyle")
    drawn = page.screenshot()

    assert edge == "solid"
    assert len(drawn) > 20_000  # a blank picture of this size has 5,000 octets
    page.context.close()


def test_nothing_moves(browser: Browser, site: str) -> None:
    """No element has a transition or an animation, so nobody has to ask for less of it."""
    page = opened(browser, WIDE)
    page.goto(site)

    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e => {
            const style = getComputedStyle(e)
            return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0
        }).length"""
    )

    assert moving == 0
    page.context.close()


def test_lines_are_of_a_length_to_read(browser: Browser, site: str) -> None:
    """Running text has 18 px letters and lines of 60 to 72 characters."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES["post"])

    size, characters = page.evaluate(
        """() => {
            const text = [...document.querySelectorAll('.prose > p')]
                .sort((a, b) => b.textContent.length - a.textContent.length)[0]
            const range = document.createRange()
            range.selectNodeContents(text)
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top))).size
            return [parseFloat(getComputedStyle(text).fontSize), text.textContent.length / lines]
        }"""
    )

    assert size == 18
    assert 50 <= characters <= 72  # the last line of the paragraph is short
    page.context.close()


@pytest.mark.parametrize(("size", "beside"), [(WIDE, True), (NARROW, False)])
def test_labels_stand_beside_what_they_are_about(
    browser: Browser, site: str, size: dict[str, int], *, beside: bool
) -> None:
    """Where there is room the labels have a margin of their own; else they stand above."""
    page = opened(browser, size)
    page.goto(site + PAGES["event"])

    label = page.locator(".facts dt").first.bounding_box()
    fact = page.locator(".facts dd").first.bounding_box()

    assert label is not None
    assert fact is not None
    assert (fact["x"] > label["x"] + 100) == beside
    assert (fact["y"] > label["y"] + 10) != beside
    page.context.close()


def too_wide_at(page: Page, *widths: int) -> list[str]:
    """By how much a page is wider than windows of these widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        more = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found += [f"{more} px too wide at {width}"] if more > 0 else []
    return found


def cut_off(page: Page) -> list[str]:
    """The texts that their boxes cut off."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('main *, header *, footer *')].filter(e => {
            const style = getComputedStyle(e)
            const hides = ['hidden', 'clip'].includes(style.overflowX)
            const hidden = e.closest('.hidden, .trap, [aria-hidden]')
            return hides && !hidden && e.textContent.trim()
                && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
        }).map(e => e.textContent.trim().slice(0, 60))"""
    )
    return found


# A link in a sentence is as high as its line (the exception "inline" of WCAG 2.2, 2.5.8).
SMALL_TARGETS = """
[...document.querySelectorAll('a, button, input, summary')].filter(e => {
    const box = e.getBoundingClientRect()
    const alone = getComputedStyle(e).display !== 'inline'
    return alone && box.height && box.width && box.height < 24 && !e.closest('.trap, .skip')
}).map(e => `${e.textContent.trim().slice(0, 40)} ${e.getBoundingClientRect().height}`)
"""
