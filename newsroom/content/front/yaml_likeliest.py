"""The likeliest of all that a YAML text which cannot be read may have been meant as."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import inf
from typing import NamedTuple

from newsroom.content.front.yaml_mend import Mend
from newsroom.content.front.yaml_mends import mends
from newsroom.content.front.yaml_readings import read_as_far

_TRIES = 600
_READ = 1_000_000  # characters that all tries read together, at most: a tenth of a second
_BEFORE, _AFTER = 1, 12  # lines around the fault that are read at each try
_TOP = re.compile(r"[\w\"'-]")
_UNEVEN = 5  # lines above that are suspected because their brackets or quotation marks are uneven


class _Tried(NamedTuple):
    oddness: tuple[int, int, int, int]
    rank: tuple[int, int]
    place: int
    mend: Mend
    shape: tuple[str, ...]


def likeliest(text: str, stumble: int, began: int) -> Mend | None:
    """The mend of a text that YAML gives up at line `stumble`, in what `began` on another one.

    Each is tried: the text must be read beyond what was mended. That one is given which leaves
    every field a field, every word in one, and no sign over; none when there is no such, or when
    two mean different things and are as likely.
    """
    lines = text.split("\n")
    suspects = _suspects(lines, stumble, began)
    start, end = _window(lines, min(suspects), stumble)
    part, fault = lines[start:end], stumble - start
    first = min(suspects) - start
    tries = _all(part, [at - start for at in suspects])
    most = min(_TRIES, _READ // (sum(map(len, part)) + 1))
    tried = []
    for rank, place, mend in islice(tries, most):
        reading = read_as_far("\n".join(mend.applied(part)))
        until = reading.until + mend.lines - 1
        if not mend.is_field or mend.text == part[mend.line]:
            continue
        if until == inf or (until > _beyond(part, max(fault, mend.line)) and _has_more(part, mend)):
            oddness = reading.oddness(part, first, min(fault + 1, len(part) - 1))
            tried.append(_Tried(oddness, (rank, mend.far), place, mend, reading.shape))
    best = min(tried, key=lambda one: one[:3], default=None)
    if best is None or _is_doubtful(best, tried):
        return None
    mend = best.mend._replace(line=best.mend.line + start)
    return mend if read_as_far("\n".join(mend.applied(lines))).until > stumble else None


def _beyond(lines: Sequence[str], at: int) -> int:
    """The last line at which a fault of a line may be noticed: the next, if that can be read."""
    below = "\n".join(lines[at + 1 : at + 2])
    return at if read_as_far(below).until < inf else at + 1


def _has_more(lines: Sequence[str], mend: Mend) -> bool:
    """Whether there is a fault on other lines too, which what is tried need not mend."""
    others = [*lines[: mend.line], *lines[mend.line + mend.lines :]]
    return read_as_far("\n".join(others)).until < inf


def _is_doubtful(best: _Tried, tried: Sequence[_Tried]) -> bool:
    """Whether it leaves something over, or another one is as likely and means something else."""
    swallowed, strays, *_ = best.oddness
    others = (one for one in tried if one[:3] == best[:3])
    return swallowed + strays > 0 or any(other.shape != best.shape for other in others)


def _all(lines: Sequence[str], suspects: Sequence[int]) -> Iterator[tuple[int, int, Mend]]:
    for place, at in enumerate(at for at in suspects if lines[at].lstrip()[:1] != "#"):
        yield from ((rank, place, mend) for rank, mend in mends(lines, at))


def _suspects(lines: Sequence[str], stumble: int, began: int) -> list[int]:
    """Lines that may hold the slip, the likeliest first."""
    uneven = [
        at
        for at, line in enumerate(lines[: stumble + 1])
        if not line.lstrip().startswith("#")
        and any(line.count(a) + line.count(b) & 1 for a, b in ('""', "''", "[]", "{}"))
    ]
    likely = (stumble, began, *uneven[:_UNEVEN], stumble - 1)
    return list(dict.fromkeys(min(max(at, 0), len(lines) - 1) for at in likely))


def _window(lines: Sequence[str], first: int, stumble: int) -> tuple[int, int]:
    """From a field before the first suspect to one some lines after the fault."""
    start = max(first - _BEFORE, 0)
    while start and not _TOP.match(lines[start]):
        start -= 1
    end = min(stumble + _AFTER, len(lines))
    while end < len(lines) and not _TOP.match(lines[end]):
        end += 1
    return start, end
