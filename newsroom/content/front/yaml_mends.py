"""What a line of YAML that cannot be read may have been meant as: every slip is tried backwards."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from newsroom.content.front.other_names import is_field_name
from newsroom.content.front.quotes import PAIRS, in_quotes, quoted_line
from newsroom.model.saying import Saying, say

UNQUOTED_COLON = say("a text with a colon has no quotation marks")
NOT_CLOSED = say("a quotation mark or a bracket is never closed")
NEVER_OPENED = say("a bracket is closed that was never opened")
NO_COMMA = say("there is no comma between two fields")
NO_COLON = say("there is no colon after the name of a field")
MISSING_COLON = say("there is no colon in this line")
NO_SPACE = say("there is no space after the colon")
ELSEWHERE = say("a field does not begin where the others do")
TAB = say("there is a tab before the text")
TOO_MANY = say("there is a sign too many, or another one than was meant")
LATE_TEXT = say("a text stands on the same line as | or >")
NO_BAR = say("a text of several lines has no | before it")
HARD_SPACE = say("a space that does not break stands where an ordinary one should")
GOES_ON = say("a text goes on at the beginning of a line")

# With one space before it, it may be a part of the text; a sign may have slipped in or got lost.
_COMMENT = re.compile(r"(?<=\S)(?:[ \t]{2,}[^\w\s]?#|[ \t]{4,}\W ).*")
_HALF = re.compile(
    r"(?P<name>[ ]*(?:- )?[^\W\d]\w*(?:-\w+)*)"
    r"(?P<between>[^\w\s]?[ \t]*|[ \t]+[^\w\s]?)(?P<value>\S.*)"
)
_BARE = re.compile(r"\s*(?:- )*[\w-]+:\s*")
_EMPTY = re.compile(r"\s*(?:- )*")
_DASH = re.compile(r"\s*(?:- )*")
_FIELD = re.compile(r"[ ]*(?:- )*[^\W\d_][\w-]*:(?:\s|$)")
_PART = re.compile(r"\s*(?:- |[^\W\d_][\w-]*:(?:\s|$)|#)")
_SIGN = re.compile(
    r"[\"\[\]{}#,:*&!|>%@`\t;()=]|(?<!\w)'|'(?!\w)|(?<!\w)-|-(?!\w)|(?<=\d:) (?=\d)|(?<=\w:) (?=//)"
)
_VALUE = re.compile(r"(?P<before>[ ]*(?:- )*(?:[\w-]+:[ \t]+)?)(?P<value>\S.*?)?[ \t]*")
_UNPARTED = re.compile(r"(?<=[^\s,{\[])[ ]*(?=[ ][\w-]+:[ ])|(?<=[\"\]}])(?=[ ]*[\"\[{\w])")
_IN_BRACKETS = re.compile(r"(?<=[{,])([ ]*)(\w+)[ ]?(?=[ \"'\[{])")
_ESCAPES = re.compile(r"\"([^\"']*\\[^\"']*)\"")


class Mend(NamedTuple):
    """Some lines, counted from 0, as they may have been meant: one in place of one or two."""

    line: int
    text: str
    what: Saying | None = None  # what it mends; None when the parser knows best
    lines: int = 1
    is_quoted: bool = False  # nothing but quotation marks has come to it
    far: int = 0  # how far it is moved
    without: str = ""  # a sign that is left out from within a word: it may stand for a letter

    @property
    def is_field(self) -> bool:
        """Whether the line has something in it, and is not a text at the start of a line."""
        return not _EMPTY.fullmatch(self.text) and bool(
            self.text[:1] == " " or _PART.match(self.text)
        )

    def applied(self, lines: Sequence[str]) -> list[str]:
        """All lines of a text, with this among them."""
        return [*lines[: self.line], self.text, *lines[self.line + self.lines :]]


def mends(lines: Sequence[str], at: int) -> Iterator[tuple[int, Mend]]:
    """What a line may have been meant as, and how far-fetched that is: 0 is the likeliest."""
    body = _COMMENT.sub("", lines[at])
    without = [*lines[:at], body, *lines[at + 1 :]]
    if body != lines[at]:
        yield 0, Mend(at, body, TOO_MANY)
    for rank, way in enumerate(_WAYS, 1):
        yield from ((rank, mend) for mend in way(without, at))
    if body != lines[at]:
        yield from ((len(_WAYS), mend) for mend in _without_sign(lines, at))


def with_colon(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with what lacks between a name and its value."""
    if ":\u00a0" in lines[at]:  # which word processors put there
        yield Mend(at, lines[at].replace("\u00a0", " "), HARD_SPACE)
    name, below = lines[at].rstrip(), "".join(lines[at + 1 : at + 2])
    if is_field_name(name.strip(" -")) and _indent(below) > _indent(name):
        yield Mend(at, f"{name}:", MISSING_COLON)
    half = _HALF.fullmatch(name)
    if half is None or _PART.match(lines[at]):
        return
    between, value = half["between"], half["value"]
    if between == ":":
        yield Mend(at, f"{half['name']}: {value}", NO_SPACE)
    elif is_field_name(half["name"].strip(" -")):
        yield Mend(at, f"{half['name']}: {value}", MISSING_COLON)
        yield Mend(at, f"{half['name']}: {between.strip()}{value}", MISSING_COLON)


