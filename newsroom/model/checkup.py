"""What became of one look at how the newsroom is set up: checks, and what each of them found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.model.saying import Saying, joined


class CheckVerdict(StrEnum):
    """How a check came out. What nobody can know, or could not ask today, is never "ok"."""

    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "not checked"
    OK = "ok"


_WORST_FIRST = tuple(CheckVerdict)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a check found, and what to do about it."""

    verdict: CheckVerdict
    detail: Saying
    fix: Saying | None = None  # None where there is nothing to do
    write: str | None = None  # what the fix has one write or publish, to be copied as it stands
    outside: bool = False  # something out there did not answer, and may in a while

    @property
    def advice(self) -> Saying | None:
        """The fix, with what is to be written behind it."""
        if self.fix is None or self.write is None:
            return self.fix
        return joined(": ", (self.fix, self.write))


def fault(
    detail: Saying, fix: Saying | None = None, write: str | None = None, *, outside: bool = False
) -> Remark:
    """What keeps mail from arriving, or could harm somebody."""
    return Remark(CheckVerdict.FAIL, detail, fix, write, outside)


def warning(
    detail: Saying, fix: Saying | None = None, write: str | None = None, *, outside: bool = False
) -> Remark:
    """What should be better."""
    return Remark(CheckVerdict.WARN, detail, fix, write, outside)


def unchecked(detail: Saying, fix: Saying | None = None, *, outside: bool = False) -> Remark:
    """What nobody can know, or could not ask today."""
    return Remark(CheckVerdict.UNKNOWN, detail, fix, None, outside)


def fine(detail: Saying, fix: Saying | None = None) -> Remark:
    """What is in order."""
    return Remark(CheckVerdict.OK, detail, fix)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a few lines for a person, an object for a program."""

    name: str  # the same for ever: `dns-spf`
    remarks: tuple[Remark, ...]  # one at least, the worst first
    about: str = ""  # which domain, key or file, where there are several

    @property
    def group(self) -> str:
        """What the check belongs to: `dns` of `dns-spf`."""
        return self.name.partition("-")[0]

    @property
    def verdict(self) -> CheckVerdict:
        """That of its worst remark."""
        return self.remarks[0].verdict

    @property
    def outside(self) -> bool:
        """Whether it came out so only because something out there did not answer."""
        return all(each.outside for each in self.remarks if each.verdict is self.verdict)

    @property
    def detail(self) -> Saying:
        """Everything that was found."""
        return joined("; ", dict.fromkeys(each.detail for each in self.remarks))

    @property
    def fix(self) -> Saying | None:
        """Everything that is to be done."""
        advice = dict.fromkeys(each.advice for each in self.remarks if each.advice is not None)
        return joined("; ", advice) if advice else None


def check_of(name: str, remarks: Sequence[Remark], about: str = "") -> Check:
    """The check that some remarks make. Beside a fault, what is in order is not told."""
    in_order = sorted(remarks, key=lambda remark: _WORST_FIRST.index(remark.verdict))
    is_good = in_order[0].verdict is CheckVerdict.OK
    told = (each for each in in_order if is_good or each.verdict is not CheckVerdict.OK)
    return Check(name, tuple(told), about)


def worst_of(checks: Iterable[Check]) -> CheckVerdict:
    """The worst verdict among checks; `ok` where there are none."""
    found = {each.verdict for each in checks}
    return next((verdict for verdict in _WORST_FIRST if verdict in found), CheckVerdict.OK)
