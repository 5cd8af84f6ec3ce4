"""Search as a reader does it: in a real browser, with a real index, under the real headers."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import NARROW, WIDE, axe_says, opened
from tests.browser.searchable import archive, build, served

pytestmark = pytest.mark.browser

POSTS = 230  # in three bundles


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that can be searched."""
    out: Path = tmp_path_factory.mktemp("searched") / "public"
    build(archive(POSTS), out)
    return out


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    """The search page where browsers may run the index."""
    with served(public, runs_programs=True) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window; what goes wrong in it fails the test."""
    page = opened(browser, WIDE)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    page.context.close()
    assert faults == []


def look_for(page: Page, words: str) -> None:
    """Type words and press Enter."""
    page.get_by_label("Ord att söka efter").fill(words)
    page.keyboard.press("Enter")


def titles(page: Page) -> list[str]:
    """What was found, in order."""
    return page.locator("#search h2").all_inner_texts()


def test_words_are_found_in_every_bundle(page: Page, address: str) -> None:
    """Old and new posts and an event are found by another form of the word, and lead to them."""
    page.goto(address)
    look_for(page, "krabba")
    status = page.locator("#search [role=status]")
    expect(status).to_have_text("3 sidor hittades för ”krabba”.")
    expect(page.locator("#search h2")).to_have_count(3)  # the number is told before their texts

    assert set(titles(page)) == {"Krabborna", "<img src=x>", "Träffen mote"}
    oldest = page.locator("#search li", has=page.get_by_role("link", name="Krabborna"))
    assert oldest.locator("a").get_attribute("href") == "/a/nyheter/2024/p0/"
    assert oldest.locator(".when").inner_text().split() == ["1", "januari", "2024", "Nyheter"]
    assert oldest.locator("mark").first.inner_text().lower().startswith("krabb")
    event = page.locator("#search li", has=page.get_by_role("link", name="Träffen mote"))
    assert "21 oktober 2026" in event.inner_text()
    assert "Kalender" in event.inner_text()
    assert "/a/" in page.url
    page.get_by_role("link", name="Krabborna").click()
    expect(page.locator("h1")).to_have_text("Krabborna")


def test_a_name_finds_the_person(page: Page, address: str) -> None:
    """Who searches for somebody finds how to reach them, before what that person wrote."""
    page.goto(address)
    look_for(page, "Anna Ek")
    expect(page.locator("#search h2").first).to_have_text("Kontakt")

    assert titles(page)[1:] == ["Fisken"]


def test_words_beside_a_result_stand_apart(page: Page, address: str) -> None:
    """What stands on lines of its own on the page is not joined to one word in the result."""
    page.goto(address)
    look_for(page, "Kvarnmo")
    member = page.locator("#search li", has=page.get_by_role("link", name="Kvarnmo kommun"))
    expect(member).to_have_count(1)

    assert "Typ Kommun. Medlem sedan 22 november 2026" in member.inner_text()


def test_texts_are_shown_and_never_run(page: Page, address: str) -> None:
    """Signs of HTML in titles and texts are signs; a title says in which language it is."""
    page.goto(f"{address}?q=fet")
    hit = page.locator("#search li")
    expect(hit).to_have_count(1)
    assert hit.locator("a").inner_text() == "<img src=x>"
    assert "Skriv <b> för fet." in hit.locator(".excerpt").inner_text()
    assert hit.locator("img, b").count() == 0

    page.goto(f"{address}?q=crabs")
    expect(page.locator("#search li a")).to_have_attribute("lang", "en")


def test_a_search_has_an_address(page: Page, address: str) -> None:
    """It can be shared, and the way back leads through what was searched; the field keeps focus."""
    page.goto(address)
    expect(page.get_by_label("Ord att söka efter")).to_have_value("")
    look_for(page, "lutfisk")
    expect(page.locator("#search [role=status]")).to_have_text("En sida hittades för ”lutfisk”.")
    assert page.url == f"{address}?q=lutfisk"
    expect(page.get_by_label("Ord att söka efter")).to_be_focused()
    look_for(page, "qvx")
    expect(page.locator("#search [role=status]")).to_contain_text("Inget hittades")
    assert titles(page) == []

    page.go_back()

    expect(page.locator("#search h2")).to_have_text("Fisken")
    expect(page.get_by_label("Ord att söka efter")).to_have_value("lutfisk")
    page.go_back()
    expect(page.locator("#search h2")).to_have_count(0)


def test_more_is_shown_when_asked_for(page: Page, address: str) -> None:
    """Ten at a time; the keyboard goes on with the first of the new ones, until all are shown."""
    page.goto(f"{address}?q=gemensamt+Nyhet")
    expect(page.locator("#search li")).to_have_count(10)
    more = page.get_by_role("button", name="Visa fler")
    more.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#search li")).to_have_count(20)
    expect(page.locator("#search li a").nth(10)).to_be_focused()
    look_for(page, "lutfisk")
    expect(page.locator("#search li")).to_have_count(1)
    expect(more).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_found_is_accessible(
    browser: Browser, address: str, size: object, scheme: str
) -> None:
    """Axe finds nothing with and without results, and nothing is cut off at 320 pixels."""
    page = opened(browser, size, "dark" if scheme == "dark" else "light")
    page.goto(address)
    expect(page.get_by_label("Ord att söka efter")).to_be_visible()
    assert axe_says(page) == []
    look_for(page, "gemensamt")
    expect(page.locator("#search li")).to_have_count(10)

    assert axe_says(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_searching_asks_nobody_else_and_keeps_nothing(page: Page, address: str) -> None:
    """Every request goes to the site, none has the words in it, and nothing is kept."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    look_for(page, "krabba")
    expect(page.locator("#search li")).to_have_count(3)

    assert [url for url in asked if not url.startswith(address.removesuffix("sok/"))] == []
    assert [url for url in asked if "krabba" in url] == []
    assert said == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_strict_server_gets_the_lists_and_a_word(page: Page, public: Path) -> None:
    """Where programs may not run, the page says so kindly and leads on by its lists."""
    with served(public, runs_programs=False) as address:
        page.goto(f"{address}?q=krabba")

        expect(page.locator("#search [role=status]")).to_contain_text("kunde inte starta")
        expect(page.get_by_label("Ord att söka efter")).to_be_hidden()
        expect(page.get_by_role("link", name="Nordic crabs")).to_be_visible()
        assert axe_says(page) == []


