"""`build` and `publish`."""

import re
from pathlib import Path

import feedparser
import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW, put

BUILD_KEYS = {"pages", "written", "unchanged", "removed", "seconds", "problems"}
BROKEN = "---\nid: urn:x:a\ntitle: A\ndate: nej\n---\n\nHej\n"


def build(terminal: Terminal, *arguments: str) -> dict[str, object]:
    """What `build --json` says."""
    built: dict[str, object] = terminal("build", "--now", NOW, "--json", *arguments).json()
    return built


def pages(out: Path) -> str:
    """All text that the site in a folder shows."""
    kinds = {".html", ".xml", ".json", ".ics"}
    return "".join(path.read_text() for path in sorted(out.rglob("*")) if path.suffix in kinds)


def test_build_ends_with_one_line(terminal: Terminal) -> None:
    """Pages, written, unchanged, removed, seconds; a second build writes nothing."""
    first = terminal.do("build", "--now", NOW).out
    second = terminal.do("build", "--now", NOW).out

    count = re.fullmatch(
        r"(\d+) sidor; skrivna: \1, oförändrade: 0, borttagna: 0; \d+\.\d\d s\n", first
    )
    assert count
    assert re.fullmatch(
        rf"{count[1]} sidor; skrivna: 0, oförändrade: {count[1]}, borttagna: 0; \d+\.\d\d s\n",
        second,
    )


def test_build_as_json(terminal: Terminal) -> None:
    """The numbers and the problems have the keys that others rely on."""
    put(terminal.root, "posts/news/a.md", BROKEN)

    said = terminal("build", "--json")

    built = said.json()
    assert (said.status, said.err) == (1, "")
    assert built.keys() >= BUILD_KEYS
    assert built["written"] == built["pages"] > 0
    assert [problem["path"] for problem in built["problems"]] == ["posts/news/a.md"]


def test_a_broken_file_hides_no_other(terminal: Terminal) -> None:
    """What is whole is published, the fault is told, and the command exits with 1."""
    put(terminal.root, "posts/news/a.md", BROKEN)

    said = terminal("build", "--now", NOW)

    assert said.status == 1
    assert said.err.startswith('posts/news/a.md:4: date "nej" är inget datum; ')
    assert (terminal.root / "public/nyheter/2026/host/index.html").is_file()


def test_strict_builds_nothing(terminal: Terminal) -> None:
    """With --strict one fault leaves the old site as it was."""
    put(terminal.root, "posts/news/a.md", BROKEN)

    said = terminal("build", "--strict")

    assert said.status == 1
    assert "posts/news/a.md:4" in said.err
    assert not (terminal.root / "public").exists()


def test_a_broken_site_file_builds_nothing(terminal: Terminal) -> None:
    """A fault in site.yaml leaves the old site as it was, and says which fault it is."""
    build(terminal)
    before = {path: path.stat().st_mtime_ns for path in (terminal.root / "public").rglob("*")}
    put(terminal.root, "posts/site.yaml", "name: x\n")

    said = terminal("build", "--json")

    assert said.status == 1
    assert said.json()["pages"] == 0
    assert {problem["path"] for problem in said.json()["problems"]} == {"posts/site.yaml"}
    assert before == {p: p.stat().st_mtime_ns for p in (terminal.root / "public").rglob("*")}


def test_another_folder(terminal: Terminal, tmp_path: Path) -> None:
    """--out builds there and leaves public/ alone."""
    build(terminal, "--out", str(tmp_path / "elsewhere"))

    assert (tmp_path / "elsewhere/index.html").is_file()
    assert not (terminal.root / "public").exists()


@pytest.mark.parametrize("out", ["posts", "posts/news", "templates", "var", ".", ".."])
def test_no_site_over_what_it_is_made_from(terminal: Terminal, out: str) -> None:
    """A folder that holds the newsroom's own files is refused, and nothing is written there."""
    before = sorted(terminal.root.rglob("*"))

    said = terminal("build", "--out", str(terminal.root / out))

    assert said.status == 2
    assert "ingen webbplats byggs ovanpå det den görs av" in said.err
    assert [path for path in before if "var" not in path.parts] == [
        path for path in sorted(terminal.root.rglob("*")) if "var" not in path.parts
    ]


