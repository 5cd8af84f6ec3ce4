"""The operator's own command: run by no shell, within its time, without our secrets."""

import os
import signal
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.site.deploy import DeployRoute
from newsroom.jobs.site.deploy_command import run_command

PATH = {"PATH": "/usr/bin:/bin"}


@pytest.fixture
def place(tmp_path: Path) -> DeployRoute:
    """The newsroom, with a folder to copy."""
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a folder/file").touch()
    return DeployRoute(tmp_path, tmp_path / "public", tmp_path / "var", PATH)


def test_it_runs_in_the_newsroom(place: DeployRoute) -> None:
    """The command's words are split as in a shell, and it runs in the newsroom's folder."""
    run_command("cp -r 'a folder' there", place)

    assert (place.root / "there/file").is_file()


def test_no_shell_runs_it(place: DeployRoute) -> None:
    """What a shell would take for a second command is a word like any other."""
    run_command("touch a; touch b", place)

    assert {path.name for path in place.root.iterdir()} == {"a folder", "a;", "touch", "b"}


def test_it_knows_no_more_than_it_is_told(
    place: DeployRoute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment is the one given; what else this process has stays here."""
    monkeypatch.setenv("NEWSROOM_SECRET", "s3cret")

    run_command("sh -c 'env > seen'", place)

    assert "s3cret" not in (place.root / "seen").read_text()


def test_nobody_types(place: DeployRoute) -> None:
    """A command that asks for something hears the end of its input, and does not wait."""
    with pytest.raises(OutsideError, match="ended with 1: it said nothing"):
        run_command("sh -c 'read answer'", place)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh -c 'echo first; echo no room >&2; exit 7'", 'ended with 7: "no room"; mend it in'),
        ("sh -c 'echo only this; exit 1'", 'ended with 1: "only this"; '),
        ("sh -c 'yes | head -c 3000000; exit 3'", 'ended with 3: "y"; '),
        ("false", "ended with 1: it said nothing; "),
        ("nosuchprogram x", "there is no program nosuchprogram on this machine; mend"),
        (".", "there is no program . on this machine; mend it"),
        ("./plain.txt", "./plain.txt: you have no leave to do that; mend it in site.yaml"),
        (" ", "there is no program"),
        ("echo 'unended", "a quotation mark is not closed; mend it"),
    ],
)
def test_a_command_that_fails(place: DeployRoute, command: str, words: str) -> None:
    """The command, how it ended and its last words are told."""
    (place.root / "plain.txt").write_text("no program")

    with pytest.raises(OutsideError) as failed:
        run_command(command, place)

    assert str(failed.value).startswith(f'deploy: "{command}"')
    assert words in str(failed.value)


def test_a_password_is_not_told(place: DeployRoute) -> None:
    """An address with a login in it, in the command or in its last words, is told without."""
    with pytest.raises(OutsideError) as failed:
        run_command("sh -c 'echo no https://me:s3cret@web.example/x; exit 1'", place)

    assert "s3cret" not in str(failed.value)
    assert "https://…@web.example/x" in str(failed.value)


def test_what_hangs_is_ended_with_all_it_started(place: DeployRoute) -> None:
    """After its time a command is ended, and so is a child that holds on to its output."""
    child = place.root / "child"
    command = "sh -c 'sleep 600 & echo $! > new; mv new child; wait'"

    for seconds in (0.3, 3, 30):  # until it was long enough for the shell to have begun a child
        with pytest.raises(OutsideError, match="it took longer than"):
            run_command(command, place, seconds=seconds)
        if child.exists():
            break

    assert not _runs(int(child.read_text()))


def test_what_a_command_leaves_at_work_is_its_own(place: DeployRoute) -> None:
    """A command that has ended well is done, and nothing that it left at work is ended."""
    run_command("sh -c 'sleep 60 & echo $! > child'", place)

    child = int((place.root / "child").read_text())
    left = _runs(child)
    os.kill(child, signal.SIGKILL)
    assert left


def _runs(pid: int) -> bool:
    """Whether a process does anything; one that has ended and was not asked for does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
