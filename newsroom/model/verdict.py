"""What became of one look at how the newsroom is set up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.model.saying import Saying, joined


class Verdict(StrEnum):
    """How a check came out. What nobody can know, or could not ask today, is never "ok"."""

    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "not checked"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a check found, and what to do about it."""

    verdict: Verdict
    detail: Saying
    fix: Saying | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its verdict: a line for a person, an object for a program."""

    check: str  # its name, the same for ever: `dns-spf`
    verdict: Verdict
    detail: Saying
    fix: Saying | None = None  # None where there is nothing to do
    about: str = ""  # which domain, key or file, where there are several
    outside: bool = False  # it failed because something out there did not answer

    @property
    def group(self) -> str:
        """What the check belongs to: `dns` of `dns-spf`."""
        return self.check.partition("-")[0]


_WORST_FIRST = tuple(Verdict)


def one_check(name: str, remarks: Sequence[Remark], about: str = "") -> Check:
    """The check that some remarks make: its verdict is the worst of them, and they stand first.

    Beside a fault, what is in order is not told.
    """
    in_order = sorted(remarks, key=lambda remark: _WORST_FIRST.index(remark.verdict))
    worst = in_order[0].verdict
    told = [each for each in in_order if worst is Verdict.OK or each.verdict is not Verdict.OK]
    fixes = [each.fix for each in told if each.fix is not None]
    return Check(
        name,
        worst,
        joined("; ", dict.fromkeys(each.detail for each in told)),
        joined("; ", dict.fromkeys(fixes)) if fixes else None,
        about,
    )


def worst_of(checks: Iterable[Check]) -> Verdict:
    """The worst verdict among checks; `ok` where there are none."""
    found = {each.verdict for each in checks}
    return next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.OK)
