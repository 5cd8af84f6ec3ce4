"""The way in and out as people go it: a real browser, a real server, real mail over SMTP."""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from shutil import which

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from newsroom.delivery.catcher import MailCatcher
from newsroom.delivery.mailer import Mailer, transport_from
from newsroom.jobs.front_desk import FrontDesk
from newsroom.model import Newsroom, SubscriberState
from newsroom.readers import subscribers
from newsroom.render.pages.frame import make_frame
from newsroom.render.style import style_sheet
from newsroom.render.templates import Templates, default_templates
from newsroom.web.app import application
from tests.web.house import SITE

pytestmark = pytest.mark.browser


@dataclass
class Street:
    """A running web, the mails that left it, and its list."""

    url: str
    mails: Path
    database: Engine

    def newest_link(self, count: int) -> str:
        """The link in mail number `count`, which may take a moment to arrive."""
        path = self.mails / f"{count:04}.eml"
        for _ in range(100):
            if path.exists():
                break
            time.sleep(0.05)
        body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
        assert body is not None
        found = re.search(r"http://\S+", body.get_content())
        assert found
        return found[0]

    def state(self) -> SubscriberState | None:
        """Where Anna stands."""
        with self.database.begin() as connection:
            person = subscribers.find(connection, "anna@example.se")
        return person.state if person else None


@pytest.fixture
def street(database: Engine, tmp_path: Path) -> Iterator[Street]:
    """The web on a port of its own, its mail going to a catcher."""
    templates, public = Templates([default_templates()]), tmp_path / "public"
    public.mkdir()
    (public / "style.css").write_bytes(style_sheet(SITE.brand, templates).render())
    with MailCatcher(tmp_path / "mails") as catcher:
        config = uvicorn.Config(app=_nothing, port=0, log_level="warning")
        listening = config.bind_socket()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        site = replace(SITE, url=url)
        mailer = Mailer(lambda: transport_from(catcher.address), "studs@example.se")
        desk = FrontDesk(site, database, (b"secret",), templates, mailer)
        frame = make_frame(Newsroom(site=site), logo=None, style="style.css")
        config.app = application(desk, lambda: frame, public, lambda: datetime.now(UTC))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield Street(url, tmp_path / "mails", database)
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own."""
    with sync_playwright() as playwright:
        own = which("chromium") or which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        yield browser
        browser.close()


def press(page: Page, name: str) -> None:
    """Reach a button by the Tab key and press it with Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text(timeout=1000).strip() == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no button {name!r} was reached on {page.url}")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_whole_way_by_keyboard_without_script(
    street: Street, browser: Browser, lang: str
) -> None:
    """Sign up, confirm, leave, undo: keys only, no script, Swedish and English."""
    words = {
        "sv": ("Få nyhetsbrevet", "Ja, skicka nyhetsbrevet till mig", "Skicka länken till mig"),
        "en": ("Get the newsletter", "Yes, send me the newsletter", "Send me the link"),
    }[lang]
    leaving = {"sv": "Avsluta prenumerationen", "en": "End the subscription"}[lang]
    undo = {
        "sv": "Ångra: jag vill fortsätta få nyhetsbrevet",
        "en": "Undo: keep sending me the newsletter",
    }[lang]
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(f"{street.url}/prenumerera/?lang={lang}")
    page.locator("input[type=email]").focus()
    page.keyboard.type("anna@example.se", delay=140)
    press(page, words[0])
    page.goto(street.newest_link(1))
    assert street.state() == SubscriberState.PENDING
    press(page, words[1])
    assert street.state() == SubscriberState.ACTIVE

    page.goto(f"{street.url}/avsluta/?lang={lang}")
    page.locator("input[type=email]").focus()
    page.keyboard.type("anna@example.se", delay=140)
    press(page, words[2])
    page.goto(street.newest_link(2))
    press(page, leaving)
    assert street.state() == SubscriberState.UNSUBSCRIBED
    press(page, undo)
    assert street.state() == SubscriberState.ACTIVE


def test_every_page_is_accessible_and_keeps_to_itself(street: Street, browser: Browser) -> None:
    """Axe finds nothing, no request leaves the house, and nothing is stored in the browser."""
    context = browser.new_context()
    page = context.new_page()
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))

    for lang in ("sv", "en"):
        page.goto(f"{street.url}/prenumerera/?lang={lang}")
        found = [_violations(page)]
        page.locator("input[type=email]").fill("inte en adress@")
        page.evaluate("document.querySelector('main form').noValidate = true")
        page.locator("main button").click()
        found.append(_violations(page))
        page.locator("input[type=email]").fill(f"{lang}@example.se")
        page.locator("main button").click()  # faster than a person
        found.append(_violations(page))
        page.wait_for_timeout(2100)
        page.locator("main button").click()
        found.append(_violations(page))
        page.goto(f"{street.newest_link(1 if lang == 'sv' else 2)}?lang={lang}")
        found.append(_violations(page))
        page.locator("main button").first.click()
        found.append(_violations(page))
        for address in ("/avsluta/", "/avsluta/nothing", "/bekrafta/nothing"):
            page.goto(f"{street.url}{address}?lang={lang}")
            found.append(_violations(page))

        assert found == [""] * len(found)
    assert {url for url in asked if not url.startswith(street.url)} == set()
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_browser_that_runs_scripts_changes_nothing(street: Street, browser: Browser) -> None:
    """A scanner that opens the link in a real browser and waits has not confirmed anything."""
    page = browser.new_page()
    page.goto(f"{street.url}/prenumerera/")
    page.wait_for_timeout(2100)
    page.locator("input[type=email]").fill("anna@example.se")
    page.locator("main button").click()

    page.goto(street.newest_link(1))
    page.wait_for_timeout(3000)

    assert street.state() == SubscriberState.PENDING


def _violations(page: Page) -> str:
    """What axe finds on the page, empty when it finds nothing."""
    found = Axe().run(page)
    return "" if found.violations_count == 0 else f"{page.url}\n{found.generate_report()}"


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    """Stands in until the port, and with it the site's address, is known."""
