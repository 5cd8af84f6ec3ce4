"""What a line of YAML that cannot be read may have been meant as: every slip is tried backwards."""

import re
from collections.abc import Callable, Iterator, Sequence

from newsroom.content.front.other_names import is_field_name
from newsroom.content.front.quotes import PAIRS, in_quotes, quoted_line
from newsroom.content.front.yaml_mend import (
    ELSEWHERE,
    GOES_ON,
    HARD_SPACE,
    MISSING_COLON,
    NO_BAR,
    NO_SPACE,
    NOT_CLOSED,
    PART,
    TAB,
    TOO_MANY,
    VALUE,
    Mend,
)
from newsroom.content.front.yaml_signs import with_comma, with_other_sign, without_sign

# With one space before it, it may be a part of the text; a sign may have slipped in or got lost.
_COMMENT = re.compile(r"(?<=\S)(?:[ \t]{2,}[^\w\s]?#|[ \t]{4,}\W ).*")
_HALF = re.compile(
    r"(?P<name>[ ]*(?:- )?[^\W\d]\w*(?:-\w+)*)"
    r"(?P<between>[^\w\s]?[ \t]*|[ \t]+[^\w\s]?)(?P<value>\S.*)"
)
_FIELD = re.compile(r"[ ]*(?:- )*[^\W\d_][\w-]*:(?:\s|$)")
_ESCAPES = re.compile(r"\"([^\"']*\\[^\"']*)\"")


def mends(lines: Sequence[str], at: int) -> Iterator[tuple[int, Mend]]:
    """What a line may have been meant as, and how far-fetched that is: 0 is the likeliest."""
    body = _COMMENT.sub("", lines[at])
    without = [*lines[:at], body, *lines[at + 1 :]]
    if body != lines[at]:
        yield 0, Mend(at, body, TOO_MANY)
    for rank, way in enumerate(_WAYS, 1):
        yield from ((rank, mend) for mend in way(without, at))
    if body != lines[at]:
        yield from ((len(_WAYS), mend) for mend in without_sign(lines, at))


def with_colon(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line with what lacks between a name and its value."""
    if ":\u00a0" in lines[at]:  # which word processors put there
        yield Mend(at, lines[at].replace("\u00a0", " "), HARD_SPACE)
    name, below = lines[at].rstrip(), "".join(lines[at + 1 : at + 2])
    if is_field_name(name.strip(" -")) and _indent(below) > _indent(name):
        yield Mend(at, f"{name}:", MISSING_COLON)
    half = _HALF.fullmatch(name)
    if half is None or PART.match(lines[at]):
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
                is_quoted = " #" not in line[start:end]  # else that may be a remark
                yield Mend(at, line[:end] + sign + line[end:], NOT_CLOSED, is_quoted=is_quoted)


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


def _in_quotes(lines: Sequence[str], at: int) -> Iterator[Mend]:
    line = lines[at]
    if escapes := _ESCAPES.search(line):
        yield Mend(at, f"{line[: escapes.start()]}'{escapes[1]}'{line[escapes.end() :]}")
    if quoted := quoted_line(line):
        yield Mend(at, quoted, is_quoted=True)
    found = VALUE.fullmatch(line)
    if found and found["before"].strip() and found["value"] and found["value"][0] not in "|>":
        yield Mend(at, f"{found['before']}{in_quotes(found['value'])}")
        if found["value"][0] == '"' and "'" not in found["value"]:
            yield Mend(at, f"{found['before']}'{found['value']}'")


def _moved(lines: Sequence[str], at: int) -> Iterator[Mend]:
    """The line where those around it begin, those first that are nearest."""
    line, words = lines[at], lines[at].strip()
    own = _indent(line)
    has_tab = "\t" in line[: len(line) - len(line.lstrip())]
    if not words or (not own and not has_tab and words[:2] != "- "):
        return
    above, below = "".join(lines[max(at - 1, 0) : at]), "".join(lines[at + 1 : at + 2])
    starts = {_indent(one) for one in (above, below) if one.lstrip()[:1] == words[0]}
    if PART.match(line):
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
    if PART.match(line):
        if not PART.match(above) and is_field_name(above.strip() + line.partition(":")[0]):
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
        lines[at][:2] == "  " and not PART.match(lines[at]) and (begins == "|" or begins.isalpha())
    )
    if at and is_text and lines[at - 1].rstrip().endswith(":"):
        yield Mend(at - 1, f"{lines[at - 1].rstrip()} |", NO_BAR)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_WAYS: tuple[Callable[[Sequence[str], int], Iterator[Mend]], ...] = (
    _with_quote_at_end,
    _with_bracket,
    with_colon,
    _in_quotes,
    _with_bar,
    without_sign,
    with_comma,
    _moved,
    with_other_sign,
    _joined,
)
