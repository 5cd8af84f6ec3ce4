"""The way in and out as people go it: a real browser, a real server, real mail over SMTP."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route
from sqlalchemy import Engine, select
from starlette.types import ASGIApp

from newsroom.database import reading, transaction
from newsroom.database.tables import metadata
from newsroom.delivery.catcher import MailCatcher
from newsroom.delivery.mailer import Mailer, transport_from
from newsroom.jobs.readers.front_desk import FrontDesk
from newsroom.model import ConfirmBy, Newsroom, SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.tokens import data_token, leave_token
from newsroom.render.look.style import style_sheet
from newsroom.render.pages.frame import make_frame
from newsroom.render.templates import Templates, default_templates
from newsroom.web.app import application
from newsroom.web.later import Later
from tests.chromium import chromium
from tests.processes import PATIENCE
from tests.serving import serving
from tests.web.house import SITE, Clock

pytestmark = pytest.mark.browser


@dataclass
class Street:
    """A running web, the mails that left it, and its list.

    No time passes in it but by `forward`: how fast a person was does not depend on the machine.
    """

    catcher: MailCatcher
    mails: Path
    database: Engine
    url: str = ""
    now: Clock = field(default_factory=Clock)
    after_answers: tuple[Later, Later] = field(default_factory=lambda: (Later(), Later()))

    def forward(self) -> None:
        """Let the time pass that a person looks at a page."""
        self.now.forward(seconds=5)

    def mail(self, count: int) -> bytes:
        """Mail number `count`, which may take a moment to arrive."""
        end = time.monotonic() + PATIENCE
        while len(self.catcher.recipients) < count:
            assert time.monotonic() < end, f"mail {count} did not come"
            time.sleep(0.01)
        self.settle()
        return (self.mails / f"{count:04}.eml").read_bytes()

    def settle(self) -> None:
        """Wait until what follows an answer is done and written down."""
        for thread in self.after_answers:
            done = Event()
            thread.do(done.set)
            assert done.wait(PATIENCE), "the work that follows an answer does not end"

    def words(self, count: int) -> str:
        """What mail number `count` says."""
        message = message_from_bytes(self.mail(count), EmailMessage, policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def newest_link(self, count: int) -> str:
        """The link in mail number `count`."""
        found = re.search(r"http://\S+", self.words(count))
        assert found
        return found[0]

    def rows(self) -> list[str]:
        """Every row of every table."""
        with reading(self.database) as connection:
            tables = metadata.sorted_tables
            return [repr(row) for table in tables for row in connection.execute(select(table))]

    def state(self) -> SubscriberState | None:
        """Where Anna stands."""
        with reading(self.database) as connection:
            person = subscribers.find(connection, "anna@example.se")
        return person.state if person else None


@pytest.fixture
def street(database: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Street]:
    """The web on a port of its own, its mail going to a catcher; the parameter: how to confirm."""
    confirm = getattr(request, "param", ConfirmBy.BUTTON)
    templates, public = Templates([default_templates()]), tmp_path / "public"
    public.mkdir()
    (public / "style.css").write_bytes(style_sheet(SITE.brand, templates).render())
    with MailCatcher(tmp_path / "mails") as catcher:
        street = Street(catcher, tmp_path / "mails", database)

        def web(url: str) -> ASGIApp:
            site = replace(SITE, url=url, tags=(("eu", "EU"),), confirm=confirm)
            mailer = Mailer(lambda: transport_from(catcher.address), "studs@example.se")
            desk = FrontDesk(site, database, (b"secret",), templates, mailer)
            frame = make_frame(Newsroom(site=site), logo=None, style="style.css")
            work, post = street.after_answers
            return application(desk, lambda: frame, public, street.now, later=work, mails=post)

        with serving(web) as street.url:
            yield street


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all."""
    with chromium() as browser:
        yield browser


