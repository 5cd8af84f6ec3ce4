"""How the pages work in a real browser: for every eye, every width, and without a mouse."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.sample import build_sample

pytestmark = pytest.mark.browser

PAGES = {  # one of each kind
    "front": "",
    "news": "nyheter/",
    "year": "nyheter/2026/",
    "month": "nyheter/2026/10/",
    "post": "nyheter/2026/hostmotet-2026/",
    "foreign": "nyheter/2026/nordic-seminar-in-lovhamn/",
    "topics": "amnen/",
    "topic": "amnen/norden/",
    "calendar": "kalender/",
    "event": "kalender/arskonferens-2027/",
    "cancelled": "kalender/studiebesok-angslunda/",
    "past": "kalender/hostmote-2026/",
    "contact": "kontakt/",
    "members": "medlemmar/",
    "member": "medlemmar/kvarnmo-kommun/",
    "documents": "dokument/",
    "document": "dokument/motesplatser-som-haller/",
    "issues": "nyhetsbrev/",
    "issue": "nyhetsbrev/2026-var/",
    "about": "om/",
    "subscribe": "prenumerera/",
    "accessibility": "tillganglighet/",
    "privacy": "integritet/",
    "lost": "404.html",
}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 % (WCAG 2.2, 1.4.10)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

Scheme = Literal["light", "dark"]


class _Strict(SimpleHTTPRequestHandler):
    """Serves the site as a strict server would."""

    def end_headers(self) -> None:
        """Add the policy that the pages must work under."""
        self.send_header("Content-Security-Policy", "default-src 'self'; form-action 'self'")
        super().end_headers()

    def log_message(self, *_: Any) -> None:  # noqa: ANN401
        """Tests say what went wrong themselves."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site, served."""
    out: Path = tmp_path_factory.mktemp("site") / "public"
    build_sample(out)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(out)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without anything that calls home."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=which("chromium") or which("chromium-browser"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield chromium
        chromium.close()


def opened(browser: Browser, size: Any, scheme: Scheme = "light", **other: Any) -> Page:  # noqa: ANN401
    """A page of a browser window, in a context of its own."""
    return browser.new_context(viewport=size, color_scheme=scheme, **other).new_page()


@pytest.mark.parametrize(
    ("size", "scheme", "rules"),
    [(WIDE, "light", RULES), (NARROW, "light", RULES), (WIDE, "dark", COLOURS)],
    ids=["wide", "narrow", "dark"],
)
def test_every_kind_of_page_is_accessible(
    browser: Browser, site: str, size: dict[str, int], scheme: Scheme, rules: dict[str, Any]
) -> None:
    """Axe finds nothing in any kind of page, wide or narrow, WCAG 2.2 included, nor in the dark."""
    page = opened(browser, size, scheme)
    found = []

    for name, address in PAGES.items():
        page.goto(site + address)
        found += [f"{name}: {broken}" for broken in axe_says(page, rules)]

    page.context.close()
    assert found == []


def axe_says(page: Page, rules: dict[str, Any]) -> list[str]:
    """The rules that a page breaks, with the elements that break them."""
    return [
        f"{broken['id']}: {[node['html'][:120] for node in broken['nodes']]}"
        for broken in Axe().run(page, options=rules).response["violations"]
    ]


@pytest.mark.parametrize("width", [320, 600, 1000, 1280])
def test_no_page_is_wider_than_its_window(browser: Browser, site: str, width: int) -> None:
    """Text flows within any window, so that nobody has to scroll in two directions."""
    page, too_wide = opened(browser, {"width": width, "height": 800}), []

    for name, address in PAGES.items():
        page.goto(site + address)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            too_wide.append(f"{name}: {overflow} px")

    page.context.close()
    assert too_wide == []


def test_nothing_is_asked_of_another_host_and_nothing_is_kept(browser: Browser, site: str) -> None:
    """No request leaves the site, no cookie or storage is used, and a strict policy is obeyed."""
    page = opened(browser, WIDE)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for address in PAGES.values():
        page.goto(site + address)
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []
    assert page.context.cookies() == []
    page.context.close()


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
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.context.close()


def test_every_stop_of_the_keyboard_is_seen(browser: Browser, site: str) -> None:
    """What has the focus has an outline and is in the window."""
    page = opened(browser, WIDE)
    page.goto(site + PAGES["subscribe"])

    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        box = page.locator(":focus").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= WIDE["height"]
    page.context.close()


def test_the_menu_of_a_telephone_opens_without_script(browser: Browser, site: str) -> None:
    """The button shows the menu, Escape and the other button hide it, with scripts turned off."""
    page = opened(browser, NARROW, java_script_enabled=False)
    page.goto(site)
    entry = page.get_by_role("link", name="Medlemmar")

    assert not entry.is_visible()
    page.get_by_role("button", name="Meny").press("Enter")
    assert entry.is_visible()
    page.keyboard.press("Escape")
    assert not entry.is_visible()
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("button", name="Stäng").click()
    assert not entry.is_visible()
    page.get_by_role("button", name="Meny").click()
    entry.click()
    assert page.url.endswith("/medlemmar/")
    page.context.close()


def test_the_open_menu_is_accessible(browser: Browser, site: str) -> None:
    """Axe finds nothing in the menu of a telephone either."""
    page = opened(browser, NARROW)
    page.goto(site)

    page.get_by_role("button", name="Meny").click()

    assert axe_says(page, RULES) == []
    page.context.close()


def test_a_wide_window_shows_the_menu_at_once(browser: Browser, site: str) -> None:
    """Where there is room no button is needed."""
    page = opened(browser, WIDE)
    page.goto(site)

    assert page.get_by_role("link", name="Medlemmar").is_visible()
    assert not page.get_by_role("button", name="Meny").is_visible()
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
            const full = text.textContent.length / lines
            return [parseFloat(getComputedStyle(text).fontSize), full]
        }"""
    )

    assert size == 18
    assert 50 <= characters <= 72  # the last line of the paragraph is short
    page.context.close()
