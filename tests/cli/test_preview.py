"""`preview`, as a process of its own, asked over HTTP."""

import json
import signal
import socket
from pathlib import Path

import httpx
import pytest

from newsroom.whole_file import write
from tests.newsrooms import NOW, write_newsroom
from tests.previews import are_gone, preview
from tests.processes import PATIENCE, House

HOST = "posts/news/2026-11-10-host.md"
PAGE = "/nyheter/2026/host/"
BROKEN = "---\nid: urn:x:host\ntitle: Höst\ndate: 10.11.26\n---\n\nLöven faller.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small newsroom."""
    return write_newsroom(tmp_path / "house")


def save(root: Path, name: str, text: str) -> None:
    """Write a file as good editors do: nobody ever finds half of it."""
    write(root / name, text.encode())


def add(root: Path, text: str) -> None:
    """Write more in the post."""
    with (root / HOST).open("a", encoding="utf-8") as post:
        post.write(f"\n{text}\n")


def states(*folders: Path) -> dict[str, tuple[int, bytes]]:
    """The time and the bytes of each file."""
    files = [file for folder in folders for file in (folder, *folder.rglob("*")) if file.is_file()]
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}


def test_a_save_is_on_the_page(root: Path) -> None:
    """What is saved is on the page, and in the lists; the terminal says one line about it."""
    with preview(root) as running:
        add(root, "Första frosten.")
        page = running.wait_for(PAGE, "Första frosten.")
        line = running.line()

    assert 'role="note"' in page
    assert line.startswith(f"{HOST}: gjorda sidor: ")


def test_what_is_not_out_is_shown_and_marked(root: Path) -> None:
    """Drafts and posts of later days are there as they will be; browsers hear what they are."""
    with preview(root) as running:
        front, feed = running.get("/").text, running.get("/feed.xml").text
        draft, later = (running.get(f"/nyheter/2026/{name}/") for name in ("utkast", "jul"))
        with running.ear("/", labels=True) as told:
            name, labels = next(told)

    assert "/nyheter/2026/utkast/" in front
    assert "<title>Jul</title>" in feed
    assert ">Utkast</h1>" in draft.text
    assert ">Jul</h1>" in later.text
    assert name == "labels"
    assert json.loads(labels) == {
        "/nyheter/2026/jul/": "Publiceras 24 december 2026",
        "/nyheter/2026/utkast/": "Utkast",
    }
    assert '<meta name="robots" content="noindex">' in later.text
    assert later.headers["x-robots-tag"] == "noindex"
    assert later.headers["cache-control"] == "no-store"


def test_what_readers_see(root: Path) -> None:
    """Without drafts there is what readers can see, on pages that say that they are a preview."""
    with preview(root, "--no-drafts", "--now", NOW) as running:
        found = {name: running.get(f"/nyheter/2026/{name}/") for name in ("host", "utkast", "jul")}

    assert {name: page.status_code for name, page in found.items()} == {
        "host": 200,
        "utkast": 404,
        "jul": 404,
    }
    assert 'class="preview"' in found["host"].text


def test_the_site_as_of_a_day(root: Path) -> None:
    """At a time that was asked for, what comes later is not there, and what came is not marked."""
    with preview(root, "--now", NOW) as before:
        assert before.get("/nyheter/2026/jul/").status_code == 404
    with preview(root, "--now", "2026-12-24T13:00") as after:
        assert ">Jul</h1>" in after.get("/nyheter/2026/jul/").text


def test_nothing_but_the_preview_is_touched(root: Path) -> None:
    """The site, the database and the texts keep bytes and times, and what is built is a build's."""
    house = House(root)
    house.do("build", "--now", NOW)
    house.do("subscribers", "add", "asa@example.se", "--consent", "mötet")
    kept = (
        root / "public",
        root / "var/newsroom.db",
        root / "var/builds/site.db",
        root / "posts/events",
    )
    before = states(*kept)

    with preview(root) as running:
        add(root, "Första frosten.")
        running.wait_for(PAGE, "Första frosten.")
        running.line()
        pages = [file.read_text() for file in (root / "var/preview").rglob("*.html")]
        running.end()

    assert states(*kept) == before
    assert pages
    assert not [page for page in pages if "/-/preview.js" in page]


def test_only_the_page_that_changed_is_told(root: Path) -> None:
    """A page that a save has changed is to be loaded again; one that shows none of it is not."""
    with (
        preview(root) as running,
        running.ear(PAGE) as shown,
        running.ear("/kontakt/") as other,
    ):
        add(root, "Första frosten.")
        assert next(shown) == ("reload", "")
        save(root, HOST, BROKEN)
        assert next(other)[0] == "notice"  # and not, before it, that the page is new


def test_a_browser_that_was_away_is_told_at_once(root: Path) -> None:
    """A page that was left alone while the site was built anew hears of it when it asks again."""
    with preview(root) as running:
        version = running.version(PAGE)
        add(root, "Första frosten.")
        running.wait_for(PAGE, "Första frosten.")
        asked = f"{running.url}/-/events?page={PAGE}&version={version}"
        with httpx.stream("GET", asked, timeout=PATIENCE) as answer:
            lines = answer.iter_lines()
            assert [next(lines) for _ in range(3)][2] == "event: reload"


