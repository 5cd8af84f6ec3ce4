"""A run as people and programs read it."""

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from benchmarks.record import STEPS, Record
from benchmarks.targets import Verdict, verdicts

_LABEL: Final = 22  # columns
_COLUMN: Final = 15
_WORDS: Final = {True: "reached", False: "NOT REACHED", None: "not measured"}


def lines(record: Record) -> Iterator[str]:
    """The whole report."""
    for size in record.sizes():
        yield from _table(record, size)
    yield from _targets(record)
    yield from _notes(record)


def _table(record: Record, size: int) -> Iterator[str]:
    """Seconds as median and, in brackets, the shortest; then processor time, files, memory."""
    tools = record.tools()
    yield f"\n{size} posts; seconds, median (shortest)"
    yield _row("", tools)
    for step in STEPS:
        yield _row(step, [_seconds(record.seconds((size, step, tool))) for tool in tools])
    yield f"\n{size} posts; seconds of processor time"
    for step in STEPS[:-1]:
        yield _row(step, [_seconds(record.cpu((size, step, tool))) for tool in tools])
    yield f"\n{size} posts; files written"
    for step in STEPS:
        written = [record.written((size, step, tool)) for tool in tools]
        yield _row(step, ["–" if count is None else str(count) for count in written])
    taken = [record.memory(size, tool) for tool in tools]
    yield _row("memory, at most", [f"{most / 1e6:.0f} MB" if most else "–" for most in taken])


def _targets(record: Record) -> Iterator[str]:
    yield "\nTargets"
    for verdict in verdicts(record):
        measured = "–" if verdict.measured is None else f"{verdict.measured:.2f}"
        cpu = f" (processor time {verdict.cpu:.2f} x)" if verdict.cpu else ""
        yield (
            f"{verdict.posts:>6} posts  {verdict.what:<42}{measured:>8} {verdict.unit:<3}"
            f"at most {verdict.most:<6g}{_WORDS[verdict.is_reached]}{cpu}"
        )


def _notes(record: Record) -> Iterator[str]:
    if record.notes:
        yield "\nNotes"
    for (size, step, tool), why in record.notes.items():
        yield f"{size:>6} posts  {tool}, {step}: {why}"


def as_json(record: Record) -> dict[str, Any]:
    """Every run, every target and every note."""
    return {
        "runs": [
            {
                "posts": size,
                "step": step,
                "tool": tool,
                "seconds": [round(cost.seconds, 4) for cost in costs],
                "cpu": [round(cost.cpu, 4) for cost in costs],
                "written": [cost.written for cost in costs],
                "memory": max(cost.memory for cost in costs),
            }
            for (size, step, tool), costs in record.costs.items()
        ],
        "targets": [_verdict_json(verdict) for verdict in verdicts(record)],
        "notes": [
            {"posts": size, "step": step, "tool": tool, "why": why}
            for (size, step, tool), why in record.notes.items()
        ],
    }


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "what": verdict.what,
        "posts": verdict.posts,
        "measured": verdict.measured and round(verdict.measured, 4),
        "measured_cpu": verdict.cpu and round(verdict.cpu, 4),
        "at_most": verdict.most,
        "unit": verdict.unit,
        "reached": verdict.is_reached,
    }


def _row(label: str, cells: "list[str] | tuple[str, ...]") -> str:
    return f"{label:<{_LABEL}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _seconds(seconds: tuple[float, ...]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f})" if seconds else "–"
