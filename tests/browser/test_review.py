"""The review page in a real browser: for every eye, every width, by keys alone, without script."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from newsroom.model.issue_state import IssueState
from newsroom.render.look.style import style_sheet
from newsroom.wiring.site_folder import public_folder
from tests.browser.kinds import NARROW, WIDE, Scheme, axe_says, opened
from tests.newsrooms import ISSUE
from tests.review_room import ReviewRoom, make_room
from tests.serving import serving

pytestmark = pytest.mark.browser


@dataclass
class Office:
    """A room whose page is served."""

    room: ReviewRoom
    url: str

    def page(self, query: str = "") -> str:
        """The address of Anna's page."""
        return f"{self.url}{self.room.link()}{query}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An issue that was changed after its yes, and has something to mend or to know."""
    room = make_room(Path(tmp_path_factory.mktemp("room")))
    public = public_folder(room.desk)
    public.mkdir(parents=True, exist_ok=True)
    sheet = style_sheet(room.desk.site.brand, room.desk.templates)
    (public / "style.css").write_bytes(sheet.render())
    room.write()
    room.press("approve")
    room.write(ISSUE.replace("Hej!", "Hej allihop, och välkomna till hösten!"))
    with closing(room), serving(lambda _url: room.client.app) as url:
        yield Office(room, url)


@pytest.mark.parametrize(
    ("size", "scheme", "lang"),
    [(WIDE, "light", "sv"), (NARROW, "light", "en"), (WIDE, "dark", "sv")],
    ids=["wide", "narrow", "dark"],
)
def test_axe_finds_nothing(
    office: Office, browser: Browser, size: dict[str, int], scheme: Scheme, lang: str
) -> None:
    """The page passes every rule of WCAG 2.0 to 2.2 A and AA, with everything on it opened."""
    page = opened(browser, size, scheme)
    page.goto(office.page(f"?lang={lang}"))
    for summary in page.locator("summary").all():
        summary.click()

    found = axe_says(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")

    page.context.close()
    assert (found, wide) == ([], False)


def test_the_letter_is_seen_and_cut_off_from_the_page(office: Office, browser: Browser) -> None:
    """The frames show it, at two widths; nothing in them runs or reaches the page."""
    page = opened(browser, WIDE)
    page.goto(office.page())

    frames = [frame for frame in page.frames if frame is not page.main_frame]
    shown = [frame.locator("h1").first.inner_text() for frame in frames]
    widths = [box["width"] for each in page.locator("iframe").all() if (box := each.bounding_box())]

    assert shown == ["Nyhetsbrev hösten 2026"] * 2
    assert widths[0] == 322  # 320 and its edges
    assert widths[1] > 640
    page.context.close()


def test_by_keys_alone_without_script(office: Office, browser: Browser) -> None:
    """Looking, saying yes and taking it back need neither a mouse nor a script."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(office.page())

    press(office, page, "Godkänn")
    assert office.room.state() is IssueState.APPROVED
    assert "Godkänt av Anna Ek" in page.locator("main").inner_text()

    press(office, page, "Ta tillbaka godkännandet")
    assert office.room.state() is IssueState.DRAFTED
    context.close()


def press(office: Office, page: Page, name: str) -> None:
    """Reach a button by the Tab key, and press it as somebody who has looked at the page."""
    page.locator("h1").click()
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator("button:focus")
        if focused.count() and focused.inner_text().strip() == name:
            office.room.clock.time += timedelta(seconds=5)
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no button {name!r} was reached")


def test_a_browser_with_scripts_changes_nothing(office: Office, browser: Browser) -> None:
    """A scanner that opens the page in a browser and waits leaves every row as it was."""
    before = office.room.state_hash()
    page = opened(browser, WIDE)

    page.goto(office.page())
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)

    page.context.close()
    assert office.room.state_hash() == before
