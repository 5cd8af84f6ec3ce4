from pathlib import Path

import pytest
from starlette.requests import Request

from newsroom import whole_file
from newsroom.render.redirects import redirect_pages
from newsroom.web.forwarding import send_on
from tests.web.house import House


def write(house: House, moved: list[tuple[str, str]], gone: list[str]) -> None:
    """What a build leaves: new files, each put in the place of the old one."""
    for page in redirect_pages(moved, gone, "/{}".format):
        whole_file.write(house.public / page.path, page.render())


def lay(public: Path, path: str, text: str) -> None:
    """Put a page on the site."""
    (public / path).parent.mkdir(parents=True, exist_ok=True)
    (public / path).write_text(text)


def test_an_old_address_leads_to_the_new_one_in_one_step(house: House) -> None:
    """301, the query kept, though the page for other servers stands there too."""
    lay(house.public, "nyheter/2026/da/index.html", "moved")
    write(house, [("nyheter/2026/da/", "nyheter/2026/nu/")], [])

    answer = house.client.get("/nyheter/2026/da?utm=x")

    assert answer.status_code == 301
    assert answer.headers["location"] == "/nyheter/2026/nu/?utm=x"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_withdrawn_page_is_gone(house: House) -> None:
    """410, with the page that says why; without one, the page for what is missing."""
    lay(house.public, "nyheter/2026/bort/index.html", "withdrawn because")
    lay(house.public, "404.html", "not here")
    write(house, [], ["nyheter/2026/bort/", "nyheter/2026/borta/"])

    with_page, without = (
        house.client.get("/nyheter/2026/bort/"),
        house.client.get("/nyheter/2026/borta"),
    )

    assert (with_page.status_code, with_page.text) == (410, "withdrawn because")
    assert (without.status_code, without.text) == (410, "not here")


def test_a_new_build_is_heeded_at_once(house: House) -> None:
    """No restart, and an address that came back is a page again."""
    lay(house.public, "a/index.html", "here again")
    write(house, [("a/", "b/")], [])
    assert house.client.get("/a/").status_code == 301

    write(house, [("c/", "b/")], [])

    assert house.client.get("/a/").text == "here again"
    assert house.client.get("/c/").status_code == 301


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"moved": {"/a/": "//elsewhere.example/"}, "gone": []}']
)
def test_a_broken_list_moves_nobody(house: House, text: str) -> None:
    """The site is shown as it is."""
    lay(house.public, "a/index.html", "here")
    (house.public / "_redirects.json").write_text(text)

    assert house.client.get("/a/").text == "here"


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/a/", "", "/a/"),
        ("//elsewhere.example/a/", "", "/elsewhere.example/a/"),
        ("/a\r\nSet-Cookie: x/", "", "/a%0D%0ASet-Cookie%3A%20x/"),
        ("/hälsa/", "a=b", "/h%C3%A4lsa/?a=b"),
        ("/a/#nu", "a=b", "/a/?a=b#nu"),
        ("/h%C3%A4lsa/", "", "/h%C3%A4lsa/"),
    ],
)
def test_the_way_stays_on_this_site(path: str, query: str, location: str) -> None:
    """No host, no line break; the query before the anchor."""
    scope = {"type": "http", "path": "/", "query_string": query.encode(), "headers": []}

    answer = send_on(Request(scope), path, 301)

    assert answer.headers["location"] == location
