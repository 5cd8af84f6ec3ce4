"""A line of YAML with one sign less, more, or another one."""

import re
from collections.abc import Iterator, Sequence

from newsroom.content.front.other_names import is_field_name
from newsroom.content.front.quotes import PAIRS
from newsroom.content.front.yaml_mend import (
    NEVER_OPENED,
    NO_COLON,
    NO_COMMA,
    NOT_CLOSED,
    TAB,
    TOO_MANY,
    VALUE,
    Mend,
)

_BARE = re.compile(r"\s*(?:- )*[\w-]+:\s*")
_DASH = re.compile(r"\s*(?:- )*")
_SIGN = re.compile(
    r"[\"\[\]{}#,:*&!|>%@`\t;()=]|(?<!\w)'|'(?!\w)|(?<!\w)-|-(?!\w)|(?<=\d:) (?=\d)|(?<=\w:) (?=//)"
)
_UNPARTED = re.compile(r"(?<=[^\s,{\[])[ ]*(?=[ ][\w-]+:[ ])|(?<=[\"\]}])(?=[ ]*[\"\[{\w])")
_IN_BRACKETS = re.compile(r"(?<=[{,])([ ]*)(\w+)[ ]?(?=[ \"'\[{])")


def without_sign(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line without one of its signs."""
    line = lines[at]
    begins = _DASH.match(line)
    for found in _SIGN.finditer(line, begins.end() if begins else 0):
        i, sign = found.start(), found[0]
        if sign == ":" and line[i + 1 : i + 2] in {" ", ""}:
            continue
        what = NEVER_OPENED if sign in "]}" else TAB if sign == "\t" else TOO_MANY
        after = line[i + 1 :].lstrip() if line[i - 1 : i] == " " else line[i + 1 :]
        within = sign if sign.strip() and _is_within(line, i) else ""
        if not _BARE.fullmatch(mended := line[:i] + after):
            yield Mend(at, mended, what, without=within)


def _is_within(line: str, at: int) -> bool:
    """Whether a sign stands where a letter may be meant; not where one of two is too many."""
    beside = (line[at - 1 : at] if at else "", line[at + 1 : at + 2])
    return any(map(str.isalnum, beside)) and line[at] not in beside


def with_comma(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with what parts two entries of a list, or a name from its value, in brackets."""
    line = lines[at]
    for found in _UNPARTED.finditer(line):
        yield Mend(at, f"{line[: found.start()]},{line[found.end() :]}", NO_COMMA)
    for found in _IN_BRACKETS.finditer(line):
        if is_field_name(found[2]):
            yield Mend(at, f"{line[: found.end(2)]}: {line[found.end() :].lstrip()}", NO_COLON)


def with_other_sign(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with another sign in place of one, two exchanged, or one more that it needs."""
    line = lines[at]
    begins = _DASH.match(line)
    signs = [found.start() for found in _SIGN.finditer(line, begins.end() if begins else 0)]
    needed = list(_needed(line))
    for i in signs:
        is_inside = line[:i].strip() and line[i + 1 :].strip()
        for sign in (*needed, ",", ":", *(" " if is_inside else "")):
            yield Mend(at, line[:i] + sign + line[i + 1 :], TOO_MANY)
        for j in (i, i - 1):
            if 0 <= j < len(line) - 1 and not any(map(str.isalnum, line[j : j + 2])):
                yield Mend(at, line[:j] + line[j + 1] + line[j] + line[j + 2 :], TOO_MANY)
    for i in _places(line, signs):
        for sign in needed:
            yield Mend(at, line[:i] + sign + line[i:], NOT_CLOSED)


def _needed(line: str) -> Iterator[str]:
    """The quotation marks and brackets that a line has one too few of."""
    yield from (sign for sign in ('"', "'") if line.count(sign) % 2)
    for opening in "[{":
        less = line.count(opening) - line.count(PAIRS[opening])
        if less:
            yield PAIRS[opening] if less > 0 else opening


def _places(line: str, signs: Sequence[int]) -> list[int]:
    """Where a sign may have got lost: around the value, and beside or after another sign."""
    found = VALUE.fullmatch(line)
    ends = {len(found["before"]), len(line.rstrip())} if found else set()
    return sorted({*ends, *(i + k for i in signs for k in (0, 1, 2) if i + k <= len(line))})