def test_no_site_over_the_newsroom_by_its_own_settings(terminal: Terminal) -> None:
    """The same holds for the folder that site.yaml names: nobody is ever served the database."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write("deploy: {to: folder, path: var}\n")

    for command in (("build",), ("publish",), ("run", "--only", "web")):
        said = terminal(*command)
        assert said.status in {1, 2}, command
        assert said.err, command


def test_another_address_changes_no_identity(terminal: Terminal, tmp_path: Path) -> None:
    """--url moves every link and no id."""
    build(terminal)
    build(terminal, "--out", str(tmp_path / "copy"), "--url", "https://copy.example.org/nyheter")

    here = feedparser.parse((terminal.root / "public/atom.xml").read_bytes())
    there = feedparser.parse((tmp_path / "copy/atom.xml").read_bytes())
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert here.feed.id == there.feed.id
    assert "https://nyheter.natverket.test" not in {entry.link for entry in there.entries}
    assert there.entries[0].link == "https://copy.example.org/nyheter/nyheter/2026/host/"
    assert "UID:urn:x:konferens" in (tmp_path / "copy/calendar.ics").read_text()


def test_what_is_not_public_is_in_no_file(terminal: Terminal) -> None:
    """Drafts and posts to come are nowhere; a post appears when its time has come."""
    build(terminal)
    before = pages(terminal.root / "public")
    terminal.do("build", "--now", "2026-12-24T12:00")
    after = pages(terminal.root / "public")

    assert "Inte än" not in before
    assert "God jul" not in before
    assert "God jul" in after


def test_drafts_are_marked_as_a_preview(terminal: Terminal, tmp_path: Path) -> None:
    """With --drafts the drafts are there, and each page asks search engines to stay away."""
    build(terminal, "--drafts", "--out", str(tmp_path / "preview"))

    for page in (tmp_path / "preview").rglob("index.html"):
        assert "noindex" in page.read_text(), page
    assert "Inte än" in pages(tmp_path / "preview")
    assert "God jul" not in pages(tmp_path / "preview")


def test_removing_most_of_the_site_asks_first(terminal: Terminal) -> None:
    """When most files would go, nothing goes until somebody says --yes."""
    for number in range(60):
        text = f"---\nid: urn:x:{number}\ntitle: Nyhet {number}\ndate: 2026-10-01\n---\n\nHej\n"
        put(terminal.root, f"posts/news/nyhet-{number}.md", text)
    full = build(terminal)
    for number in range(60):
        (terminal.root / f"posts/news/nyhet-{number}.md").unlink()

    refused = terminal("build", "--now", NOW)
    still_there = (terminal.root / "public/nyheter/2026/nyhet-7/index.html").is_file()
    agreed = build(terminal, "--yes")

    assert refused.status == 1
    assert '"Nyhet 0", "Nyhet 1", "Nyhet 10" och 57 till; se vad' in refused.err
    assert "--yes" in refused.err
    assert still_there
    assert full["pages"] != agreed["pages"]
    assert not (terminal.root / "public/nyheter/2026/nyhet-7").exists()


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_publish_builds_and_deploys(terminal: Terminal, as_json: tuple[str, ...]) -> None:
    """`publish` builds and then runs the deploy command in the newsroom's folder."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write('deploy: {command: "cp -r public deployed"}\n')

    said = terminal.do("publish", *as_json)

    assert ("written" if as_json else "skrivna") in said.out
    assert (terminal.root / "deployed/index.html").is_file()
    if not as_json:
        place = "cp -r public deployed"
        assert said.out.startswith(f"Publicerat: https://nyheter.natverket.test/ ({place})\n")


def test_publish_says_what_is_new_and_where(terminal: Terminal) -> None:
    """What readers find that they did not, or other than it was, or no longer: a few by name."""
    first = terminal.do("publish").out
    for number in range(11):
        text = f"---\nid: urn:x:{number}\ntitle: Nytt {number}\ndate: 2025-01-02\n---\n\nHej\n"
        put(terminal.root, f"posts/news/nytt-{number:02}.md", text)

    second = terminal.do("publish").out.splitlines()
    third = terminal.do("publish").out
    put(terminal.root, "posts/news/nytt-03.md", text.replace("x:10", "x:3").replace("Hej", "Du"))
    (terminal.root / "posts/news/nytt-04.md").unlink()
    fourth = terminal.do("publish").out.splitlines()

    assert second[0] == "Publicerat: https://nyheter.natverket.test/ (public/)"
    assert second[1] == "Nytt: Nytt 0  https://nyheter.natverket.test/nyheter/2025/nytt-00/"
    assert second[11] == "och 1 ny till"
    assert "Nytt: " in first
    assert "Inget är nytt, ändrat eller borttaget" in third
    assert fourth[1:3] == [
        "Ändrat: Nytt 10  https://nyheter.natverket.test/nyheter/2025/nytt-03/",
        "Borttaget: Nytt 4",
    ]


def test_publish_goes_by_the_clock(terminal: Terminal) -> None:
    """What readers see is not tried out: another time is refused, and nothing is built."""
    said = terminal("publish", "--now", "2026-12-24T12:00")

    assert said.status == 2
    assert "newsroom preview --now 2026-12-24T12:00" in said.err
    assert not (terminal.root / "public").exists()


def test_a_deploy_that_fails(terminal: Terminal) -> None:
    """A deploy command that fails exits with 3 and is named with its last words."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write('deploy: {command: "ls /nosuch"}\n')

    said = terminal("publish")

    assert said.status == 3
    assert 'deploy: "ls /nosuch" slutade med 2' in said.err
    assert (terminal.root / "public/index.html").is_file()


def test_a_hub_that_is_away(terminal: Terminal) -> None:
    """The site is built, the hub that could not be told is named, and the command exits with 3."""
    with (terminal.root / "posts/site.yaml").open("a") as site:
        site.write('announce: [{websub: "http://127.0.0.1:9/"}]\n')

    said = terminal("publish")

    assert said.status == 3
    assert "http://127.0.0.1:9/" in said.err
    assert "skrivna" in said.out
