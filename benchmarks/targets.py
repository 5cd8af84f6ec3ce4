"""What newsroom's figures are to be, against others' in the same run, and whether they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.record import ADD, AGAIN, COLD, SAVE, Place, Record
from benchmarks.tools import BARE_LOOP, HUGO, NEWSROOM, PELICAN

SIZES: Final = (100, 1_000, 10_000)  # posts
_MEGABYTE: Final = 1_000_000
_MOST_MEMORY: Final = {10_000: 250}  # megabytes
_GROWTH: Final = 11  # times the time for ten times the posts
_ADD_ANYWHERE: Final = 2  # times the time of one new post among 100


@dataclass(frozen=True, slots=True)
class Against:
    """A step of ours may take this share of the time of the same step of another tool."""

    step: str
    tool: str
    most: dict[int, float]  # by the number of posts


AGAINST: Final = (
    Against(ADD, HUGO, {100: 1.5, 1_000: 0.35, 10_000: 0.12}),
    Against(AGAIN, HUGO, {100: 1.5, 1_000: 0.3, 10_000: 0.10}),
    Against(SAVE, HUGO, {100: 0.5, 1_000: 0.3, 10_000: 0.1}),
    Against(COLD, BARE_LOOP, {100: 1.5, 1_000: 0.8, 10_000: 0.8}),
    Against(COLD, PELICAN, {100: 0.6, 1_000: 0.5, 10_000: 0.5}),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target beside what was measured."""

    what: str
    posts: int
    measured: float | None  # None: not measured
    most: float
    unit: str
    cpu: float | None = None  # the same ratio in processor time, to compare with

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is met; None when nobody can tell."""
        return None if self.measured is None else self.measured <= self.most


def verdicts(record: Record) -> Iterator[Verdict]:
    """Every target there is, those too that a run could not speak about."""
    for size in SIZES:
        yield from _against(record, size)
        yield from _memory(record, size)
        yield from _growth(record, size)
    yield _one_post(record)


def _against(record: Record, size: int) -> Iterator[Verdict]:
    for target in AGAINST:
        ours, theirs = ((size, target.step, tool) for tool in (NEWSROOM, target.tool))
        what = f"{target.step}, against {target.tool}"
        yield _compared(record, what, ours, theirs, target.most[size])


def _memory(record: Record, size: int) -> Iterator[Verdict]:
    if size in _MOST_MEMORY:
        taken = record.memory(size, NEWSROOM)
        yield Verdict(
            "memory", size, taken / _MEGABYTE if taken else None, _MOST_MEMORY[size], "MB"
        )


def _growth(record: Record, size: int) -> Iterator[Verdict]:
    if size // 10 in SIZES:
        large, small = ((posts, COLD, NEWSROOM) for posts in (size, size // 10))
        yield _compared(record, f"{COLD}, against {size // 10} posts", large, small, _GROWTH)


def _one_post(record: Record) -> Verdict:
    few, many = min(SIZES), max(SIZES)
    large, small = ((posts, ADD, NEWSROOM) for posts in (many, few))
    return _compared(record, f"{ADD}, against {few} posts", large, small, _ADD_ANYWHERE)


def _compared(record: Record, what: str, ours: Place, theirs: Place, most: float) -> Verdict:
    wall = _ratio(record.median(ours), record.median(theirs))
    cpu = _ratio(record.median_cpu(ours), record.median_cpu(theirs))
    return Verdict(what, ours[0], wall, most, "x", cpu)


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None
