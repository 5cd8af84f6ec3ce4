"""`issue`: listed, drafted, and written out to look at."""

import email
from email import policy
from pathlib import Path

import pytest

from newsroom.content.folder import read
from newsroom.model import Placement
from tests.cli.issue.letters import HOST, outgoing, send
from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put
from tests.processes import House
from tests.render.pieces import at

LIST_KEYS = {"issue", "title", "state", "slot", "approved_by"}


def test_list(approved: Terminal) -> None:
    """Every issue in a line, newest first, with where it stands, its slot and who approved it."""
    said = approved.do("issue", "list", "--now", NOW)

    assert [" ".join(line.split()) for line in said.out.splitlines()] == [
        "2026-host godkänt 2026-12-01 09:00 Nyhetsbrev hösten 2026 godkänt av anna-ek",
        "2026-var klart Nyhetsbrev våren 2026",
    ]


def test_list_as_json(written: Terminal) -> None:
    """As JSON with the keys that others rely on."""
    listed = written.do("issue", "list", "--now", NOW, "--json").json()

    assert all(one.keys() >= LIST_KEYS for one in listed)
    assert listed[0] == {
        "issue": "2026-host",
        "title": "Nyhetsbrev hösten 2026",
        "state": "drafted",
        "slot": "2026-12-01T08:00:00Z",
        "approved_by": None,
    }


def test_draft_tells_what_is_new(terminal: Terminal) -> None:
    """The draft names exactly the posts since the last issue, and `check` is content with it."""
    said = terminal.do("issue", "draft", "2026-host", "--now", NOW)

    newsroom = read(terminal.root).newsroom
    assert said.out == f"{HOST}\n"
    assert terminal("check").out == "0 fel, 0 varningar, 0 upplysningar\n"
    assert newsroom is not None
    issue = next(issue for issue in newsroom.issues if issue.slug == "2026-host")
    assert (issue.draft, issue.number, issue.period) == (True, 2, "hösten 2026")
    assert (issue.stories, issue.events, issue.contacts) == (
        ("host", "sommar"),
        ("konferens",),
        ("anna-ek",),
    )


@pytest.mark.slow
def test_draft_of_the_sample(tmp_path: Path) -> None:
    """Without its own draft, the sample drafts an issue of every post since the spring."""
    House(tmp_path).do("init", "house")
    terminal = Terminal(tmp_path / "house")
    (terminal.root / HOST).unlink()

    terminal.do("issue", "draft", "2026-host", "--now", NOW)

    newsroom = read(terminal.root).newsroom
    assert newsroom is not None
    issue = next(issue for issue in newsroom.issues if issue.slug == "2026-host")
    spring = next(issue for issue in newsroom.issues if issue.slug == "2026-var")
    assert spring.published is not None
    new = {
        post.slug
        for post in newsroom.public(at(NOW)).posts
        if post.published > spring.published and post.placement is not Placement.NEVER
    }
    assert {*issue.stories, issue.lead} - {None} == new
    assert len(new) > 5
    assert terminal("check").status == 0


def test_draft_writes_over_nothing(written: Terminal) -> None:
    """An issue whose file is there is not drafted again."""
    said = written("issue", "draft", "2026-host", "--now", NOW)

    assert said.status == 1
    assert said.err == (
        f"newsroom: {HOST}: numret finns redan; redigera den filen, eller se vad som har kommit "
        "sedan dess: newsroom issue draft 2026-host --again\n"
    )
    assert (written.root / HOST).read_text() == ISSUE


def test_draft_again_prints_what_is_new(written: Terminal) -> None:
    """Lines that have come since are printed to be pasted, and the file stays as it is."""
    before = (written.root / HOST).read_text()
    nothing = written.do("issue", "draft", "2026-host", "--again", "--now", NOW)
    put(
        written.root,
        "posts/news/2026-11-20-ny.md",
        "---\nid: urn:x:ny\ntitle: Ny\ndate: 2026-11-20\nsummary: Kort.\n---\n\nText.\n",
    )

    said = written.do("issue", "draft", "2026-host", "--again", "--now", NOW)

    assert (nothing.out, nothing.err) == (
        "stories:\n  # Utkast. Skriv klart texterna och ta bort det första # framför dem:\n"
        "  # - utkast  # 12 november 2026 · Utkast · saknar ingress: de första orden visas\n",
        "",
    )
    assert said.out.startswith(
        "stories:\n  # Har kommit samma dag som utkastet, eller senare:\n"
        "  - ny  # 20 november 2026 · Ny\n"
    )
    assert (written.root / HOST).read_text() == before


