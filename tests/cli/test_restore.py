"""`restore` as a command."""

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.newsrooms import NOW


def test_a_backup_is_brought_back_into_an_empty_folder(terminal: Terminal, tmp_path: Path) -> None:
    """Where there is no newsroom yet, `--now` is in UTC, and the readers are there again."""
    terminal.do("subscribers", "add", "asa@kommun.example", "--consent", "i maj", "--now", NOW)
    terminal.do("backup", str(tmp_path / "kept.tar.gz"), "--now", NOW)
    fresh = Terminal(tmp_path / "fresh")
    fresh.root.mkdir()

    fresh.do("restore", str(tmp_path / "kept.tar.gz"), "--yes", "--now", "2026-11-22T12:00")

    (person,) = fresh.do("subscribers", "list", "--json").json()
    assert person["email"] == "asa@kommun.example"
