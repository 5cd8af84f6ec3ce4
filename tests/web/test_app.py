import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.tables import metadata
from newsroom.model import SubscriberState
from newsroom.readers.tokens import leave_token
from tests.web.house import SITE, House, fields_of, open_house

METHODS = ("GET", "HEAD", "OPTIONS")


def paths(house: House) -> list[str]:
    """Every address of the web: of the mails, of the pages, of those who have not been there."""
    house.sign_up()
    confirmation = house.mailbox.link()
    active = leave_token(house.keys[0], house.add("bo@example.se", SubscriberState.ACTIVE))
    left = leave_token(house.keys[0], house.add("c@example.se", SubscriberState.UNSUBSCRIBED))
    return [
        "/",
        "/prenumerera/",
        "/prenumerera/?lang=en",
        "/avsluta/",
        "/healthz",
        "/nothing",
        confirmation,
        f"{confirmation}?lang=en",
        f"{confirmation}?choice=confirm",
        *(f"{front}{token}" for front in ("/avsluta/", "/u/") for token in (active, left, "x")),
        f"/avsluta/{active}?choice=leave",
        f"/u/{active}?List-Unsubscribe=One-Click",
    ]


@pytest.mark.parametrize("rounds", [2, pytest.param(67, marks=pytest.mark.slow)])
def test_nothing_that_is_fetched_changes_anything(house: House, rounds: int) -> None:
    """Fetching every link by every harmless method, 200 times, leaves every row as it was."""
    addresses = paths(house)
    before = house.state_hash()

    for _ in range(rounds):
        for address in addresses:
            for method in METHODS:
                answer = house.client.request(method, address, follow_redirects=True)
                assert answer.status_code < 500
    house.settle()

    assert house.state_hash() == before
    assert len(house.mailbox.sent) == 1


def test_every_answer_is_strict(house: House) -> None:
    """Own resources only, no framing, no guessing of types, no referrer to others, no cookie."""
    for address in paths(house):
        for method in (*METHODS, "POST"):
            headers = house.client.request(method, address).headers
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "form-action 'self'" in policy
            assert "base-uri 'none'" in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert "camera=()" in headers["permissions-policy"]
            assert "set-cookie" not in headers


def test_an_answer_to_a_fault_is_strict_too(database: Engine, tmp_path: Path) -> None:
    """When something breaks that nobody thought of, the browser is told as much as ever."""
    with open_house(database, tmp_path, SITE, surprises=False) as house:
        with transaction(database) as connection:
            metadata.drop_all(connection)

        answer = house.client.get(f"/avsluta/{leave_token(house.keys[0], 1)}")

    assert answer.status_code == 500
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_name_nobody_and_fetch_nothing_from_elsewhere(house: House) -> None:
    """No page holds an address of the list, a script, or a source on another host."""
    for address in paths(house):
        text = house.client.get(address).text
        assert not re.search(r"(anna|bo|c)@example\.se", text)
        assert "<script" not in text
        assert not re.search(r"(?:src|srcset|data|poster)\s*=\s*[\"']?(?:https?:)?//", text)
        for tag in re.findall(r"<link[^>]*stylesheet[^>]*>", text):
            assert 'href="/' in tag


def test_pages_of_links_are_kept_by_no_one(house: House) -> None:
    """Neither caches nor search engines keep a page that somebody's link leads to."""
    house.sign_up()

    answer = house.client.get(house.mailbox.link())

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_every_button_can_be_reached_without_script(house: House) -> None:
    """Each form has a method, an action on this site, and a button that submits it."""
    for address in paths(house):
        for form in re.findall(r"<form.*?</form>", house.client.get(address).text, re.DOTALL):
            assert re.search(r'<form[^>]* method="post" action="/[a-z]+/', form)
            assert 'type="submit"' in form
            for name in re.findall(r'<input id="([^"]+)"', form):
                assert f'<label for="{name}">' in form


def test_nobody_who_looks_waits_for_a_writer(house: House) -> None:
    """While somebody writes to the database, and does not come to an end, every page is shown."""
    addresses = paths(house)

    with transaction(house.database):
        for address in addresses:
            assert house.client.get(address, follow_redirects=True).status_code < 500


def test_members_may_frame_what_is_made_for_them(house: House) -> None:
    """The fragments in embed/ are the one thing that others may put on their pages."""
    folder = house.public / "embed"
    folder.mkdir()
    (folder / "latest.html").write_text("<ul></ul>")

    headers = house.client.get("/embed/latest.html").headers

    assert "frame-ancestors *" in headers["content-security-policy"]
    assert headers["access-control-allow-origin"] == "*"


def test_a_site_below_a_path_has_everything_there(database: Engine, tmp_path: Path) -> None:
    """With a path in the site's address, pages, forms and links all stand below it."""
    site = replace(SITE, url="https://nyheter.example.se/halsa", language="en")
    with open_house(database, tmp_path, site) as house:
        (house.public / "feed.xml").write_text("feed")
        page = house.client.get("/halsa/subscribe/")
        house.clock.forward(seconds=5)
        form = {**fields_of(page.text), "email": "anna@example.se"}
        house.client.post("/halsa/subscribe/", data=form)
        house.settle()

        assert 'action="/halsa/subscribe/"' in page.text
        assert house.client.get("/halsa/feed.xml").text == "feed"
        assert house.client.get("/feed.xml").status_code == 404
        assert house.mailbox.link().startswith("/halsa/confirm/")
        answer = house.follow()
        assert "You get the newsletter" in answer.text


@pytest.mark.parametrize(
    ("url", "asked", "said"),
    [
        ("https://nyheter.example.se", "https://nyheter.example.se/", True),
        ("https://nyheter.example.se", "http://nyheter.example.se/", False),
        ("http://nyheter.example.se", "https://nyheter.example.se/", False),
    ],
)
def test_only_ever_encrypted_is_said_where_it_is_true(
    database: Engine,
    tmp_path: Path,
    url: str,
    asked: str,
    said: bool,  # noqa: FBT001
) -> None:
    """A browser is bound for a year by an encrypted answer of a site that is always so."""
    with open_house(database, tmp_path, replace(SITE, url=url)) as house:
        headers = house.client.get(asked).headers

    assert headers.get("strict-transport-security") == ("max-age=31536000" if said else None)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/avsluta", "/prenumerera"])
def test_forms_have_their_last_slash_added(house: House, path: str, method: str) -> None:
    """What people type leads to the form, and what a form sends arrives there (308)."""
    answer = house.client.request(method, f"{path}?lang=en")

    assert answer.status_code == 308
    assert answer.headers["location"] == f"{path}/?lang=en"


def test_promised_mails_go_out_before_the_end(database: Engine, tmp_path: Path) -> None:
    """Shutting down waits for the sign-ups that were answered."""
    with open_house(database, tmp_path, SITE) as house:
        form = fields_of(house.client.get("/prenumerera/").text)
        house.clock.forward(seconds=5)
        house.client.post("/prenumerera/", data={**form, "email": "anna@example.se"})

    assert len(house.mailbox.sent) == 1


@pytest.mark.parametrize("address", ["/prenumerera/", "/avsluta/"])
def test_pages_have_one_heading_and_a_language(house: House, address: str) -> None:
    """One h1, the language on the page, every field labelled."""
    text = house.client.get(address).text

    assert text.count("<h1") == 1
    assert '<html lang="sv">' in text
