"""The story of the year: what happened, what the machine noted, and the coordinator's inbox."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.year.clock import spoken
from tests.year.relay import Mail

_LINK = re.compile(r"(https?://[^\s/]+/[\w-]+/(?:[\w-]+/)?)[\w.~-]{20,}\S*")  # ends in a token
_PORT = re.compile(r"(?<=[a-z\d]):\d{4,5}(?=/)")  # another one each time
_TIME = re.compile(r"(?m)^(\w+ \d+ \w+) \d\d\.\d\d")
_LETTER = "-" * 72  # below it stands the letter as readers get it
_SIGNATURE = "\n-- \n"
_WIDTH = 92
_HEADING = "\n\n# "


@dataclass(slots=True)
class Story:
    """Lines in the order in which things happened."""

    lines: list[str] = field(default_factory=list)

    def chapter(self, title: str) -> None:
        """Begin another one."""
        self.lines += ["", f"# {title}"]

    def scene(self, at: datetime, words: str) -> None:
        """What people do, or what befalls the machine."""
        self.lines += ["", *_filled(f"{spoken(at)}  {words}", "    ")]

    def note(self, at: datetime, words: str) -> None:
        """A line of the machine's own log."""
        self.lines += ["", *_filled(f"{spoken(at)}  [{words}]", "    ")]

    def mail(self, to: Iterable[str], mail: Mail) -> None:
        """A mail to the desk: whom it is to, its subject and its words, without the letter."""
        self.lines += ["", f"{spoken(mail.at)}  Brev till {' och '.join(to)}"]
        self.lines += [
            f"    {_PORT.sub('', mail.subject)}",
            *(f"    | {line}".rstrip() for line in words_of(mail)),
        ]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines).strip() + "\n"


def untimed(story: str) -> str:
    """A story without the time of day, which hangs on how long things took."""
    return _TIME.sub(r"\1", story)


def first_chapters(story: str, number: int) -> str:
    """A story until the heading of the chapter after so many."""
    return _HEADING.join(story.split(_HEADING)[:number]).rstrip() + "\n"


def words_of(mail: Mail) -> list[str]:
    """What a mail says, in lines; a link's token is left out, which nobody can know before."""
    said = mail.text.partition(_LETTER)[0].partition(_SIGNATURE)[0].strip()
    said = _LINK.sub(r"\1…", _PORT.sub("", said.replace("\N{NO-BREAK SPACE}", " ")))
    lines: list[str] = []
    for paragraph in said.split("\n\n"):
        lines += ["", *_paragraph(paragraph)] if lines else _paragraph(paragraph)
    return lines


def _paragraph(paragraph: str) -> list[str]:
    """A list or a link keeps its lines; a sentence is filled anew."""
    lines = paragraph.splitlines()
    if any(line.startswith(("- ", "http")) for line in lines):
        return lines
    return _filled(" ".join(lines), "")


def _filled(words: str, rest: str) -> list[str]:
    return textwrap.wrap(
        words, _WIDTH, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