def test_a_renamed_file_is_not_news_again(approved: Terminal) -> None:
    """What was sent is known by its id: another file name and title make no second mention."""
    send(approved)
    news = approved.root / "posts/news"
    text = (news / "2026-11-10-host.md").read_text().replace("title: Höst", "title: Ny rubrik")
    (news / "2026-11-10-host.md").unlink()
    put(approved.root, "posts/news/2026-12-02-ett-nytt-namn.md", text.replace("11-10", "12-02"))
    put(approved.root, "posts/news/2026-12-03-ny.md", text.replace("urn:x:host", "urn:x:ny"))

    approved.do("issue", "draft", "2027-var", "--now", "2027-01-15T09:00")

    drafted = (approved.root / "posts/newsletters/2027-var.md").read_text()
    assert "# ett-nytt-namn: stod i 2026-host (Ny rubrik)" in drafted
    assert "- ett-nytt-namn" not in drafted
    assert "# OBS: posts/newsletters/2026-host.md har fel" in drafted
    assert "- ny " in drafted


@pytest.mark.parametrize("name", ["../../x", "2026 host", "2026-Höst", ".", ""])
def test_draft_of_a_name_that_is_none(terminal: Terminal, name: str) -> None:
    """A name that cannot stand in an address gets no file, inside the newsroom or outside."""
    said = terminal("issue", "draft", name, "--now", NOW)

    assert said.status == 1
    assert said.err == (
        f'newsroom: "{name}" kan inte vara namnet på ett nyhetsbrev; skriv det som 2026-host\n'
    )


def test_draft_of_nothing_new(terminal: Terminal) -> None:
    """With nothing new to tell, and nothing that comes before the issue leaves, none is written."""
    for name in ("2026-06-03-sommar", "2026-11-10-host"):
        (terminal.root / f"posts/news/{name}.md").unlink()

    said = terminal("issue", "draft", "2026-host", "--now", "2026-06-02T10:00")

    assert said.status == 1
    assert "inget att berätta" in said.err
    assert not (terminal.root / HOST).exists()


def test_export(written: Terminal, tmp_path: Path) -> None:
    """A message, its page and its text are written and named; nothing is sent."""
    out = tmp_path / "proof"

    said = written.do(
        "issue", "export", "2026-host", "--out", str(out), "--to", "asa@example.se", "--now", NOW
    )

    names = [out / f"2026-host.{kind}" for kind in ("eml", "html", "txt")]
    assert said.out.split() == [str(name) for name in names]
    message = email.message_from_bytes(names[0].read_bytes(), policy=policy.default)
    assert (message["Subject"], message["To"]) == ("Nyhetsbrev hösten 2026", "asa@example.se")
    assert "Löven faller" in names[2].read_text()
    assert outgoing(written) == []


def test_a_draft_of_no_name_in_the_schedule_says_so(terminal: Terminal) -> None:
    """A misspelt name is written, and its author hears that nothing would send it."""
    slip = terminal.do("issue", "draft", "2026-hst", "--now", NOW)
    (terminal.root / "posts/newsletters/2026-hst.md").unlink()
    right = terminal.do("issue", "draft", "2026-host", "--now", NOW)

    assert "inget utskick heter 2026-hst i schedule.yaml" in slip.err
    assert "menade du 2026-host?" in slip.err
    assert "inget utskick" not in right.err
    assert "newsroom issue review 2026-host" in right.err


def test_a_misspelt_issue_is_guessed(written: Terminal) -> None:
    """Who asks for an issue that is not there is told the name that was meant."""
    said = written("issue", "check", "2026-hosst", "--now", NOW)

    assert said.status != 0
    assert "menar du 2026-host?" in said.err


def test_check_warns_of_a_sender_that_is_the_samples(written: Terminal) -> None:
    """Nobody approves a letter from an invented address without a word."""
    site = written.root / "posts/site.yaml"
    site.write_text(site.read_text().replace("brev@example.se", "nyhetsbrev@example.se"))

    said = written.do("issue", "check", "2026-host", "--now", NOW)

    assert "sender.email" in said.err
