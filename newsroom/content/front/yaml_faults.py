"""What YAML stumbles over, in an editor's words: where it is, what it is, and what to write."""

import re
from dataclasses import dataclass

import yaml

from newsroom.content.front.notes import quoted
from newsroom.content.front.quotes import PAIRS
from newsroom.content.front.yaml_likeliest import likeliest
from newsroom.content.front.yaml_mend import (
    ELSEWHERE,
    LATE_TEXT,
    MISSING_COLON,
    NEVER_OPENED,
    NO_COLON,
    NO_COMMA,
    NO_SPACE,
    NOT_CLOSED,
    TAB,
    TOO_MANY,
    UNQUOTED_COLON,
    Mend,
)
from newsroom.content.front.yaml_mends import with_colon
from newsroom.model.saying import Saying, say

_NEW_FILE = say("a line --- stands among the fields")
_AFTER_CLOSE = say("something stands after the closing quotation mark or bracket")
_SIGN = say("a text begins with a sign that means something else here")
_BACKSLASH = say("a backslash stands in a text with quotation marks")
# A part of what the parsers say, in C and in Python, and what it comes from.
_IN_PLAIN_WORDS = (
    ("mapping values are not allowed", UNQUOTED_COLON),
    ("could not find expected ':'", NO_COLON),
    ("tab character that violates", TAB),
    ("that cannot start any token", _SIGN),
    ("expected alphabetic or numeric", _SIGN),
    ("sequence entries are not allowed", _SIGN),
    ("expected node content", _SIGN),
    ("found unexpected end of stream", NOT_CLOSED),
    ("found unexpected document", NOT_CLOSED),
    ("expected ',' or", NOT_CLOSED),
    ("expected comment or", LATE_TEXT),
    ("hexdecimal", _BACKSLASH),
    ("unknown escape", _BACKSLASH),
    ("undefined alias", _SIGN),
    ("found another document", _NEW_FILE),
    ("expected '-'", say("a field stands among the items of a list")),
    ("expected <document start>", ELSEWHERE),
    ("expected key", ELSEWHERE),
    ("expected <block end>", ELSEWHERE),
)
_ENDED = re.compile(r"\s*(?:- )?[\w-]+:\s+[\"'\[{]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of some YAML, counted from 0, and what is wrong with it."""

    line: int
    message: Saying
    fix: Saying
    quoted: str | None = None  # the line as it reads when quotation marks alone mend it


def fault_of(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What an error of the parser comes from, at the line where it begins."""
    lines = text.split("\n")
    stumble = _stumble(error, lines)
    mark, began = error.problem_mark, error.context_mark
    gave_up = mark.line if mark else len(lines)
    is_whole = stumble.what is _NEW_FILE  # every line can be read
    mend = None if is_whole else likeliest(text, gave_up, began.line if began else gave_up)
    if mend is None:
        what, fix = _told(stumble, lines[stumble.line])
        return Fault(stumble.line, _shown(what, stumble.column, lines[stumble.line]), fix)
    what = mend.what or stumble.what or _SIGN
    if what is TOO_MANY and stumble.what is LATE_TEXT:
        what = LATE_TEXT
    column = _first_difference(lines[mend.line], mend.text)
    if mend.line == stumble.line and what is stumble.what and stumble.column is not None:
        column = stumble.column
    said = _shown(what, column, lines[mend.line])
    return Fault(mend.line, said, _advice(mend, lines), mend.text if mend.is_quoted else None)


def _advice(mend: Mend, lines: list[str]) -> Saying:
    """The line as it should be, and where it begins when that is what was wrong."""
    words, spaces = mend.text.strip(), len(mend.text) - len(mend.text.lstrip())
    if mend.lines > 1:
        return say("write {words} on one line", words=words)
    if mend.without:
        return say("take {sign} away, or write the letter that it stands for", sign=mend.without)
    if lines[mend.line].startswith(" " * spaces + words[0]):
        return say("write {words}", words=words)
    if spaces:
        return say("write {words} with {count} spaces before it", words=words, count=spaces)
    return say("write {words} at the start of the line", words=words)


@dataclass(frozen=True, slots=True)
class _Stumble:
    """Where the parser gives up, counted from 0, and what that comes from if it is known."""

    line: int
    column: int | None  # None where the fault is noticed on another line than it is made
    what: Saying | None
    theirs: str  # the parser's own words


def _stumble(error: yaml.MarkedYAMLError, lines: list[str]) -> _Stumble:
    theirs = error.problem or ""
    what = next((ours for part, ours in _IN_PLAIN_WORDS if part in theirs), None)
    mark, began = error.problem_mark, error.context_mark
    if what is NOT_CLOSED and began and mark:
        there = lines[mark.line][mark.column :] if mark.line == began.line else ""
        if there and there[0] not in PAIRS.values():
            what = NO_COMMA
        else:
            mark = began  # it is noticed at the end
    if mark is None or mark.line >= len(lines):
        return _Stumble(len(lines) - 1, None, what, theirs)
    if what is ELSEWHERE and lines[mark.line][mark.column : mark.column + 1] in {"]", "}"}:
        what = NEVER_OPENED
    elif what is ELSEWHERE and _ENDED.match(lines[mark.line]):
        what = _AFTER_CLOSE
    return _Stumble(mark.line, mark.column, what, theirs)


def _told(stumble: _Stumble, line: str) -> tuple[Saying, Saying]:
    """What is wrong where no mend of a line is certain: what to look at, and never a line."""
    each = say("write each field as name: value, and put quotation marks around special signs")
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return TAB, say("indent with spaces, not tabs")
    if stumble.what is None:
        what = say('the fields cannot be read from here on ("{theirs}")', theirs=stumble.theirs)
        return what, each
    if stumble.what is _NEW_FILE:
        return _NEW_FILE, say("take it away")
    if stumble.what is LATE_TEXT:
        return LATE_TEXT, say("write the text on the lines below, with two spaces before each")
    if stumble.what is ELSEWHERE:
        return ELSEWHERE, say("begin it where the line above begins, or at the start of the line")
    return stumble.what, each


def _shown(what: Saying, column: int | None, line: str) -> Saying:
    """A fault with the line it is in, and how far in."""
    if what is MISSING_COLON:
        return say("there is no colon in {line}", line=quoted(line))
    if what is NO_SPACE:
        return say("there is no space after the colon in {line}", line=quoted(line))
    if column is None:
        return say("{what}: {line}", what=what, line=quoted(line))
    return say("{what} (column {column}): {line}", what=what, column=column + 1, line=quoted(line))


def _first_difference(written: str, meant: str) -> int:
    pairs = enumerate(zip(written, meant, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(written), len(meant)))


def half_a_field(text: str) -> Fault | None:
    """The first line that was meant as a field and has no colon, or no space after it."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for mend in with_colon(lines, at):
            what = mend.what or NO_COLON
            return Fault(at, _shown(what, None, line), _advice(mend, lines))
    return None
