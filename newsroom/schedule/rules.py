"""The fields of one job as the rule it runs by."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import timedelta

from newsroom.model import Daily, Every, Rule, Weekly, Yearly
from newsroom.model.saying import say
from newsroom.schedule.fields import Field, Findings
from newsroom.schedule.kinds import (
    DAY_OF_MONTH,
    DURATION,
    MONTH,
    TIME,
    Kind,
    T,
    read,
    read_weekday,
)
from newsroom.schedule.vocabulary import find_day_of_year, is_each_day, last_for_fifth

_COMMON_YEAR = 2026  # one without 29 February, which is no day to promise readers something on
_DATE = re.compile(r"[0-9]+(?:st|nd|rd|th|:e|:a)?")


def read_rule(whole: Field, fields: Mapping[str, Field], findings: Findings) -> Rule | None:
    """`{every}`, `{at}` or `{day, at}`; None with the reason reported."""
    if "every" in fields:
        return _every(fields, findings)
    if not fields:
        message = say("{field} does not say when", field=whole.name)
        words = say("{name}: {example}", name="every", example=DURATION.example)
        once = say("at: {time} for once a day", time=TIME.example)
        findings.add(whole.line, "missing-key", message, words, otherwise=once)
        return None
    at = _required("at", TIME, whole, fields, findings)
    if "day" not in fields or is_each_day(fields["day"].text):
        return None if at is None else Daily(at)
    day = read_weekday(fields["day"], findings)
    return None if at is None or day is None else Weekly(day, at)


def read_yearly(whole: Field, fields: Mapping[str, Field], findings: Findings) -> Yearly | None:
    """`{month, day, at}`, the day as `first tuesday` or `15th`; None with the reason reported.

    The month may stand with the day instead: `first tuesday in june`.
    """
    month, day = _month_and_day(whole, fields, findings)
    at = _required("at", TIME, whole, fields, findings)
    if month is None or day is None or at is None:
        return None
    if isinstance(day, tuple):
        nth, weekday = day
        return Yearly(month, at, weekday=weekday, nth=nth)
    last = monthrange(_COMMON_YEAR, month)[1]
    if not 0 < day <= last:
        written = fields["day"]
        message = say(
            '{field} "{written}" does not come every year',
            field=written.name,
            written=written.text,
        )
        fix = written.as_written(_DATE.sub(str(last), written.text, count=1))
        findings.add(written.line, "bad-day", message, fix)
        return None
    return Yearly(month, at, day=day)


def _month_and_day(
    whole: Field, fields: Mapping[str, Field], findings: Findings
) -> tuple[int | None, tuple[int, int] | int | None]:
    both = find_day_of_year(fields["day"].text) if "day" in fields else None
    if both is None:
        if "day" in fields and (last := last_for_fifth(fields["day"].text)) is not None:
            _tell_fifth(fields["day"], last, findings)
            return None, None
        month = _required("month", MONTH, whole, fields, findings)
        return month, _required("day", DAY_OF_MONTH, whole, fields, findings)
    named = read(fields["month"], MONTH, findings) if "month" in fields else both[0]
    if named not in {None, both[0]}:
        message = say(
            '{field} "{written}" is in another month than month says',
            field=fields["day"].name,
            written=fields["day"].text,
        )
        findings.advise(fields["day"].line, "contradiction", message, say("write the month once"))
    return both


def _tell_fifth(day: Field, last: str, findings: Findings) -> None:
    message = say(
        '{field} "{written}" does not come in every month', field=day.name, written=day.text
    )
    findings.add(day.line, "bad-day", message, day.as_written(last))


def _every(fields: Mapping[str, Field], findings: Findings) -> Every | None:
    field = fields["every"]
    for name in [name for name in ("day", "at") if name in fields]:
        message = say(
            "{field} stands beside every, which has no {name}", field=fields[name].name, name=name
        )
        fix = say("keep either every or {name}", name=name)
        findings.advise(fields[name].line, "contradiction", message, fix)
    interval = read(field, DURATION, findings)
    if interval is None:
        return None
    if interval >= timedelta(days=1):
        message = say(
            '{field} "{written}" is not less than a day', field=field.name, written=field.text
        )
        fix = say(
            "write {at} in place of every, and {day} beside it for once a week",
            at='at: "03:00"',
            day=say("day: monday"),
        )
        findings.advise(field.line, "bad-duration", message, fix)
        return None
    return Every(interval)


def _required(
    name: str, kind: Kind[T], whole: Field, fields: Mapping[str, Field], findings: Findings
) -> T | None:
    if name in fields:
        return read(fields[name], kind, findings)
    message = say("{field} has no {name}", field=whole.name, name=name)
    fix = say("{name}: {example}", name=name, example=kind.example)
    findings.add(whole.line, "missing-key", message, fix)
    return None