def test_what_is_wrong_is_told_above_the_page(root: Path) -> None:
    """File, line, fault and what to write, in the site's language; and that it is mended."""
    good = (root / HOST).read_text()
    with preview(root) as running, running.ear(PAGE) as told:
        save(root, HOST, BROKEN)
        name, notice = next(told)
        save(root, HOST, good)
        mended = next(told)

    said = json.loads(notice)
    assert name == "notice"
    assert said["heading"] == "En sak måste rättas innan allt visas"
    assert said["items"][0]["place"] == f"{HOST}:4"
    assert "10.11.26" in said["items"][0]["text"]
    assert mended == ("notice", "null")


def test_a_broken_site_yaml_leaves_the_site(root: Path) -> None:
    """The last good site stays, and the fault is told."""
    with preview(root) as running, running.ear(PAGE) as told:
        save(root, "posts/site.yaml", "name: [\n")
        _, notice = next(told)
        page = running.get(PAGE)

    assert "posts/site.yaml" in notice
    assert "Löven faller." in page.text


def test_a_preview_can_begin_with_a_broken_site_yaml(root: Path) -> None:
    """Then there is one page, which says so and becomes the site when that is mended."""
    good = (root / "posts/site.yaml").read_text()
    save(root, "posts/site.yaml", "language: sv\nname: [\n")
    with preview(root) as running:
        empty = running.get("/")
        with running.ear("/") as told:
            first, _ = next(told)
            save(root, "posts/site.yaml", good)
            events = [next(told)[0], next(told)[0]]
        front = running.get("/")

    assert (empty.status_code, first) == (404, "notice")
    assert "Här finns ingen sida än." in empty.text
    assert events == ["notice", "reload"]
    assert "Nätverket" in front.text


def test_templates_are_followed(root: Path) -> None:
    """A template of the newsroom's own is used from its first save, and at each one after."""
    with preview(root) as running:
        for words in ("Första", "Andra"):
            save(root, "templates/site/404.html", f"<!doctype html><title>{words}</title>\n")
            assert words in running.wait_for("/404.html", words)


def test_what_editors_leave_makes_nothing_new(root: Path) -> None:
    """Copies, locks and tries of editors are passed over; the next save is told alone."""
    news = root / "posts/news"
    with preview(root) as running:
        for name in (".#x.md", ".x.md.swp", "4913", "x.md~", "#x.md#", ".DS_Store", "~$x.docx"):
            (news / name).write_text("x")
            (news / name).unlink()
        add(root, "Första frosten.")

        assert running.line().startswith(f"{HOST}: ")


def test_a_save_in_several_steps_is_one(root: Path) -> None:
    """An editor that moves the old text away, writes the new one and tidies up saves once."""
    post = root / HOST
    with preview(root) as running:
        with running.held():
            old = post.rename(post.with_name(f"{post.name}~"))
            post.write_text(old.read_text() + "\nFörsta frosten.\n")
            post.chmod(0o644)
            old.unlink()
        first = running.line()
        save(root, "posts/contacts/anna-ek.md", "---\nid: urn:x:anna\nname: Anna Berg\n---\n")
        second = running.line()

    assert first.startswith(f"{HOST}: ")
    assert second.startswith("posts/contacts/anna-ek.md: ")


def test_a_form_says_that_this_is_a_preview(root: Path) -> None:
    """Whoever tries a form reads that nothing was sent, and nothing is kept."""
    with preview(root) as running:
        answer = httpx.post(
            f"{running.url}/prenumerera/", data={"email": "asa@example.se"}, timeout=PATIENCE
        )

    assert answer.status_code == 403
    assert "Det här är en förhandsvisning" in answer.text
    assert not (root / "var/newsroom.db").exists()


def test_a_name_of_somebody_elses_gets_nothing(root: Path) -> None:
    """A site elsewhere that has its name lead to this machine does not get to read drafts."""
    with preview(root) as running:
        answer = httpx.get(
            running.url, headers={"Host": "elsewhere.example.test"}, timeout=PATIENCE
        )

    assert answer.status_code == 400


def test_two_previews_side_by_side(root: Path) -> None:
    """Each on its port, each with a folder of its own, both follow."""
    with preview(root) as one, preview(root, "--no-drafts") as other:
        add(root, "Första frosten.")
        one.wait_for(PAGE, "Första frosten.")
        other.wait_for(PAGE, "Första frosten.")

        assert one.get("/nyheter/2026/utkast/").status_code == 200
        assert other.get("/nyheter/2026/utkast/").status_code == 404


def test_a_port_that_is_taken(root: Path) -> None:
    """What to write instead, and exit status 3."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = House(root).run("preview", "--port", str(port))

    assert said.status == 3
    assert "välj en annan med --port" in said.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once(root: Path, number: signal.Signals) -> None:
    """Ctrl-C and a polite request end everything, also with a browser listening; status 0."""
    with preview(root) as running, running.ear(PAGE):
        pids = running.pids()
        status = running.end(number)

        assert status == 0
        assert are_gone(pids)
        assert not any((root / "var/preview").iterdir())  # drafts and all


def test_a_killed_preview_leaves_nobody_behind(root: Path) -> None:
    """The web and the watch end with it, however it ends."""
    with preview(root) as running:
        pids = running.pids()
        running.end(signal.SIGKILL)

        assert len(pids) == 3
        assert are_gone(pids)
