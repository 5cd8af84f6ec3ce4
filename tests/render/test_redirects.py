import json
import re
import shlex
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.redirects import NOWHERE, read_redirects, redirect_pages, resolve

ANYTHING = st.text(st.sampled_from(string.printable + "åé\u2028\x00\x85") | st.characters())
ADDRESSES = st.lists(st.sampled_from("abcdef")).map("/".join) | ANYTHING


def link(address: str) -> str:
    """The path that a server sees."""
    return f"/{address}"


def written(moved: list[tuple[str, str]], gone: list[str]) -> dict[str, str]:
    """Every file, as text, by its name."""
    return {page.path: page.render().decode() for page in redirect_pages(moved, gone, link)}


def test_each_server_gets_the_same_lines_in_its_own_words() -> None:
    """A moved page's new path, with the old one's last slash or without; "gone" for a withdrawn."""
    files = written([("nyheter/2026/da/", "nyheter/2026/nu/")], ["nyheter/2025/bort/"])

    assert files["_redirects.nginx.conf"] == (
        '"/nyheter/2025/bort/" "gone";\n'
        '"/nyheter/2025/bort" "gone";\n'
        '"/nyheter/2026/da/" "/nyheter/2026/nu/";\n'
        '"/nyheter/2026/da" "/nyheter/2026/nu/";\n'
    )
    assert files["_redirects.apache.txt"].splitlines()[0] == "/nyheter/2025/bort/ gone"
    assert files["_redirects.caddy"].splitlines()[2] == '"/nyheter/2026/da/" "/nyheter/2026/nu/"'
    assert json.loads(files["_redirects.json"]) == {
        "moved": {"/nyheter/2026/da/": "/nyheter/2026/nu/"},
        "gone": ["/nyheter/2025/bort/"],
    }


def test_a_site_where_nothing_moved_has_the_files_too() -> None:
    """Servers are told to read them, and would not start without."""
    assert written([], []) == {
        "_redirects.json": '{\n "moved": {},\n "gone": []\n}\n',
        "_redirects.nginx.conf": "",
        "_redirects.apache.txt": "",
        "_redirects.caddy": "",
    }


def test_a_reader_is_sent_on_once() -> None:
    """However often a page moved, each of its old paths leads to the newest."""
    found = resolve([("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/d/")], [])

    assert found.moved == {"/a/": "/d/", "/b/": "/d/", "/c/": "/d/"}
    assert found.target("/a") == found.target("/a/") == "/d/"
    assert found.target("/d/") is None


def test_nobody_is_sent_in_a_circle() -> None:
    """Paths that lead to each other lead nowhere; the first of two targets counts."""
    found = resolve([("/a/", "/b/"), ("/b/", "/a/"), ("/c/", "/c/"), ("/d/", "/e/")], [])

    assert found.moved == {"/d/": "/e/"}
    assert resolve([("/d/", "/e/"), ("/d/", "/f/")], []).moved == {"/d/": "/e/"}


def test_what_is_withdrawn_moves_nowhere() -> None:
    """An address that is gone says so, and what moved there leads to where that is said."""
    found = resolve([("/a/", "/b/"), ("/b/", "/c/")], ["/b/"])

    assert found.moved == {"/a/": "/b/"}
    assert found.is_gone("/b")
    assert found.is_gone("/b/")
    assert not found.is_gone("/a/")


@pytest.mark.parametrize("bad", ["//elsewhere.example/", "a/", "/../a/", "/a//b/", "http://x/", ""])
def test_no_one_is_sent_to_another_site(bad: str) -> None:
    """What is no path on this site is neither an old address nor a new one."""
    assert resolve([("/a/", bad), (bad, "/a/")], [bad]) == NOWHERE


def test_a_new_path_is_written_as_browsers_want_it() -> None:
    """Letters outside ASCII are %-coded, an anchor stays."""
    assert resolve([("/a/", "/hälsa/#nu")], []).moved == {"/a/": "/h%C3%A4lsa/#nu"}


@given(st.lists(st.tuples(ADDRESSES, ADDRESSES), max_size=8), st.lists(ADDRESSES, max_size=4))
def test_no_address_becomes_a_rule(moved: list[tuple[str, str]], gone: list[str]) -> None:
    """Whatever stands in an address, each line of each map is two plain words and nothing else."""
    files = written(moved, gone)
    plain = r"/[A-Za-z0-9._~/-]*"
    new = r"(?:/[A-Za-z0-9._~/%#-]*|gone)"

    lines = {
        "_redirects.nginx.conf": rf'"{plain}" "{new}";',
        "_redirects.apache.txt": rf"{plain} {new}",
        "_redirects.caddy": rf'"{plain}" "{new}"',
    }
    for name, line in lines.items():
        assert re.fullmatch(rf"(?:{line}\n)*", files[name], re.ASCII)
        assert all(len(shlex.split(each)) == 2 for each in files[name].splitlines())


@given(st.lists(st.tuples(ADDRESSES, ADDRESSES), max_size=8), st.lists(ADDRESSES, max_size=4))
def test_our_own_server_reads_what_was_written(
    moved: list[tuple[str, str]], gone: list[str]
) -> None:
    """And no path of it leads to a path that leads on, or to another site."""
    expected = resolve([(link(old), link(new)) for old, new in moved], map(link, gone))

    found = read_redirects(written(moved, gone)["_redirects.json"])

    assert found == expected
    for new in found.moved.values():
        assert not new.startswith("//")
        assert new not in found.moved


def test_an_address_too_long_for_nginx_is_left_to_its_page() -> None:
    """A server that cannot hold a line would not start; ours can, and the others show the page."""
    files = written([("a" * 600 + "/", "b/")], [])

    assert files["_redirects.nginx.conf"] == ""
    assert "a" * 600 in files["_redirects.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"moved": {}}', "{", '{"moved": [], "gone": []}'])
def test_what_no_build_wrote_is_refused(text: str) -> None:
    """A file of that name with something else in it moves nobody."""
    with pytest.raises(ValueError):  # noqa: PT011 (JSON's own is one)
        read_redirects(text)