def _with_quote_at_end(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with its last text closed, before a comma, inside the brackets, or at the end."""
    line = lines[at].rstrip()
    for sign in ('"', "'"):
        if line.count(sign) % 2:
            ends = [
                found.start()
                for found in re.finditer(",", line)
                if found.start() > line.rindex(sign)
            ]
            start = line.rindex(sign)
            if "\\" in line[start:]:
                yield Mend(at, f"{line[:start]}'{line[start + 1 :]}'", NOT_CLOSED)
            for end in (*ends, len(line.rstrip("]} ")), len(line)):
                yield Mend(at, line[:end] + sign + line[end:], NOT_CLOSED, is_quoted=True)


def _with_bracket(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with its list or mapping closed, or closed by its own bracket."""
    line = lines[at].rstrip().rstrip(",")
    if line.endswith("."):
        return  # that is no list, but a sentence
    head, _, comment = line.partition(" #")
    name = line.partition(":")[0]
    for opening in "[{":
        closing = PAIRS[opening]
        if opening == "[" and ":" in line and "," not in line and not name.endswith("s"):
            continue  # one word is rarely meant as a list
        if sum(one.count(opening) - one.count(closing) for one in lines[: at + 1]) > 0:
            if comment:
                yield Mend(at, f"{head}{closing} #{comment}", NOT_CLOSED)
            yield Mend(at, line + closing, NOT_CLOSED)
            if line[-1:] in {"]", "}", ")"}:
                yield Mend(at, line[:-1] + closing, NOT_CLOSED)


def _without_sign(lines: Sequence[str], at: int) -> Iterator[Mend]:
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


def _in_quotes(lines: Sequence[str], at: int) -> Iterator[Mend]:
    line = lines[at]
    if escapes := _ESCAPES.search(line):
        yield Mend(at, f"{line[: escapes.start()]}'{escapes[1]}'{line[escapes.end() :]}")
    if quoted := quoted_line(line):
        yield Mend(at, quoted, is_quoted=True)
    found = _VALUE.fullmatch(line)
    if found and found["before"].strip() and found["value"] and found["value"][0] not in "|>":
        yield Mend(at, f"{found['before']}{in_quotes(found['value'])}")
        if found["value"][0] == '"' and "'" not in found["value"]:
            yield Mend(at, f"{found['before']}'{found['value']}'")


def _with_comma(lines: Sequence[str], at: int) -> Iterator[Mend]:
    line = lines[at]
    for found in _UNPARTED.finditer(line):
        yield Mend(at, f"{line[: found.start()]},{line[found.end() :]}", NO_COMMA)
    for found in _IN_BRACKETS.finditer(line):
        if is_field_name(found[2]):
            yield Mend(at, f"{line[: found.end(2)]}: {line[found.end() :].lstrip()}", NO_COLON)


def _moved(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line where those around it begin, those first that are nearest."""
    line, words = lines[at], lines[at].strip()
    own = _indent(line)
    has_tab = "\t" in line[: len(line) - len(line.lstrip())]
    if not words or (not own and not has_tab and words[:2] != "- "):
        return
    above, below = "".join(lines[max(at - 1, 0) : at]), "".join(lines[at + 1 : at + 2])
    starts = {_indent(one) for one in (above, below) if one.lstrip()[:1] == words[0]}
    if _PART.match(line):
        starts = {_indent(other) for other in lines[: at + 2] if other.strip()} - {own}
        starts |= {_indent(above) + 2} if above.endswith(":") else set()
    for start in sorted(starts | ({0} if has_tab else set())):
        what = TAB if has_tab else ELSEWHERE
        yield Mend(at, " " * start + words, what, far=not start if has_tab else abs(start - own))


def _joined(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line as the end of the one above."""
    above, line = lines[max(at - 1, 0)].rstrip(), lines[at].strip()
    if not at or not above or not line:
        return
    if _PART.match(line):
        if not _PART.match(above) and is_field_name(above.strip() + line.partition(":")[0]):
            yield Mend(at - 1, f"{above}{line}", GOES_ON, 2)
        return
    if not _FIELD.match(above):
        return
    if above.endswith(":"):
        yield Mend(at - 1, f"{above} {in_quotes(line)}", GOES_ON, 2)
    yield Mend(at - 1, f"{above} {line}", GOES_ON, 2)


def _with_bar(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line above with the sign for a text of several lines."""
    begins = lines[at].strip()[:1]
    is_text = (
        lines[at][:2] == "  " and not _PART.match(lines[at]) and (begins == "|" or begins.isalpha())
    )
    if at and is_text and lines[at - 1].rstrip().endswith(":"):
        yield Mend(at - 1, f"{lines[at - 1].rstrip()} |", NO_BAR)


def _with_other_sign(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with one sign more that is uneven, in place of another or where a value ends."""
    line = lines[at]
    needed = [sign for sign in ('"', "'") if line.count(sign) % 2]
    for opening in "[{":
        less = line.count(opening) - line.count(PAIRS[opening])
        needed += [PAIRS[opening]] if less > 0 else [opening] if less < 0 else []
    begins = _DASH.match(line)
    signs = [found.start() for found in _SIGN.finditer(line, begins.end() if begins else 0)]
    for i in signs:
        for sign in (
            *needed,
            ",",
            ":",
            *(" " if line[:i].strip() and line[i + 1 :].strip() else ""),
        ):
            yield Mend(at, line[:i] + sign + line[i + 1 :], TOO_MANY)
        for j in (i, i - 1):
            if 0 <= j < len(line) - 1 and not any(map(str.isalnum, line[j : j + 2])):
                yield Mend(at, line[:j] + line[j + 1] + line[j] + line[j + 2 :], TOO_MANY)
    found = _VALUE.fullmatch(line)
    ends = {len(found["before"]), len(line.rstrip())} if found else set()
    places = sorted({*ends, *(i + k for i in signs for k in (0, 1, 2) if i + k <= len(line))})
    for i in places:
        for sign in needed:
            yield Mend(at, line[:i] + sign + line[i:], NOT_CLOSED)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_WAYS: tuple[Callable[[Sequence[str], int], Iterator[Mend]], ...] = (
    _with_quote_at_end,
    _with_bracket,
    with_colon,
    _in_quotes,
    _with_bar,
    _without_sign,
    _with_comma,
    _moved,
    _with_other_sign,
    _joined,
)
