"""The tools side by side: each step by each tool, round after round, in a changing order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks.process import Cost, ToolFailedError
from benchmarks.record import ADD, AGAIN, COLD, EDIT, SAVE, Record
from benchmarks.served import Served
from benchmarks.site import Site
from benchmarks.tool import Tool

_SLOW: Final = 45.0  # seconds; what takes longer is measured once
_LONGEST: Final = 900.0  # seconds for one process

_STEPS: Final = ((COLD, Site.cold), (AGAIN, Site.again), (ADD, Site.add), (EDIT, Site.edit))


@dataclass(slots=True)
class Race:
    """Every tool over every size, until the time is up."""

    folder: Path
    tools: Sequence[Tool]
    record: Record
    ends: float  # on the monotonic clock
    say: Callable[[str], None] = field(default=lambda _line: None)

    def run(self, size: int, rounds: int) -> None:
        """All steps with so many posts; what they made stays, see `Site.cold`."""
        sites = [self._laid_out(tool, size) for tool in self.tools]
        for step, act in _STEPS:
            for site, round_ in self._turns(sites, step, rounds):
                self._measure(sites, site, step, partial(act, site, round_))
        self._previews(sites, rounds)

    def _measure(self, sites: list[Site], site: Site, step: str, act: Callable[[], Cost]) -> None:
        """Make one run; a tool that fails is out of this size, and its words are kept."""
        place = (site.count, step, site.tool.name)
        try:
            cost = act()
        except ToolFailedError as fault:
            self.record.note(place, f"failed: {fault}")
            sites.remove(site)
            return
        self.record.add(place, cost)
        self.say(f"{site.count:>6} posts  {step:<22} {site.tool.name:<10} {cost.seconds:8.2f} s")

    def _previews(self, sites: list[Site], rounds: int) -> None:
        """All that can be left running run together, idle but for the one that is written to."""
        with ExitStack() as stack:
            served = dict(self._started(stack, sites))
            waiting = [site for site in sites if site.tool.name in served]
            for site, round_ in self._turns(waiting, SAVE, rounds):
                act = partial(site.save, served[site.tool.name], round_)
                self._measure(waiting, site, SAVE, act)

    def _started(self, stack: ExitStack, sites: list[Site]) -> Iterator[tuple[str, Served]]:
        for site in sites:
            place = (site.count, SAVE, site.tool.name)
            if site.tool.preview is None:
                self.record.note(place, "not measured: it cannot be left running as set up here")
            elif self._may(site, SAVE):
                try:
                    yield site.tool.name, stack.enter_context(site.preview())
                except ToolFailedError as fault:
                    self.record.note(place, f"not measured: {fault}")

    def _laid_out(self, tool: Tool, size: int) -> Site:
        site = Site(tool, self.folder / str(size) / tool.name, size, _LONGEST)
        site.folder.parent.mkdir(exist_ok=True)
        site.lay_out()
        return site

    def _turns(self, sites: list[Site], step: str, rounds: int) -> Iterator[tuple[Site, int]]:
        """Whose turn it is, in every round another first; who failed or has no time is left out."""
        for round_ in range(rounds):
            first = round_ % max(1, len(sites))
            for site in (*sites[first:], *sites[:first]):
                if site in sites and self._may(site, step):
                    yield site, round_

    def _may(self, site: Site, step: str) -> bool:
        if step != COLD and not site.tool.remembers:
            return False
        place = (site.count, step, site.tool.name)
        done = self.record.seconds(place)
        if done and max(done) > _SLOW:
            self.record.note(place, f"took over {_SLOW:.0f} s, so it was measured once")
            return False
        if monotonic() + self._expected(site) > self.ends:
            self.record.note(place, "left out: the time was up")
            return False
        return True

    def _expected(self, site: Site) -> float:
        """How long a run may take, by what this tool needed before."""
        name = site.tool.name
        return max(
            (
                max(self.record.seconds((size, COLD, name)), default=0) * site.count / size
                for size in self.record.sizes()
            ),
            default=0.0,
        )
