"""`init` and `demo`: the first five minutes, in processes of their own."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from newsroom.content.folder import read
from tests.cli.test_bot import answers, visitor, wait_for
from tests.ports import free_port
from tests.processes import PATIENCE, House

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a demo puts its folder: it uses what the system calls the folder for such things."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_init_makes_a_newsroom(tmp_path: Path) -> None:
    """The folder is a whole newsroom, and the next commands are named and work there."""
    said = House(tmp_path).do("init", "nyheter")

    root = tmp_path / "nyheter"
    assert said.out.splitlines()[:2] == ["nyheter is a newsroom. Next:", "  cd nyheter"]
    assert sorted(path.name for path in root.iterdir()) == [
        ".gitignore",
        "posts",
        "schedule.yaml",
        "templates",
    ]
    newsroom = read(root).newsroom
    assert newsroom is not None
    assert len(newsroom.posts) > 20
    assert House(root).run("check").status == 0
    assert House(root).run("schedule").status == 0


def test_init_writes_over_nothing(tmp_path: Path) -> None:
    """A folder with a newsroom in it is left alone."""
    House(tmp_path).do("init", "nyheter")

    said = House(tmp_path).run("init", "nyheter")

    assert said.status == 1
    assert said.err == "newsroom: nyheter: there is a posts/ already; choose another folder\n"


def test_demo_once(folder: Path) -> None:
    """The main job from folder to inbox: forty readers, forty messages, and where to look."""
    said = House(folder).do("demo", "--once")

    lines = dict(line.split(maxsplit=1) for line in said.out.splitlines())
    assert list(lines) == ["Built", "Readers", "Approved", "Sent", "Caught", "Site", "Mail"]
    assert lines["Readers"] == "40 invented people"
    assert lines["Approved"] == "2026-host by alva-ekvall"
    assert lines["Sent"] == "2026-host: done; 40 frozen: 40 accepted"
    assert lines["Caught"] == "40 messages to 40 different people"
    assert Path(lines["Site"]).is_file()
    mails = Path(lines["Mail"]).read_text()
    assert len(re.findall(r"<li>", mails)) == 40
    assert said.err == ""


def test_the_demo_speaks_the_terminals_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is nobody's newsroom, so that the language of whoever looks at it holds."""
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")

    said = House(folder).do("demo", "--once")

    lines = dict(line.split(maxsplit=1) for line in said.out.splitlines())
    assert lines["Läsare"] == "40 påhittade personer"
    assert lines["Fångat"] == "40 brev till 40 olika personer"


def test_demo_stays_until_asked(folder: Path) -> None:
    """Without --once the site is served, the issue's page on it, until Ctrl-C."""
    port = free_port()
    process: subprocess.Popen[str] = House(folder).start("demo", "--port", str(port))
    with process, visitor(port) as client:
        try:
            wait_for(lambda: answers(client, "/nyhetsbrev/2026-host/"))
            assert f"http://127.0.0.1:{port}/feed.xml" in client.get("/feed.xml").text
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()

    assert process.returncode == 0, err
    assert f"Open     http://127.0.0.1:{port}/ and stop with Ctrl-C" in out
