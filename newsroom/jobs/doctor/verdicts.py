"""The doctor's verdict as a condition of sending: kept, asked for, made anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.database.doctor_runs import DoctorRun, keep_run, last_doctor_run
from newsroom.errors import OutsideError, StateError
from newsroom.model.checkup import Check, CheckVerdict, Remark, worst_of
from newsroom.model.saying import Saying, joined, say

_COMMAND = "newsroom doctor"
_AGAIN = timedelta(minutes=10)  # between looks at what was away


def keep_verdict(
    database: Engine, checks: Sequence[Check], configuration: str, now: datetime
) -> DoctorRun:
    """Write down what a whole look found."""
    failed = [each for each in checks if each.verdict is CheckVerdict.FAIL]
    may_pass = bool(failed) and all(each.outside for each in failed)
    faults = (
        each for check in failed for each in check.remarks if each.verdict is CheckVerdict.FAIL
    )
    told = tuple(map(_sentence, faults))
    run = DoctorRun(now, configuration, worst_of(checks), told, may_pass)
    with transaction(database) as connection:
        keep_run(connection, run)
    return run


@dataclass(frozen=True, slots=True)
class Demand:
    """What a verdict must be for an issue to leave."""

    name: str  # of the issue
    configuration: str  # how mail is set up now
    age: timedelta  # how old it may be
    now: datetime
    zone: tzinfo  # in which times are told


def require_good_verdict(database: Engine, demand: Demand) -> None:
    """Pass when the last verdict is good, of this set-up, and not too old.

    Raises StateError that says what was found, or what to do.
    """
    with reading(database) as connection:
        last = last_doctor_run(connection, demand.now)
    if why := _why_not(last, demand):
        raise StateError(why)


def look_again(database: Engine, demand: Demand, examine: Callable[[], DoctorRun]) -> None:
    """The same for an issue that leaves by itself: where the verdict is no good a new one is made.

    Raises StateError with a line for each thing that is to be mended, OutsideError where all of it
    is out there and may be well in a while: then the issue is not held, but tried again.
    """
    with reading(database) as connection:
        last = last_doctor_run(connection, demand.now)
    run = last if last and _holds(last, demand) else examine()
    if run.is_good:
        return
    raise (OutsideError if run.may_pass else StateError)(joined("\n", run.failed))


def _holds(last: DoctorRun, demand: Demand) -> bool:
    """Whether the last verdict says how things are: a good one, or that they were away just now."""
    if last.may_pass and last.is_of(demand.configuration):
        return demand.now - last.at < _AGAIN
    return _why_not(last, demand) is None


def _why_not(last: DoctorRun | None, demand: Demand) -> Saying | None:
    """Why a verdict does not let an issue leave, and what to do; None when it does."""
    lack = _lack(last, demand)
    if lack is None:
        return None
    return say("{name}: {lack}; run: {command}", name=demand.name, lack=lack, command=_COMMAND)


def _lack(last: DoctorRun | None, demand: Demand) -> Saying | None:
    """What a verdict lacks: it is none, of another set-up, not good, or too old."""
    if last is None:
        return say("nobody has looked at how mail is set up")
    at = last.at.astimezone(demand.zone)
    if not last.is_of(demand.configuration):
        return say(
            "how mail is set up was changed after it was looked at on {at:%Y-%m-%d %H:%M}", at=at
        )
    if not last.is_good:
        return say(
            "mail would not arrive as it should: {faults}; mend it",
            faults=joined("; ", last.failed),
        )
    if demand.now - last.at > demand.age:
        return say(
            "the last look at how mail is set up is from {at:%Y-%m-%d %H:%M}, which is too old",
            at=at,
        )
    return None


def _sentence(remark: Remark) -> Saying:
    """One fault, and what to do about it."""
    return remark.detail if remark.advice is None else joined("; ", (remark.detail, remark.advice))