def press(page: Page, name: str) -> None:
    """Reach a button by the Tab key and press it with Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().strip() == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no button {name!r} was reached on {page.url}")


def send(button: Locator) -> None:
    """Press a button of a form; the answer is there whole, its style sheet too, when this ends."""
    with button.page.expect_navigation():
        button.click()


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
    page.keyboard.type("anna@example.se")
    street.forward()
    press(page, words[0])
    page.goto(street.newest_link(1))
    assert street.state() == SubscriberState.PENDING
    street.forward()
    press(page, words[1])
    assert street.state() == SubscriberState.ACTIVE

    page.goto(f"{street.url}/avsluta/?lang={lang}")
    page.locator("input[type=email]").focus()
    page.keyboard.type("anna@example.se")
    street.forward()
    press(page, words[2])
    page.goto(street.newest_link(2))
    press(page, leaving)
    assert street.state() == SubscriberState.UNSUBSCRIBED
    press(page, undo)
    assert street.state() == SubscriberState.ACTIVE


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_own_data_by_keyboard_without_script(street: Street, browser: Browser, lang: str) -> None:
    """Ask for the link, change the name, have a copy mailed, erase everything: keys only."""
    with transaction(street.database) as connection:
        anna = NewSubscriber("anna@example.se", SubscriberState.ACTIVE, lang)
        subscribers.add(connection, [anna], street.now())
    sv = lang == "sv"
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(f"{street.url}/mina-uppgifter/?lang={lang}")
    page.locator("input[type=email]").focus()
    page.keyboard.type("anna@example.se")
    street.forward()
    press(page, "Skicka länken till mig" if sv else "Send me the link")
    page.goto(street.newest_link(1))
    page.locator("#name").focus()
    page.keyboard.type("Anna Ek")
    street.forward()
    press(page, "Spara" if sv else "Save")
    assert page.locator("[role=status]").inner_text() == (
        "Det är sparat." if sv else "It is saved."
    )
    street.forward()
    press(page, "Mejla mig en kopia av allt" if sv else "Mail me a copy of everything")
    assert b"application/json" in street.mail(2)
    street.forward()
    press(page, "Radera allt om mig" if sv else "Erase everything about me")
    assert street.state() == SubscriberState.ACTIVE
    street.forward()
    press(page, "Radera allt om mig" if sv else "Erase everything about me")
    assert street.state() is None


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_every_page_is_accessible_and_keeps_to_itself(
    street: Street, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Axe finds nothing, nothing runs out of the window or leaves the house, nothing is stored."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="sv-SE"
    )
    page = context.new_page()
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    found = list[str]()

    def look() -> None:
        found.append(_violations(page))
        found.append(_too_wide(page))

    for number, lang in enumerate(("sv", "en")):
        email = f"{lang}@example.se"
        page.goto(f"{street.url}/prenumerera/?lang={lang}")
        look()
        page.locator("input[type=email]").fill("inte en adress@")
        page.evaluate("document.querySelector('main form').noValidate = true")
        send(page.locator("main button"))
        look()
        page.locator("input[type=email]").fill(email)
        send(page.locator("main button"))  # faster than a person
        look()
        street.forward()
        send(page.locator("main button"))
        look()
        page.goto(f"{street.newest_link(2 * number + 1)}?lang={lang}")
        look()
        send(page.locator("main button").first)  # faster than a person
        look()
        street.forward()
        send(page.locator("main button").first)
        look()
        page.goto(f"{street.url}/mina-uppgifter/?lang={lang}")
        look()
        street.forward()
        page.locator("input[type=email]").fill(email)
        send(page.locator("main button"))
        look()
        page.goto(f"{street.newest_link(2 * number + 2)}?lang={lang}")
        look()
        street.forward()
        send(page.locator("main button").last)
        look()
        for address in ("/avsluta/", "/avsluta/nothing", "/bekrafta/x", "/mina-uppgifter/x"):
            page.goto(f"{street.url}{address}?lang={lang}")
            look()

    assert found == [""] * len(found)
    assert {url for url in asked if not url.startswith(street.url)} == set()
    assert [url for url in asked if "example.se" in url or "%40" in url] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("street", [ConfirmBy.CODE], indirect=True)
def test_the_page_for_a_code_is_accessible(street: Street, browser: Browser) -> None:
    """The field, and what is said of a wrong code, pass axe; the right code confirms."""
    page = browser.new_page(locale="sv-SE")
    page.goto(f"{street.url}/prenumerera/")
    street.forward()
    page.locator("input[type=email]").fill("anna@example.se")
    send(page.locator("main button"))
    page.goto(street.newest_link(1))
    found = [_violations(page)]
    code = street.words(1).partition("Koden: ")[2][:6]

    street.forward()
    page.locator("#code").fill("x")
    send(page.locator("main button").first)
    found.append(_violations(page))
    street.forward()
    page.locator("#code").fill(code)
    send(page.locator("main button").first)

    assert found == ["", ""]
    assert street.state() == SubscriberState.ACTIVE


def test_a_browser_that_runs_scripts_changes_nothing(street: Street, browser: Browser) -> None:
    """A scanner that opens every link in a real browser and waits has changed no row."""
    with transaction(street.database) as connection:
        bo = NewSubscriber("bo@example.se", SubscriberState.ACTIVE, "sv")
        (number,) = subscribers.add(connection, [bo], street.now())
    page = browser.new_page()
    page.goto(f"{street.url}/prenumerera/")
    street.forward()
    page.locator("input[type=email]").fill("anna@example.se")
    send(page.locator("main button"))
    token = leave_token(b"secret", number)
    data = data_token(b"secret", number, street.now())
    paths = (f"/avsluta/{token}", f"/u/{token}", f"/mina-uppgifter/{data}")
    links = [street.newest_link(1), *(street.url + path for path in paths)]
    before = street.rows()

    tabs = [browser.new_page() for _ in links]
    for tab, link in zip(tabs, links, strict=True):
        tab.goto(link)
    page.wait_for_timeout(10_000)

    assert street.state() == SubscriberState.PENDING
    assert street.rows() == before


def test_no_page_that_is_left_is_named_elsewhere(street: Street, browser: Browser) -> None:
    """A link from a page with a token sends no Referer to another site."""
    page = browser.new_page()
    page.goto(f"{street.url}/avsluta/{leave_token(b'secret', 1)}")
    told = list[str]()

    def answer(route: Route) -> None:
        told.append(route.request.headers.get("referer", ""))
        route.fulfill(body="hello")

    page.route("https://elsewhere.example.net/**", answer)
    page.evaluate(
        "const a = document.createElement('a'); a.href = 'https://elsewhere.example.net/x';"
        "a.id = 'away'; a.textContent = 'away'; document.querySelector('main').append(a)"
    )
    with page.expect_navigation():
        page.locator("#away").click()

    assert told == [""]


def _violations(page: Page) -> str:
    """What axe finds on the page, empty when it finds nothing."""
    found = Axe().run(page)
    return "" if found.violations_count == 0 else f"{page.url}\n{found.generate_report()}"


def _too_wide(page: Page) -> str:
    """By how much the page is wider than its window; empty when it is not."""
    more = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return "" if more <= 0 else f"{page.url}: {more} px too wide"
