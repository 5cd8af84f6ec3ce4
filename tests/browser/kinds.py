"""One page of each kind, the windows they are looked at in, and how a window is opened."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = {
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
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # the rest need not be described, which takes time
}

Scheme = Literal["light", "dark"]


def opened(browser: Browser, size: Any, scheme: Scheme = "light", **other: Any) -> Page:  # noqa: ANN401
    """A page of a browser window, in a context of its own."""
    return browser.new_context(viewport=size, color_scheme=scheme, **other).new_page()


def axe_says(page: Page) -> list[str]:
    """The rules that a page breaks, with the elements that break them."""
    return [
        f"{broken['id']}: {[node['html'][:120] for node in broken['nodes']]}"
        for broken in Axe().run(page, options=RULES).response["violations"]
    ]
