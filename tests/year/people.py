"""What people do on the web: fill in forms, open links, press buttons."""

import re
from urllib.parse import urlsplit

from httpx2 import Response
from starlette.testclient import TestClient

from tests.web.house import fields_of
from tests.year.clock import Clock
from tests.year.relay import Mail

_A_LOOK = 5  # seconds that a person takes to read a page


def sign_up(web: TestClient, clock: Clock, email: str) -> Response:
    """Fill in the form on the built page."""
    return _press(web, clock, "/prenumerera/", {"email": email})


def ask_to_leave(web: TestClient, clock: Clock, email: str) -> Response:
    """Ask for the link that ends a subscription, without a letter at hand."""
    return _press(web, clock, "/avsluta/", {"email": email})


def press(web: TestClient, clock: Clock, link: str, choice: str, **fields: str) -> Response:
    """Open the link of a mail, look at the page, press one of its buttons."""
    return _press(web, clock, link, {"choice": choice, **fields})


def one_click(web: TestClient, mail: Mail) -> Response:
    """What a mail program does when somebody presses its button (RFC 8058)."""
    https = re.search(r"<https://[^>]+>", str(mail.message["List-Unsubscribe"]))
    assert https
    return web.post(_path(https[0][1:-1]), data={"List-Unsubscribe": "One-Click"})


def scan(web: TestClient, mail: Mail) -> None:
    """What a gateway does with a mail: fetch whatever it leads to, before anybody reads it."""
    home = str(web.base_url).rstrip("/")
    for address in sorted(set(re.findall(rf"{re.escape(home)}[^\s>]+", mail.text))):
        web.get(_path(address))
        web.head(_path(address))


def link_in(mail: Mail, word: str) -> str:
    """The path of the link in a mail that has this word in it."""
    found = re.search(rf"https://[^\s>]+/{word}/\S+", mail.text)
    assert found, mail.text
    return _path(found[0])


def _press(web: TestClient, clock: Clock, link: str, fields: dict[str, str]) -> Response:
    page = web.get(link)
    assert page.status_code == 200, (link, page.status_code, page.text[-2000:])
    form = fields_of(page.text) | {"lang": "sv"} | fields
    clock.forward(seconds=_A_LOOK)
    return web.post(link, data=form)


def _path(address: str) -> str:
    return urlsplit(address)._replace(scheme="", netloc="").geturl()
