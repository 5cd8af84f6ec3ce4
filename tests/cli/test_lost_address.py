"""A published page that moves or goes, from the editor's chair."""

import json

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

POST = "posts/news/2026-11-10-host.md"
RENAMED = "posts/news/2026-11-10-lov.md"


def lost(terminal: Terminal, command: str) -> list[tuple[str, str]]:
    """Where a command says that an address is lost, and what to write."""
    said = terminal.do(command, "--json", "--now", NOW).json()
    problems = said if command == "check" else said["problems"]
    return [(p["path"], p["fix"]) for p in problems if p["code"] == "address-lost"]


def test_a_renamed_file_keeps_its_address(terminal: Terminal) -> None:
    """Every command says so until `check --fix` has written the alias, which leads readers on."""
    terminal.do("build", "--now", NOW)
    (terminal.root / POST).rename(terminal.root / RENAMED)
    fix = "skriv aliases: [host], eller kör newsroom check --fix"

    for command in ("check", "build", "build", "check"):
        assert lost(terminal, command) == [(RENAMED, fix)], command
    fixed = terminal.do("check", "--fix", "--now", NOW)

    assert fixed.err.startswith(f"{RENAMED}: den tidigare adressen är skriven\n")
    assert "aliases: [host]\n---\n" in (terminal.root / RENAMED).read_text()
    for command in ("check", "build", "check"):
        assert lost(terminal, command) == [], command
    redirects = json.loads((terminal.root / "public/_redirects.json").read_text())
    assert redirects["moved"] == {"/nyheter/2026/host/": "/nyheter/2026/lov/"}


def test_a_published_file_that_is_gone_is_told_of(terminal: Terminal) -> None:
    """By every check for a month, and by the status; drafts may go without a word."""
    terminal.do("build", "--now", NOW)
    (terminal.root / POST).unlink()
    (terminal.root / "posts/news/2026-11-12-utkast.md").unlink()

    for command in ("check", "build", "build", "check"):
        ((path, fix),) = lost(terminal, command)
        assert (path, fix.endswith(f"newsroom withdraw {POST}")) == (POST, True)
    stands = terminal("status", "--now", NOW)
    assert f"publicerade filer som är borta: 1; först: {POST}" in " ".join(stands.out.split())


def test_a_published_file_that_came_back_is_told_of_no_more(terminal: Terminal) -> None:
    """It is there again, and new for readers."""
    terminal.do("build", "--now", NOW)
    text = (terminal.root / POST).read_text()
    (terminal.root / POST).unlink()
    terminal.do("build", "--now", NOW)

    put(terminal.root, POST, text)

    assert lost(terminal, "build") == lost(terminal, "check") == []


def test_explain_knows_an_address_that_is_lost(terminal: Terminal) -> None:
    """Of a page that moved it tells where it is now, of one that is gone which file it had."""
    terminal.do("build", "--now", NOW)
    site = terminal.do("explain", POST, "--json").json()["urls"][0].removesuffix("host/")
    (terminal.root / POST).rename(terminal.root / RENAMED)
    (terminal.root / "posts/news/2026-06-03-sommar.md").unlink()

    moved = terminal.do("explain", f"{site}host/", "--now", NOW)
    gone = terminal("explain", f"{site}sommar/", "--now", NOW)

    assert moved.out.startswith(f"{RENAMED}: ")
    assert f"{site}lov/" in moved.out
    assert gone.err.endswith(
        '"Sommar" låg där, men filen posts/news/2026-06-03-sommar.md är borta\n'
    )


def test_only_the_live_site_is_remembered(terminal: Terminal) -> None:
    """What was built with drafts, or into another folder, is what no reader has."""
    terminal.do("build", "--drafts", "--now", NOW)
    terminal.do("build", "--out", str(terminal.root / "copy"), "--now", NOW)

    (terminal.root / POST).unlink()

    assert lost(terminal, "build") == []
