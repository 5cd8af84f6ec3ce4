"""`check` and `explain`."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

PROBLEM_KEYS = {"path", "line", "severity", "code", "message", "fix"}
EXPLAIN_KEYS = {"path", "public", "since", "reason", "urls"}
NOTHING_WRONG = {
    "sv": "0 fel, 0 varningar, 0 upplysningar\n",
    "en": "0 errors, 0 warnings, 0 notes\n",
}


def speak(terminal: Terminal, language: str) -> None:
    """Let the newsroom of a terminal be in a language; it is in Swedish to begin with."""
    site = terminal.root / "posts/site.yaml"
    site.write_text(site.read_text().replace("language: sv", f"language: {language}"))


def test_check_names_place_value_and_fix(terminal: Terminal) -> None:
    """Each problem is a line on stderr, the sum a line on stdout, and an error exits with 1."""
    put(terminal.root, "posts/news/a.md", "---\nid: urn:x:a\ntitle: A\ndate: 2.11.26\n---\n\nHej\n")

    said = terminal("check")

    assert (said.status, said.out) == (1, "1 fel, 0 varningar, 0 upplysningar\n")
    assert said.err == 'posts/news/a.md:4: date "2.11.26" är inget datum; skriv 2026-11-02\n'


def test_check_as_json(terminal: Terminal) -> None:
    """As JSON, each problem has the keys that others rely on."""
    put(terminal.root, "posts/news/a.md", "---\nid: urn:x:a\ntitle: A\ndate: 2.11.26\n---\n\nHej\n")

    said = terminal("check", "--json")

    (problem,) = said.json()
    assert (said.status, said.err) == (1, "")
    assert problem.keys() >= PROBLEM_KEYS
    assert (problem["path"], problem["line"], problem["severity"]) == (
        "posts/news/a.md",
        4,
        "error",
    )


def test_a_warning_is_marked_and_not_a_failure(terminal: Terminal) -> None:
    """What is only a warning says so and exits with 0."""
    put(terminal.root, "posts/news/a.md", "---\ntitle: A\ndate: 2026-11-02\n---\n\nHej\n")

    said = terminal("check")

    assert (said.status, said.out) == (0, "0 fel, 1 varning, 0 upplysningar\n")
    assert said.err.rstrip().endswith("[varning]")


def test_fix_writes_the_ids(terminal: Terminal) -> None:
    """`--fix` writes the id that a file lacks, says so, and leaves everything else."""
    text = "---\ntitle: A\ndate: 2026-11-02\n---\n\nHej\n"
    path = put(terminal.root, "posts/news/a.md", text)

    said = terminal.do("check", "--fix")

    assert said.err == "posts/news/a.md: id inskrivet\n"
    assert said.out == NOTHING_WRONG["sv"]
    assert path.read_text().replace('id: "tag:nyheter.natverket.test,2026-11-02:a"\n', "") == text
    assert terminal.do("check", "--fix").err == ""


def test_explain(terminal: Terminal) -> None:
    """A file's standing, the reason and its addresses, a line each."""
    said = terminal.do("explain", "posts/news/2026-12-24-jul.md", "--now", NOW)

    assert said.out.splitlines() == [
        "posts/news/2026-12-24-jul.md: visas inte på webbplatsen",
        "  den läggs ut 2026-12-24 kl. 12.00",
        "  id: urn:x:jul",
        "  egen sida            https://nyheter.natverket.test/nyheter/2026/jul/",
        "  arkivet för 2026-12  https://nyheter.natverket.test/nyheter/2026/12/",
    ]


def test_explain_as_json(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON with the keys that others rely on; the file may be named from where one stands."""
    monkeypatch.chdir(terminal.root / "posts/news")

    told = terminal.do("explain", "2026-11-10-host.md", "--now", NOW, "--json").json()

    assert told.keys() >= EXPLAIN_KEYS
    assert told["path"] == "posts/news/2026-11-10-host.md"
    assert (told["public"], told["since"]) == (True, "2026-11-09T23:00:00Z")
    assert told["urls"] == ["https://nyheter.natverket.test/nyheter/2026/host/"]


@pytest.mark.parametrize("file", ["posts/news/nosuch.md", "/etc/hostname"])
def test_explain_what_is_not_there(terminal: Terminal, file: str) -> None:
    """A file that is not in the newsroom is wrong usage."""
    said = terminal("explain", str(Path(file)))

    assert said.status == 2
    assert file in said.err


def test_explain_an_address(terminal: Terminal) -> None:
    """The address of a page does in place of the file it is made from."""
    address = "https://nyheter.natverket.test/nyheter/2026/host/"

    said = terminal.do("explain", address, "--now", NOW)

    assert said.out.startswith("posts/news/2026-11-10-host.md: visas på webbplatsen\n")
    assert terminal("explain", f"{address}x/").status == 1


def test_explain_in_english(terminal: Terminal) -> None:
    """A site in English is explained in English."""
    speak(terminal, "en")

    said = terminal.do("explain", "posts/news/2026-12-24-jul.md", "--now", NOW)

    assert said.out.splitlines()[1] == "  its date, 2026-12-24 12:00, has not come"


def test_explain_a_name_that_is_nearly_right(terminal: Terminal) -> None:
    """A slip of the finger is answered with the names that are like it."""
    said = terminal("explain", "posts/news/2026-12-24-jull.md")

    assert said.err == (
        "newsroom: posts/news/2026-12-24-jull.md: filen finns inte. "
        "Menar du posts/news/2026-12-24-jul.md?\n"
    )


def test_explain_tells_what_is_wrong(terminal: Terminal) -> None:
    """The problems of the file stand last, as check prints them."""
    text = "---\nid: urn:x:a\ntitle: A\ndate: 2026-11-02\n---\n\n[här](https://x.test)\n"
    put(terminal.root, "posts/news/a.md", text)

    said = terminal.do("explain", "posts/news/a.md", "--now", NOW)

    assert said.out.splitlines()[-1] == (
        '  posts/news/a.md:7: länktexten "här" säger inte vart länken leder; '
        "skriv vad läsaren hittar där"
    )
