"""The figures of one run, what they are to be, and how both are printed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Final

from benchmarks.sending.figure import Figure

SOURCE: Final = "smtp-source"
SQLITE: Final = "newsroom, SQLite, one process"
POSTGRES: Final = "newsroom, PostgreSQL, two workers"
SIGNED: Final = "newsroom, SQLite, signed (RSA-2048)"
FAR: Final = "newsroom, relay 20 ms away"
TRIPS: Final = "what its round trips allow"
LONG: Final = "newsroom, many messages"
LONGER: Final = "newsroom, ten times as many"
FREEZE: Final = "freezing 5,000"
FREEZE_MANY: Final = "freezing many"
FREEZE_MORE: Final = "freezing ten times as many"
DJANGO: Final = "django-newsletter"
MAILMAN: Final = "Mailman 3"
_LABEL: Final = 40  # columns
_WORDS: Final = {True: "reached", False: "NOT REACHED", None: "not measured"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Every run in the order it was made, and notes about what was not run."""

    figures: dict[str, list[Figure]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, who: str, figure: Figure) -> None:
        """Keep one run."""
        self.figures.setdefault(who, []).append(figure)

    def rate(self, who: str) -> float | None:
        """The middle of a sender's rates; None when it was not run."""
        runs = self.figures.get(who)
        return median(run.rate for run in runs) if runs else None

    def ratio(self, ours: str, theirs: str) -> float | None:
        """One rate as a share of another of the same run."""
        one, other = self.rate(ours), self.rate(theirs)
        return None if one is None or other is None else one / other

    def memory(self, who: str) -> float | None:
        """The most megabytes that a sender took."""
        known = [run.memory for run in self.figures.get(who, ()) if run.memory]
        return max(known) / 1e6 if known else None

    def seconds(self, who: str) -> float | None:
        """The middle of a sender's times."""
        runs = self.figures.get(who)
        return median(run.seconds for run in runs) if runs else None


@dataclass(frozen=True, slots=True)
class Target:
    """What was measured beside what it is to be."""

    what: str
    measured: float | None
    limit: float
    unit: str
    at_least: bool = True

    @property
    def is_reached(self) -> bool | None:
        """Whether it is met; None when it was not measured."""
        if self.measured is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def targets(tally: Tally) -> Iterator[Target]:
    """Every target there is, those too that a run could not speak about."""
    yield Target("SQLite, one process", tally.rate(SQLITE), 1_000, "/s")
    yield Target(f"SQLite, against {SOURCE}", tally.ratio(SQLITE, SOURCE), 0.3, "x")
    for peer in (DJANGO, MAILMAN):
        yield Target(f"SQLite, against {peer}", tally.ratio(SQLITE, peer), 10, "x")
    yield Target(f"PostgreSQL, against {SOURCE}", tally.ratio(POSTGRES, SOURCE), 0.25, "x")
    yield Target("signed, one process", tally.rate(SIGNED), 500, "/s")
    yield Target(f"20 ms away, against {TRIPS}", tally.ratio(FAR, TRIPS), 0.8, "x")
    yield Target("freezing 5,000", tally.seconds(FREEZE), 5, "s", at_least=False)
    yield Target(
        "freezing ten times as many, speed", tally.ratio(FREEZE_MORE, FREEZE_MANY), 0.8, "x"
    )
    yield Target("memory, many messages", tally.memory(LONGER), 200, "MB", at_least=False)
    yield Target("memory, ten times as many", _growth(tally), 1.1, "x", at_least=False)


def lines(tally: Tally) -> Iterator[str]:
    """The whole report; rates are the middle of the runs, with the highest in brackets."""
    source = tally.rate(SOURCE)
    heads = f"{'messages':>9}{'a second':>16}{'of smtp-source':>16}{'CPU each':>10}{'memory':>9}"
    yield " " * _LABEL + heads
    for who, runs in tally.figures.items():
        middle, best = median(run.rate for run in runs), max(run.rate for run in runs)
        share = f"{middle / source:.2f}" if source else ""
        cpu = [run.cpu_each for run in runs if run.cpu_each is not None]
        memory = tally.memory(who)
        yield (
            f"{who:<{_LABEL}}{runs[0].messages:>9}{f'{middle:.0f} ({best:.0f})':>16}{share:>16}"
            f"{f'{median(cpu):.2f} ms' if cpu else '':>10}{f'{memory:.0f} MB' if memory else '':>9}"
        )
    yield "\nTargets"
    for target in targets(tally):
        measured = "–" if target.measured is None else f"{target.measured:.2f}"
        limit = f"{'at least' if target.at_least else 'at most'} {target.limit:g}"
        yield (
            f"{target.what:<44}{measured:>10} {target.unit:<3}{limit:<15}"
            f"{_WORDS[target.is_reached]}"
        )
    yield "\nNotes"
    for about, note in tally.notes.items():
        yield f"{about}: {note}"


def as_json(tally: Tally) -> dict[str, Any]:
    """Every run and every target."""
    return {
        "runs": {
            who: [
                {
                    "messages": run.messages,
                    "seconds": run.seconds,
                    "cpu": run.cpu,
                    "memory": run.memory,
                }
                for run in runs
            ]
            for who, runs in tally.figures.items()
        },
        "targets": [{**asdict(one), "reached": one.is_reached} for one in targets(tally)],
        "notes": dict(tally.notes),
    }


def _growth(tally: Tally) -> float | None:
    few, many = tally.memory(LONG), tally.memory(LONGER)
    return None if few is None or many is None else many / few
