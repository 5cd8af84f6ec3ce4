"""An issue of the year, as `newsletter` describes it: when it is drafted, reminded of and sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from newsroom.model import ScheduledJob, is_slug, slugify
from newsroom.model.saying import say
from newsroom.schedule.fields import Field, Findings, parts
from newsroom.schedule.kinds import DAYS_BEFORE, read
from newsroom.schedule.lateness import LATEST_SEND
from newsroom.schedule.rules import read_yearly

_NAMES = ("month", "day", "at", "draft", "remind")
_EXAMPLE = '{month: june, day: first tuesday, at: "09:00", draft: 21 days before}'


def read_season(
    whole: Field, within: timedelta | None, findings: Findings
) -> Iterator[ScheduledJob]:
    """The season's jobs, in the order they are due.

    The sending may be too late to be run, and a reminder when its issue's time has come.
    """
    _check_name(whole, findings)
    fields = parts(whole, _NAMES, _EXAMPLE, findings)
    if fields is None:
        return
    send = read_yearly(whole, fields, findings)
    draft = read(fields["draft"], DAYS_BEFORE, findings) if "draft" in fields else None
    remind = read(fields["remind"], DAYS_BEFORE, findings) if "remind" in fields else None
    if draft and remind and remind >= draft:
        message = say(
            "{field} is not later than the draft it reminds of", field=fields["remind"].name
        )
        fix = say("fewer days than draft has")
        findings.add(fields["remind"].line, "contradiction", message, fix)
    if send is None:
        return
    if draft:
        yield ScheduledJob(f"{whole.name}.draft", replace(send, before=draft))
    if remind:
        yield ScheduledJob(f"{whole.name}.remind", replace(send, before=remind), remind)
    yield ScheduledJob(f"{whole.name}.send", send, within or LATEST_SEND)


def _check_name(whole: Field, findings: Findings) -> None:
    name = whole.name.removeprefix("newsletter.")
    if not is_slug(name):
        message = say(
            '"{name}" cannot stand in an address, and issues are named 2026-{name}', name=name
        )
        findings.add(whole.line, "bad-name", message, slugify(name) or "spring")
