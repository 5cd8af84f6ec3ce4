"""What YAML stumbles over, in an editor's words: where it is, what it is, and what to write."""

import re
from dataclasses import dataclass

import yaml

from newsroom.content.front.notes import quoted
from newsroom.content.front.quotes import closed, in_quotes, quoted_line, yaml_fix
from newsroom.model.saying import Saying, say

UNQUOTED_COLON = say("a text with a colon has no quotation marks")
_TAB = say("there is a tab before the text")
_NOT_CLOSED = say("a quotation mark or a bracket is never closed")
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


def fault_of(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What an error of the parser comes from, at the line where it begins."""
    lines = text.split("\n")
    at = error.problem_mark.line if error.problem_mark else 0
    at = min(at, len(lines) - 1)
    theirs = error.problem or ""
    plain = next((ours for part, ours in _IN_PLAIN_WORDS if part in theirs), None)
    half = half_a_field(text)
    if half and not (plain is UNQUOTED_COLON and quoted_line(lines[at]) and half.line > at):
        return half
    if plain is _NOT_CLOSED and error.context_mark:
        at = error.context_mark.line  # it is noticed at the end
    rest = lines[at + 1 :]
    ends_there = not rest or _FIELD.fullmatch(rest[0])
    if plain is _NOT_CLOSED and ends_there and (whole := closed(lines[at])):
        return Fault(at, plain, say("write {words}", words=whole))
    message, fix = _told(lines[at], plain, follows=at > 0)
    return Fault(at, message, fix)


def half_a_field(text: str) -> Fault | None:
    """The first line that was meant as a field and has no colon, or no space after it."""
    for number, line in enumerate(text.split("\n")):
        half = _HALF_A_FIELD.fullmatch(line.rstrip())
        if half is None or _FIELD.fullmatch(line):
            continue
        whole = say("write {name}: {value}", name=half["name"], value=half["value"])
        if half["between"] == ":":
            message = say("there is no space after the colon in {line}", line=quoted(line))
        else:
            message = say("there is no colon in {line}", line=quoted(line))
        return Fault(number, message, whole)
    return None


def _told(line: str, plain: Saying | None, *, follows: bool) -> tuple[Saying, Saying]:
    """What is wrong with a line, and what to write in its place."""
    field = _FIELD.fullmatch(line)
    value = (field["value"] if field else None) or ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _TAB, yaml_fix(line)
    if plain is None:
        return say("the fields cannot be read from here on"), yaml_fix(line)
    if plain is _ELSEWHERE and field and value[:1] in {'"', "'", "["}:
        fix = say("write {name}: {value}", name=field["name"], value=in_quotes(value))
        return _AFTER_CLOSE, fix
    if field and field["indent"] and follows and plain in {_ELSEWHERE, UNQUOTED_COLON}:
        return _ELSEWHERE, say("write {words}", words=line.strip())
    if plain is _ELSEWHERE:
        return plain, say("begin each field at the start of its line")
    return plain, yaml_fix(line)
