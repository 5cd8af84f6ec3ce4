"""Bring the built site to where it is read."""

from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.site.deploy import deploy
from newsroom.model import Deploy


def test_a_folder_needs_nothing(tmp_path: Path) -> None:
    """When the site is read from the folder it is built in, nothing is run."""
    deploy(Deploy("folder", "touch there"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_command_runs_in_the_newsroom(tmp_path: Path) -> None:
    """The command's words are split as in a shell, and it runs in the newsroom's folder."""
    deploy(Deploy("command", "cp -r 'a folder' there"), touched(tmp_path))

    assert (tmp_path / "there/file").is_file()


def touched(root: Path) -> Path:
    """The newsroom, with a folder to copy."""
    (root / "a folder").mkdir()
    (root / "a folder/file").touch()
    return root


def test_no_shell_runs_it(tmp_path: Path) -> None:
    """What a shell would take for a second command is a word like any other."""
    deploy(Deploy("command", "touch a; touch b"), tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"a;", "touch", "b"}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh -c 'echo first; echo no room >&2; exit 7'", "ended with 7: no room; mend it in"),
        ("sh -c 'echo only this; exit 1'", "ended with 1: only this; "),
        ("false", "ended with 1: it said nothing; "),
        ("nosuchprogram x", "there is no program nosuchprogram on this machine; mend"),
        (".", ".: you have no leave to do that; mend it in site.yaml"),
        ("echo 'unended", "a quotation mark is not closed; mend it"),
    ],
)
def test_a_command_that_fails(tmp_path: Path, command: str, words: str) -> None:
    """The command, how it ended and its last words are told."""
    with pytest.raises(OutsideError) as failed:
        deploy(Deploy("command", command), tmp_path)

    assert str(failed.value).startswith(f'deploy: "{command}"')
    assert words in str(failed.value)
