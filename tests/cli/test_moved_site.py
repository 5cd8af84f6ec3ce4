"""A site that moves to another address, from the editor's chair."""

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW

OLD, NEW = "https://nyheter.natverket.test", "https://www.natverket.test"
SAMPLE = "https://nyheter.example.se"


def move(terminal: Terminal, before: str, now: str) -> None:
    """Write another text in site.yaml."""
    site = terminal.root / "posts/site.yaml"
    site.write_text(site.read_text().replace(before, now))


def lost(terminal: Terminal, command: str) -> list[str]:
    """What a command says is to be written, since ids would be others."""
    said = terminal.do(command, "--json", "--now", NOW).json()
    problems = said if command == "check" else said["problems"]
    return [problem["fix"] for problem in problems if problem["code"] == "first-url-lost"]


def ids(terminal: Terminal) -> str:
    """The name of the feed and of its entries, as readers' programs know them."""
    terminal.do("build", "--now", NOW)
    atom = (terminal.root / "public/atom.xml").read_text()
    return "\n".join(part.partition("</id>")[0] for part in atom.split("<id>")[1:])


def test_a_site_that_moves_keeps_its_ids(terminal: Terminal) -> None:
    """Every command says so until `check --fix` has written the first address."""
    post = terminal.root / "posts/news/2026-11-10-host.md"
    post.write_text(post.read_text().replace("id: urn:x:host\n", ""))
    before = ids(terminal)
    move(terminal, OLD, NEW)
    fix = (
        f"skriv first_url: {OLD}, eller kör newsroom check --fix; "
        f"om ingen har följt webbplatsen där, skriv first_url: {NEW}"
    )

    for command in ("check", "build", "build", "check"):
        assert lost(terminal, command) == [fix], command
    fixed = terminal.do("check", "--fix", "--now", NOW)

    assert "posts/site.yaml: den första adressen är skriven\n" in fixed.err
    assert f"first_url: {OLD}\nurl: {NEW}\n" in (terminal.root / "posts/site.yaml").read_text()
    assert lost(terminal, "check") == lost(terminal, "build") == []
    assert ids(terminal) == before
    assert "tag:nyheter.natverket.test,2026-11-10:host" in post.read_text()


def test_a_first_address_that_is_written_is_meant(terminal: Terminal) -> None:
    """Whoever has no readers yet writes the new one, and hears no more of it."""
    terminal.do("build", "--now", NOW)
    move(terminal, f"url: {OLD}", f"first_url: {NEW}\nurl: {NEW}")

    assert lost(terminal, "check") == lost(terminal, "build") == []
    move(terminal, f"first_url: {NEW}\n", "")
    assert lost(terminal, "build") == []


@pytest.mark.parametrize("options", [["--drafts"], ["--out", "copy"], ["--url", "https://x.test"]])
def test_only_the_live_site_is_remembered(terminal: Terminal, options: list[str]) -> None:
    """A copy, or a build for another address, has given no reader an id."""
    folder = [str(terminal.root / o) if o == "copy" else o for o in options]
    terminal.do("build", *folder, "--now", NOW)
    if "--url" not in options:
        move(terminal, OLD, NEW)

    assert lost(terminal, "build") == []


def test_the_address_of_the_sample_is_nobodys(terminal: Terminal) -> None:
    """Whoever tries the program before writing an address of one's own is told nothing."""
    move(terminal, OLD, SAMPLE)
    terminal.do("build", "--now", NOW)
    move(terminal, SAMPLE, NEW)

    assert lost(terminal, "build") == []
