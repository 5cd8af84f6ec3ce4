"""What was measured, and what was left out and why."""

from dataclasses import dataclass, field
from statistics import median
from typing import Final

from benchmarks.process import Cost

COLD: Final = "cold"
AGAIN: Final = "nothing changed"
ADD: Final = "one post added"
EDIT: Final = "one post edited"
SAVE: Final = "preview: save to page"
STEPS: Final = (COLD, AGAIN, ADD, EDIT, SAVE)

Place = tuple[int, str, str]  # posts, step, tool


@dataclass(frozen=True, slots=True)
class Record:
    """Every run in the order it was made, and notes about what was not run."""

    costs: dict[Place, list[Cost]] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)

    def add(self, place: Place, cost: Cost) -> None:
        """Keep one run."""
        self.costs.setdefault(place, []).append(cost)

    def note(self, place: Place, why: str) -> None:
        """Keep why something was not measured, or not as often."""
        self.notes[place] = why

    def seconds(self, place: Place) -> tuple[float, ...]:
        """The wall times of a step; none when it was not run."""
        return tuple(cost.seconds for cost in self.costs.get(place, ()))

    def cpu(self, place: Place) -> tuple[float, ...]:
        """The processor times of a step; none when it was not run, or not as a process."""
        return tuple(cost.cpu for cost in self.costs.get(place, ()) if cost.cpu)

    def median(self, place: Place) -> float | None:
        """The middle wall time of a step."""
        return _middle(self.seconds(place))

    def median_cpu(self, place: Place) -> float | None:
        """The middle processor time of a step."""
        return _middle(self.cpu(place))

    def written(self, place: Place) -> int | None:
        """How many files the last run of a step wrote."""
        costs = self.costs.get(place)
        return costs[-1].written if costs else None

    def memory(self, size: int, tool: str) -> int | None:
        """The most memory that any build of a tool took, in bytes."""
        places = [place for place in self.costs if (place[0], place[2]) == (size, tool)]
        return max((cost.memory for place in places for cost in self.costs[place]), default=None)

    def sizes(self) -> tuple[int, ...]:
        """The numbers of posts, the smallest first."""
        return tuple(sorted({size for size, _, _ in self.costs}))

    def tools(self) -> tuple[str, ...]:
        """The tools, in the order they were first run."""
        return tuple(dict.fromkeys(tool for _, _, tool in self.costs))


def _middle(seconds: tuple[float, ...]) -> float | None:
    return median(seconds) if seconds else None
