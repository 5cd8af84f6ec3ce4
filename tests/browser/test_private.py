"""The pages keep to themselves: what they fetch, what they leave behind, what they weigh."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import PAGES, WIDE, opened

pytestmark = pytest.mark.browser

_KEPT = """async () => localStorage.length + sessionStorage.length
    + (await indexedDB.databases()).length
    + (navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0)"""


def test_nothing_is_asked_of_another_host_and_nothing_is_kept(browser: Browser, site: str) -> None:
    """No request leaves the site, no cookie or storage is used, and a strict policy is obeyed."""
    page = opened(browser, WIDE)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for address in PAGES.values():
        page.goto(site + address)
        assert page.evaluate(_KEPT) == 0

    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []
    assert page.context.cookies() == []
    page.context.close()


def test_pages_are_light(built: Path) -> None:
    """Search has the one script that runs; style sheet and front page are a few kilobytes."""
    others = set(built.rglob("*.html")) - {built / "sok/index.html"}
    pages = [path.read_text(encoding="utf-8") for path in others]

    assert all(page.count("<script") == page.count("application/ld+json") for page in pages)
    assert (built / "style.css").stat().st_size < 16 * 1024
    assert (built / "index.html").stat().st_size + (built / "style.css").stat().st_size < 50_000