def test_without_script_the_page_leads_on(browser: Browser, address: str) -> None:
    """No field that does nothing: the newest, the years and the menu."""
    page = opened(browser, WIDE, java_script_enabled=False)
    page.goto(address)

    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("searchbox").count() == 0
    assert page.get_by_role("heading", level=2).all_inner_texts()[:2] == [
        "Det senaste",
        "Nyheter år för år",
    ]
    page.context.close()


def test_without_an_index_nothing_is_said_of_searching(
    page: Page, public: Path, tmp_path: Path
) -> None:
    """A site that was built without the extra has the same lists, and no field."""
    copytree(public, tmp_path / "public")
    (tmp_path / "public/sok/bundles.json").unlink()
    with served(tmp_path / "public", runs_programs=True) as address:
        with page.expect_response("**/bundles.json"):
            page.goto(address)

        page.wait_for_timeout(200)  # for what may not happen
        expect(page.locator("#search")).to_be_hidden()
        expect(page.get_by_role("link", name="Nordic crabs")).to_be_visible()


@pytest.mark.parametrize(
    "lost", ["newest/pagefind.js", "newest/wasm.sv.pagefind", "recent", "1-100"]
)
def test_a_damaged_index_is_told_of(page: Page, public: Path, tmp_path: Path, lost: str) -> None:
    """The reader does not wait for ever when a part of the index cannot be fetched."""
    copytree(public, tmp_path / "public")
    (tmp_path / "public/sok" / lost).rename(tmp_path / "lost")
    faults: list[str] = []
    with served(tmp_path / "public", runs_programs=True) as address:
        other = page.context.new_page()
        other.on("pageerror", lambda fault: faults.append(str(fault)))
        other.goto(f"{address}?q=krabba")

        expect(other.locator("#search [role=status]")).to_contain_text("kunde inte starta")
