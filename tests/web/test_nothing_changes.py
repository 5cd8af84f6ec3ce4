"""Programs that fetch what is in our mails and pages, two hundred times: nothing has happened."""

import logging
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import text

from newsroom.model import SubscriberState
from newsroom.readers.tokens import leave_token
from tests.web.house import House, fields_of

HOME = "https://nyheter.example.se"
CRAWLS = 200
METHODS = ("GET", "HEAD", "OPTIONS")
# What a gateway, a browser that fetches ahead and a curious person send along.
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Purpose": "prefetch"},
    {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Sec-Fetch-Site": "none"},
    {"Accept-Language": "en", "Referer": "https://scanner.example.net/"},
)


@pytest.fixture
def mailed(house: House) -> House:
    """A house that has sent every mail that a form can cause, and an issue's two links."""
    house.add("reader@example.se", SubscriberState.ACTIVE)
    house.add("left@example.se", SubscriberState.UNSUBSCRIBED)
    house.sign_up("new@example.se")
    house.sign_up("reader@example.se")
    house.sign_up("left@example.se")
    for front in ("/avsluta/", "/mina-uppgifter/"):
        form = fields_of(house.client.get(front).text)
        house.clock.forward(seconds=5)
        house.client.post(front, data={**form, "email": "reader@example.se"})
        house.settle()
    assert len(house.mailbox.sent) == 5
    return house


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {str(value) for name, value in attrs if name in {"href", "action", "src"}}


def links_in(html: str) -> set[str]:
    """Every address on a page: links, forms, pictures."""
    parser = _Links()
    parser.feed(html)
    return parser.found


def links_of(message: EmailMessage) -> Iterator[str]:
    """Every address in a mail: of its text, its HTML and its headers."""
    for part in ("plain", "html"):
        body = message.get_body((part,))
        assert body is not None
        content = str(body.get_content())
        yield from re.findall(r"https?://[^\s<>\"]+", content)
        yield from links_in(content)
    for value in message.values():
        yield from re.findall(r"https?://[^\s<>\"]+", value)


def every_address(house: House) -> set[str]:
    """All that can be reached from the mails: their links, and those of the pages behind them."""
    token = leave_token(house.keys[0], 1)
    waiting = {f"{HOME}/u/{token}", f"{HOME}/avsluta/{token}", f"{HOME}/prenumerera/"}
    for _, message in house.mailbox.sent:
        waiting |= set(links_of(message))
    seen = set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = house.client.get(urlsplit(address)._replace(scheme="", netloc="").geturl())
        found = {urljoin(address, link) for link in links_in(page.text)}
        waiting |= {link for link in found if link.startswith(HOME)} - seen
    return {address for address in seen if address.startswith(HOME)}


def test_two_hundred_crawls_change_no_row(mailed: House) -> None:
    """Every address in every mail and page, by GET, HEAD and OPTIONS, over and over: no change."""
    paths = sorted(address.removeprefix(HOME) for address in every_address(mailed))
    with_token = [path for path in paths if re.search("/[A-Za-z0-9_-]{30,}$", path)]
    before, sent = mailed.state_hash(), len(mailed.mailbox.sent)

    for path in paths:
        for method in METHODS:
            mailed.client.request(method, path)
    for number in range(CRAWLS):
        mailed.clock.forward(minutes=5)
        for path in with_token:
            headers = HEADERS[number % len(HEADERS)]
            mailed.client.request(METHODS[number % len(METHODS)], path, headers=headers)
    mailed.settle()

    fronts = {path.split("/")[1] for path in with_token}
    assert fronts == {"bekrafta", "avsluta", "mina-uppgifter", "u"}
    assert mailed.state_hash() == before
    assert len(mailed.mailbox.sent) == sent


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_change_nothing_either(mailed: House, method: str) -> None:
    """Only what a form or a mail program posts does."""
    before = mailed.state_hash()

    for address in every_address(mailed):
        mailed.client.request(method, address.removeprefix(HOME))

    assert mailed.state_hash() == before


def test_a_scanner_before_the_person_spoils_nothing(mailed: House) -> None:
    """After all those visits the confirmation, the leaving and the data are still the person's."""
    (link,) = (
        found[0]
        for to, message in mailed.mailbox.sent
        if to == "new@example.se" and (found := [*links_of(message)])
    )
    for _ in range(CRAWLS):
        mailed.client.get(link.removeprefix(HOME))

    mailed.follow("confirm", link.removeprefix(HOME))

    person = mailed.person("new@example.se")
    assert person is not None
    assert person.state == SubscriberState.ACTIVE


def test_no_address_stands_in_a_link_a_page_or_a_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """No URL, redirect or line of the log has a mail address or a name in it, whatever is done."""
    with caplog.at_level(logging.DEBUG):
        caplog.handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
        house.sign_up("secret.person@example.se")
        house.follow()
        house.mailbox.broken = True
        house.clock.forward(days=2)
        house.sign_up("secret.person@example.se")
        house.sign_up("other.person@example.se")
        house.client.post("/prenumerera/", data={"email": "secret.person@"})
        house.mailbox.broken = False
    addresses = every_address(house)
    redirected = [
        house.client.get(path).headers.get("location", "") for path in ("/avsluta", "/prenumerera")
    ]

    ours = [line for line in caplog.text.splitlines() if not line.startswith("asyncio")]
    assert ours
    assert [line for line in ours if "person" in line] == []
    assert [url for url in (*addresses, *redirected) if "person" in url or "%40" in url] == []


def test_a_database_that_refuses_puts_no_address_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """What went wrong is logged with its place, and without the values it went wrong with."""
    refuses = "CREATE TRIGGER no BEFORE INSERT ON subscriber BEGIN SELECT RAISE(ABORT, 'no'); END"
    with house.database.begin() as connection:
        connection.execute(text(refuses))

    house.sign_up("secret.person@example.se")

    assert "IntegrityError" in caplog.text
    assert "secret.person" not in caplog.text


def test_no_page_with_a_token_tells_another_site_of_it(mailed: House) -> None:
    """Each page asks browsers to name it to nobody else, to keep it nowhere, and sets no cookie."""
    for address in every_address(mailed):
        answer = mailed.client.get(address.removeprefix(HOME))
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in answer.headers
        if answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
            assert answer.headers["cache-control"] == "no-store"
            assert [link for link in links_in(answer.text) if urlsplit(link).netloc] == []
