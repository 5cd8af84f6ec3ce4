"""A page that stays open in a real browser while somebody writes."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.newsrooms import put, write_newsroom
from tests.previews import preview

pytestmark = pytest.mark.browser

HOST = "posts/news/2026-11-10-host.md"
PAGE = "/nyheter/2026/host/"
TEXT = "---\nid: urn:x:host\ntitle: Höst\ndate: {}\n---\n\nLöven faller.\n\n{}\n"
LONG = "Rad efter rad.\n\n" * 120


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small newsroom with a long post."""
    root = write_newsroom(tmp_path / "house")
    put(root, HOST, TEXT.format("2026-11-10", LONG))
    return root


def write(root: Path, more: str = "", day: str = "2026-11-10") -> None:
    """Save the post."""
    put(root, HOST, TEXT.format(day, LONG + more))


def faults(page: Page) -> list[str]:
    """What the browser complains of from now on, but for the icon that this site does not have."""
    found = list[str]()

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and not said.location["url"].endswith("/favicon.ico"):
            found.append(said.text)

    page.on("console", hear)
    page.on("pageerror", lambda fault: found.append(str(fault)))
    return found


def test_the_open_page_follows_each_save(root: Path, browser: Browser) -> None:
    """The new text is there without a hand on the browser, where the reader was reading."""
    with preview(root) as running:
        page = browser.new_page()
        complaints = faults(page)
        page.goto(running.url + PAGE)
        page.evaluate("scrollTo(0, 1500)")

        write(root, "Första frosten.")
        expect(page.get_by_text("Första frosten.")).to_be_attached()
        write(root, "Första frosten.\n\nSedan snö.")
        expect(page.get_by_text("Sedan snö.")).to_be_attached()

        page.wait_for_function("scrollY === 1500")
        assert complaints == []
        page.close()


def test_the_bar_comes_and_goes(root: Path, browser: Browser) -> None:
    """What has to be mended stands above the page, in its language, and goes when it is mended."""
    with preview(root) as running:
        page = browser.new_page()
        complaints = faults(page)
        page.goto(running.url + PAGE)

        write(root, day="10.11.26")
        bar = page.get_by_role("status")
        expect(bar).to_contain_text("En sak måste rättas")
        expect(bar).to_contain_text(f"{HOST}:4")
        expect(page.get_by_text("Löven faller.")).to_be_visible()
        assert page.evaluate("document.querySelector('#newsroom-preview').offsetHeight") > 20
        write(root, "Rättat.")
        expect(page.get_by_text("Rättat.")).to_be_attached()
        expect(bar).to_be_hidden()

        assert complaints == []
        page.close()


def test_what_is_not_out_is_labelled(root: Path, browser: Browser) -> None:
    """Above the title, on its page and in lists, and no longer when it is out."""
    label = ".newsroom-label"
    draft = "posts/news/2026-11-12-utkast.md"
    with preview(root) as running:
        page, front = browser.new_page(), browser.new_page()
        complaints = faults(page)
        page.goto(running.url + "/nyheter/2026/utkast/")
        front.goto(running.url)

        expect(page.locator(f"{label} + h1")).to_have_text("Utkast")
        expect(page.locator(label)).to_have_text("Utkast")
        expect(front.locator("main").get_by_text("Publiceras 24 december 2026")).to_be_visible()
        put(root, draft, (root / draft).read_text().replace("draft: true\n", ""))
        expect(page.locator(label)).to_have_count(0)

        assert page.title().startswith("Utkast")
        assert complaints == []
        page.close()
        front.close()


def test_a_page_outlives_its_preview(root: Path, browser: Browser) -> None:
    """When the preview has stopped the page says so; when it is back the page goes on by itself."""
    with preview(root) as first:
        page = browser.new_page()
        page.goto(first.url + PAGE)
        expect(page.get_by_text("Löven faller.")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Förhandsvisningen är avslutad")
    write(root, "Sedan snö.")

    with preview(root, "--port", first.url.rpartition(":")[2]):
        expect(page.get_by_text("Sedan snö.")).to_be_attached()
        expect(page.get_by_role("status")).to_be_hidden()
        page.close()
