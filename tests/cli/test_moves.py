"""`withdraw` and `rename`."""

import json

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW

POST = "posts/news/2026-11-10-host.md"
PAGE = "public/nyheter/2026/host/index.html"


def test_withdraw_leaves_a_page_that_says_so(terminal: Terminal) -> None:
    """With the reason that was given, here when asked for."""
    said = terminal("withdraw", POST, "--now", NOW, answer="Siffrorna var fel.\n")
    terminal.do("build", "--now", NOW)

    assert said.status == 0
    assert "Varför dras texten tillbaka?" in said.out
    assert f"{POST}: tillbakadragen; https://" in said.out
    assert said.out.endswith(
        "/nyheter/2026/host/ säger det när du har publicerat: newsroom publish\n"
    )
    page = (terminal.root / PAGE).read_text()
    assert "Siffrorna var fel." in page
    assert "Löven faller" not in page


def test_rename_leads_readers_on(terminal: Terminal) -> None:
    """The old address is sent on, and check has nothing to say of it."""
    terminal.do("build", "--now", NOW)

    said = terminal.do("rename", POST, "lov", "--now", NOW)
    built = terminal.do("build", "--json", "--now", NOW).json()

    assert said.out == f"nyheter/2026/host/ är nu nyheter/2026/lov/\nskrivet i {POST}\n"
    assert "address-lost" not in {problem["code"] for problem in built["problems"]}
    redirects = json.loads((terminal.root / "public/_redirects.json").read_text())
    assert redirects["moved"] == {"/nyheter/2026/host/": "/nyheter/2026/lov/"}


def test_rename_refuses_what_is_taken(terminal: Terminal) -> None:
    """The other file is named."""
    said = terminal("rename", POST, "sommar")

    assert said.status == 1
    assert '"sommar" är redan adressen för posts/news/2026-06-03-sommar.md' in said.err
