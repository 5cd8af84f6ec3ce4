"""An issue at the terminal: its file, its readers, the mails that left."""

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.newsrooms import ISSUE, NOW, put

STATES = ("pending", "claimed", "deferred", "accepted", "refused", "excluded", "unknown")
STATUS_KEYS = {"issue", "state", "frozen", *STATES, "cancelled", "unknown_recipients", "lanes"}
HOST = "posts/newsletters/2026-host.md"


def add(terminal: Terminal, address: str) -> None:
    """Put a reader on the list."""
    terminal.do("subscribers", "add", address, "--consent", "på mötet")


def approve(terminal: Terminal) -> None:
    """Write an issue that three readers are to get, and say yes to it."""
    put(terminal.root, HOST, ISSUE)
    for name in ("asa", "bo", "cia"):
        add(terminal, f"{name}@example.se")
    terminal.do("issue", "approve", "2026-host", "--by", "anna-ek", "--now", NOW)


def send(terminal: Terminal) -> None:
    """Send the issue, which has to go well."""
    terminal.do("issue", "send", "2026-host", "--yes")


def outgoing(terminal: Terminal) -> list[Path]:
    """The mails in the folder that stands in for a mail server."""
    return sorted((terminal.root / "var/outgoing").glob("*.eml"))
