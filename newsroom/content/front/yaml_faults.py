"""What YAML stumbles over, in an editor's words: where it is, what it is, and what to write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from newsroom.content.front.notes import quoted
from newsroom.content.front.quotes import PAIRS, in_quotes, quoted_line, yaml_fix
from newsroom.content.front.yaml_mends import (
    as_far_in_as,
    end_quote,
    mended,
    with_bracket,
    with_comma,
    with_quote,
    without,
)
from newsroom.model.saying import Saying, say

UNQUOTED_COLON = say("a text with a colon has no quotation marks")
_TAB = say("there is a tab before the text")
_NOT_CLOSED = say("a quotation mark or a bracket is never closed")
_NO_COMMA = say("there is no comma between two fields")
_NEVER_OPENED = say("a bracket is closed that was never opened")
_NEW_FILE = say("a line --- stands among the fields")
_AFTER_CLOSE = say("something stands after the closing quotation mark or bracket")
_SIGN = say("a text begins with a sign that means something else here")
_ELSEWHERE = say("a field does not begin where the others do")
# A part of what the parsers say, in C and in Python, and what it comes from.
_IN_PLAIN_WORDS = (
    ("mapping values are not allowed", UNQUOTED_COLON),
    ("could not find expected ':'", say("there is no colon after the name of a field")),
    ("tab character that violates", _TAB),
    ("that cannot start any token", _SIGN),
    ("expected alphabetic or numeric", _SIGN),
    ("sequence entries are not allowed", _SIGN),
    ("expected node content", _SIGN),
    ("found unexpected end of stream", _NOT_CLOSED),
    ("found unexpected document", _NOT_CLOSED),
    ("expected ',' or", _NOT_CLOSED),
    ("expected comment or", say("a text stands on the same line as | or >")),
    ("hexdecimal", say("a backslash stands in a text with quotation marks")),
    ("unknown escape", say("a backslash stands in a text with quotation marks")),
    ("undefined alias", _SIGN),
    ("found another document", _NEW_FILE),
    ("expected '-'", say("a field stands among the items of a list")),
    ("expected <document start>", _ELSEWHERE),
    ("expected key", _ELSEWHERE),
    ("expected <block end>", _ELSEWHERE),
)
_HALF_A_FIELD = re.compile(r"(?P<name>[^\W\d][\w-]*)(?P<between>:|[ \t]+)(?P<value>[^\s:].*)")
_FIELD = re.compile(r"(?P<indent>\s*)(?P<name>[\w-]+):(?:\s+(?P<value>.*\S))?\s*")


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
    if unended := _unended(error, text):
        return unended
    stumble = _stumble(error, lines)
    half = half_a_field(text) or _half_above(stumble, lines)
    quotable = stumble.what is UNQUOTED_COLON and quoted_line(lines[stumble.line])
    if half and not (quotable and half.line > stumble.line):
        return half
    what, fix = _mend(stumble, text) or _told(stumble, lines[stumble.line])
    alone = quoted_line(lines[stumble.line]) if what is UNQUOTED_COLON else None
    return Fault(stumble.line, _shown(what, stumble, lines[stumble.line]), fix, alone)


def _unended(error: yaml.MarkedYAMLError, text: str) -> Fault | None:
    """A text above whose quotation mark is missing at its end, so that it takes lines along."""
    mark, lines = error.problem_mark, text.split("\n")
    mend = end_quote(text, min(mark.line if mark else len(lines), len(lines) - 1))
    if mend is None:
        return None
    line = lines[mend.line]
    stumble = _Stumble(mend.line, line.rindex(mend.sign), mend.sign, _NOT_CLOSED, "")
    fix = say("write {words}", words=mend.text.strip())
    quoted = None if " #" in line else mend.text
    return Fault(mend.line, _shown(_NOT_CLOSED, stumble, line), fix, quoted)


@dataclass(frozen=True, slots=True)
class _Stumble:
    """Where the parser gives up, counted from 0, and what that comes from if it is known."""

    line: int
    column: int | None  # None where the fault is noticed on another line than it is made
    sign: str  # what stands there
    what: Saying | None
    theirs: str  # the parser's own words


def _stumble(error: yaml.MarkedYAMLError, lines: list[str]) -> _Stumble:
    theirs = error.problem or ""
    what = next((ours for part, ours in _IN_PLAIN_WORDS if part in theirs), None)
    mark, began = error.problem_mark, error.context_mark
    if what is _NOT_CLOSED and began and mark:
        there = lines[mark.line][mark.column :] if mark.line == began.line else ""
        if there and there[0] not in PAIRS.values():
            what = _NO_COMMA
        else:
            mark = began  # it is noticed at the end
    if mark is None or mark.line >= len(lines):
        return _Stumble(len(lines) - 1, None, "", what, theirs)
    sign = lines[mark.line][mark.column : mark.column + 1]
    if what is _ELSEWHERE and sign in {"]", "}"}:
        what = _NEVER_OPENED
    return _Stumble(mark.line, mark.column, sign, what, theirs)


def _mend(stumble: _Stumble, text: str) -> tuple[Saying, Saying] | None:
    """What is wrong with a line, and that line as YAML reads it; None where no change helps."""
    lines = text.split("\n")
    line, column, sign = lines[stumble.line], stumble.column or 0, stumble.sign
    follows = lines[stumble.line + 1 : stumble.line + 2]
    candidates: Iterator[str] = iter(())
    if stumble.what is _NOT_CLOSED and sign in PAIRS:
        if not follows or not follows[0].strip() or _FIELD.fullmatch(follows[0]):
            candidates = (with_bracket if sign in "[{" else with_quote)(line, sign)
    elif stumble.what is _NO_COMMA:
        candidates = with_comma(line, column)
    elif stumble.what is _NEVER_OPENED:
        candidates = without(line, column)
    elif stumble.what in {_ELSEWHERE, UNQUOTED_COLON} and _is_indented_field(line):
        return _quoted(stumble.line, text) or _moved(stumble.line, text)
    whole = mended(text, stumble.line, candidates)
    if whole is None or stumble.what is None:
        return None
    return stumble.what, say("write {words}", words=whole.strip())


def _quoted(at: int, text: str) -> tuple[Saying, Saying] | None:
    """What is said of a field that reads as soon as its value has quotation marks."""
    line = text.split("\n")[at]
    whole = quoted_line(line)
    if whole is None or mended(text, at, iter((whole,))) is None:
        return None
    return UNQUOTED_COLON, yaml_fix(line)


def _moved(at: int, text: str) -> tuple[Saying, Saying] | None:
    """What is said of a field that reads as soon as it begins where others above it do."""
    lines = text.split("\n")
    whole = mended(text, at, as_far_in_as(lines[:at], lines[at]))
    if whole is None or not (spaces := len(whole) - len(whole.lstrip())):
        return None
    fix = say("write {words} with {count} spaces before it", words=whole.strip(), count=spaces)
    return _ELSEWHERE, fix


def _shown(what: Saying, stumble: _Stumble, line: str) -> Saying:
    """A fault with the line it is in, and how far in."""
    if stumble.column is None:
        return say("{what}: {line}", what=what, line=quoted(line))
    column = stumble.column + 1
    return say("{what} (column {column}): {line}", what=what, column=column, line=quoted(line))


def _is_indented_field(line: str) -> bool:
    field = _FIELD.fullmatch(line)
    return bool(field and field["indent"])


def half_a_field(text: str) -> Fault | None:
    """The first line that was meant as a field and has no colon, or no space after it."""
    for number, line in enumerate(text.split("\n")):
        half = _HALF_A_FIELD.fullmatch(line.rstrip())
        if half is None or _FIELD.fullmatch(line):
            continue
        return _told_half(number, half)
    return None


def _half_above(stumble: _Stumble, lines: list[str]) -> Fault | None:
    """The line above, when the parser stumbles because that was meant as a field of a group."""
    at = stumble.line - 1
    if at < 0 or stumble.what not in {_ELSEWHERE, UNQUOTED_COLON} or _FIELD.fullmatch(lines[at]):
        return None
    half = _HALF_A_FIELD.fullmatch(lines[at].strip())
    is_beside = _indent(lines[at]) == _indent(lines[at + 1]) > 0
    return _told_half(at, half) if half and is_beside else None


def _told_half(at: int, half: re.Match[str]) -> Fault:
    whole = say("write {name}: {value}", name=half["name"], value=half["value"])
    if half["between"] == ":":
        return Fault(
            at, say("there is no space after the colon in {line}", line=quoted(half[0])), whole
        )
    return Fault(at, say("there is no colon in {line}", line=quoted(half[0])), whole)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _told(stumble: _Stumble, line: str) -> tuple[Saying, Saying]:
    """What is wrong with a line, and what to write in its place."""
    plain, follows = stumble.what, stumble.line > 0
    field = _FIELD.fullmatch(line)
    value = (field["value"] if field else None) or ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _TAB, yaml_fix(line)
    if plain is None:
        what = say('the fields cannot be read from here on ("{theirs}")', theirs=stumble.theirs)
        return what, yaml_fix(line)
    if plain is _NEW_FILE:
        return plain, say("take it away")
    if plain is _ELSEWHERE and field and value[:1] in {'"', "'", "["}:
        fix = say("write {name}: {value}", name=field["name"], value=in_quotes(value))
        return _AFTER_CLOSE, fix
    if field and field["indent"] and follows and plain in {_ELSEWHERE, UNQUOTED_COLON}:
        return _ELSEWHERE, say("write {words}", words=line.strip())
    if plain is _ELSEWHERE:
        return plain, say("begin each field at the start of its line")
    return plain, yaml_fix(line)
