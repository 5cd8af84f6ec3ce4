"""The pages without a mouse, and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import NARROW, PAGES, WIDE, axe_says, opened

pytestmark = pytest.mark.browser

_MOST_STOPS = 150
_STOP = """() => {
    const e = document.activeElement
    if (!e || e === document.body) return null
    const box = e.getBoundingClientRect()
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    const all = [...document.querySelectorAll('*')]
    return {
        place: all.indexOf(e),
        name: (e.textContent.trim() || e.name || e.className).slice(0, 40),
        outline: getComputedStyle(e).outlineStyle,
        inside: box.y >= 0 && box.y + Math.min(box.height, innerHeight) <= innerHeight + 1,
        covered: !(middle && (e.contains(middle) || middle.contains(e))),
    }
}"""


def stops(page: Page) -> list[dict[str, object]]:
    """Where the tabulator key stops, from the top of the page until it leaves it."""
    found: list[dict[str, object]] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (found and stop["place"] == found[0]["place"]):
            return found
        found.append(stop)
    return found


def test_the_keyboard_comes_to_the_text_first(browser: Browser, site: str) -> None:
    """The first stop is the skip link, which is then seen and leads to the text."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES["post"])

    page.keyboard.press("Tab")
    words, seen = page.locator(":focus").inner_text(), page.locator(":focus").bounding_box()
    page.keyboard.press("Enter")

    assert words == "Hoppa till texten"
    assert seen is not None
    assert seen["y"] >= 0
    page.wait_for_url("**#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.context.close()


@pytest.mark.parametrize("kind", ["front", "post", "event", "contact", "subscribe"])
def test_the_keyboard_goes_through_the_page(browser: Browser, site: str, kind: str) -> None:
    """It stops in the order of the text, each stop is seen and in the clear, and it gets out."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES[kind])

    found = stops(page)

    places = [stop["place"] for stop in found]
    assert 10 < len(found) < _MOST_STOPS
    assert places == sorted(places, key=lambda place: int(str(place)))
    assert [stop["name"] for stop in found if stop["outline"] != "solid"] == []
    assert [stop["name"] for stop in found if not stop["inside"] or stop["covered"]] == []
    page.context.close()


def test_the_menu_of_a_telephone_opens_without_script(browser: Browser, site: str) -> None:
    """The button shows the menu, Escape and the other button hide it, with scripts turned off."""
    page = opened(browser, NARROW, java_script_enabled=False)
    page.goto(site)
    entry = page.get_by_role("link", name="Medlemmar")

    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Meny").press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("button", name="Stäng").click()
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    entry.click()
    page.wait_for_url("**/medlemmar/")
    page.context.close()


def test_the_open_menu_is_accessible(browser: Browser, site: str) -> None:
    """Axe finds nothing in the menu of a telephone either."""
    page = opened(browser, NARROW)
    page.goto(site)

    page.get_by_role("button", name="Meny").click()
    expect(page.get_by_role("link", name="Medlemmar")).to_be_visible()

    assert axe_says(page) == []
    page.context.close()


def test_a_wide_window_shows_the_menu_at_once(browser: Browser, site: str) -> None:
    """Where there is room no button is needed."""
    page = opened(browser, WIDE)
    page.goto(site)

    expect(page.get_by_role("link", name="Medlemmar")).to_be_visible()
    expect(page.get_by_role("button", name="Meny")).to_be_hidden()
    page.context.close()


def test_how_to_subscribe_unfolds_without_script(browser: Browser, site: str) -> None:
    """The steps for one's own calendar are opened with a key, with scripts turned off."""
    page = opened(browser, WIDE, java_script_enabled=False)
    page.goto(site + PAGES["subscribe"])
    step = page.get_by_text("Tryck på plustecknet")

    expect(step).to_be_hidden()
    page.get_by_text("Google Kalender", exact=True).press("Enter")
    expect(step).to_be_visible()
    page.context.close()
