"""The fields of one job as the rule it runs by."""

from collections.abc import Mapping
from datetime import date, timedelta

from newsroom.model import Daily, Every, Rule, Weekly, Yearly
from newsroom.schedule.fields import Field, Findings
from newsroom.schedule.kinds import DAY_OF_MONTH, DURATION, MONTH, TIME, WEEKDAY, Kind, T, read

_COMMON_YEAR = 2026  # one without 29 February, which is no day to promise readers something on


def read_rule(whole: Field, fields: Mapping[str, Field], findings: Findings) -> Rule | None:
    """`{every}`, `{at}` or `{day, at}`; None with the reason reported."""
    if "every" in fields:
        return _every(fields, findings)
    if not fields:
        message = f"{whole.name} does not say when"
        findings.add(
            whole.line, "missing-key", message, f"every: {DURATION.example}, or at: {TIME.example}"
        )
        return None
    at = _required("at", TIME, whole, fields, findings)
    if "day" not in fields:
        return None if at is None else Daily(at)
    day = read(fields["day"], WEEKDAY, findings)
    return None if at is None or day is None else Weekly(day, at)


def read_yearly(whole: Field, fields: Mapping[str, Field], findings: Findings) -> Yearly | None:
    """`{month, day, at}`, the day as `first tuesday` or `15th`; None with the reason reported."""
    month = _required("month", MONTH, whole, fields, findings)
    day = _required("day", DAY_OF_MONTH, whole, fields, findings)
    at = _required("at", TIME, whole, fields, findings)
    if month is None or day is None or at is None:
        return None
    if isinstance(day, tuple):
        nth, weekday = day
        return Yearly(month, at, weekday=weekday, nth=nth)
    if not _comes_every_year(month, day):
        message = f'{fields["day"].name} "{fields["day"].text}" does not come every year'
        findings.add(fields["day"].line, "bad-day", message, "an earlier day, or last friday")
        return None
    return Yearly(month, at, day=day)


def _every(fields: Mapping[str, Field], findings: Findings) -> Every | None:
    field = fields["every"]
    for name in [name for name in ("day", "at") if name in fields]:
        message = f"{fields[name].name} stands beside every, which has no {name}"
        findings.add(fields[name].line, "contradiction", message, f"either every or {name}")
    interval = read(field, DURATION, findings)
    if interval is None:
        return None
    if interval >= timedelta(days=1):
        message = f'{field.name} "{field.text}" is not less than a day'
        findings.add(
            field.line, "bad-duration", message, 'at: "03:00", with day: monday or without'
        )
        return None
    return Every(interval)


def _required(
    name: str, kind: Kind[T], whole: Field, fields: Mapping[str, Field], findings: Findings
) -> T | None:
    if name in fields:
        return read(fields[name], kind, findings)
    message = f"{whole.name} has no {name}"
    findings.add(whole.line, "missing-key", message, f"{name}: {kind.example}")
    return None


def _comes_every_year(month: int, day: int) -> bool:
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        return False
    return True
