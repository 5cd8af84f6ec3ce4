"""Which commands there are, by what a person wants to do, and where each is written."""

from collections.abc import Callable
from typing import NamedTuple


class Entry(NamedTuple):
    """One command: its name, the module of this package that holds it, and a line about it."""

    name: str
    module: str
    about: str


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "start",
        (
            Entry("init", "start", "make a newsroom folder to begin from"),
            Entry("demo", "start", "the whole line on the sample, mail to a local catcher"),
        ),
    ),
    (
        "write",
        (
            Entry("new", "begin", "begin a post, an event, a contact, a document, …"),
            Entry("check", "write", "everything that should be mended, and how"),
            Entry("links", "links", "links to other sites that lead nowhere, or have moved"),
            Entry("explain", "write", "whether a file is public, why, and where it appears"),
            Entry("preview", "preview", "the site in a browser, new at each save"),
        ),
    ),
    (
        "publish",
        (
            Entry("build", "publish", "make the site, the feeds and the calendars"),
            Entry("publish", "publish", "build, deploy and announce"),
            Entry("announce", "announce", "preview, list, now, skip: what channels are told"),
            Entry("rename", "moves", "give a text another address; the old one leads on"),
            Entry("withdraw", "moves", "take a published text back, and say so"),
        ),
    ),
    (
        "newsletter",
        (Entry("issue", "issue", "list, draft, export, test, approve, send, status, …"),),
    ),
    (
        "readers",
        (
            Entry("subscribers", "subscribers", "add, list, show, import, export, forget, stats"),
            Entry("inbox", "inbox", "fetch, classify, undo: mails that came back"),
        ),
    ),
    (
        "run",
        (
            Entry("run", "run", "clock, sender and web in one process"),
            Entry("tick", "run", "do what is due now, then exit: for cron"),
            Entry("schedule", "outlook", "what is next"),
            Entry("doctor", "doctor", "DNS, relay, public address, machine: what to mend"),
            Entry("status", "status", "what is next, what waits and what happened"),
        ),
    ),
    (
        "keep",
        (
            Entry("import", "keep", "bring in Markdown, WordPress or a feed"),
            Entry("dkim", "dkim", "new, show: the keys that mail is signed with"),
            Entry("backup", "backup", "everything that cannot be made again, in one file"),
            Entry("restore", "restore", "a newsroom from a backup, and the word to go on"),
            Entry("report", "report", "a year in numbers, for the annual report"),
            Entry("secret", "secret", "rotate, show, drop: what the links in mails hang on"),
        ),
    ),
)


_USAGE = "Usage: newsroom [--root DIR] COMMAND"
_ROOT = "The newsroom is the nearest folder upward that holds posts/, or --root's."
_MORE = "newsroom COMMAND --help tells more about a command."


def overview(word: Callable[[str], str]) -> str:
    """The text that `newsroom --help` prints, each line of it as `word` says it."""
    lines = [word(_USAGE), ""]
    for heading, entries in GROUPS:
        for number, entry in enumerate(entries):
            shown = word(heading) if number == 0 else ""
            lines.append(f"  {shown:<12}{entry.name:<13}{word(entry.about)}")
        lines.append("")
    return "\n".join([*lines, word(_ROOT), word(_MORE)]) + "\n"
