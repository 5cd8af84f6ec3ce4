"""An entry below `newsletter:`: the jobs that draft an issue, remind of it and send it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from newsroom.model import ScheduledJob, Severity, Yearly, is_slug, slugify
from newsroom.model.saying import say
from newsroom.schedule.answering import least_notice
from newsroom.schedule.fields import Field, Findings, parts
from newsroom.schedule.kinds import DAYS_BEFORE, read, tell_never
from newsroom.schedule.lateness import LATEST_SEND
from newsroom.schedule.rules import read_yearly

_NAMES = ("month", "day", "at", "draft", "remind")
_EXAMPLE = say('{{month: june, day: first tuesday, at: "09:00", draft: 21 days before}}')


def read_season(
    whole: Field, within: timedelta | None, findings: Findings
) -> Iterator[ScheduledJob]:
    """The season's jobs, in the order they are due.

    The sending may be too late to be run, and a reminder when its issue's time has come. One that
    would come too late for an answer comes earlier than written, which is told.
    """
    _check_name(whole, findings)
    fields = parts(whole, _NAMES, _EXAMPLE, findings)
    if fields is None:
        return
    send = read_yearly(whole, fields, findings)
    draft = _days_before("draft", fields, findings)
    remind = _days_before("remind", fields, findings)
    if draft and remind and remind >= draft:
        message = say(
            "{field} is not later than the draft it reminds of", field=fields["remind"].name
        )
        fix = say("write fewer days than draft has")
        findings.advise(fields["remind"].line, "contradiction", message, fix)
    if send is None:
        return
    if remind and remind < least_notice(send):
        remind = _in_time(fields["remind"], send, draft, findings)
    if draft:
        yield ScheduledJob(f"{whole.name}.draft", replace(send, before=draft))
    if remind:
        yield ScheduledJob(f"{whole.name}.remind", replace(send, before=remind), remind)
    yield ScheduledJob(f"{whole.name}.send", send, within or LATEST_SEND)


def _days_before(name: str, fields: Mapping[str, Field], findings: Findings) -> timedelta | None:
    """How long ahead something is done; None if it is not."""
    if name not in fields or tell_never(fields[name], findings):
        return None
    return read(fields[name], DAYS_BEFORE, findings)


def _in_time(
    field: Field, send: Yearly, draft: timedelta | None, findings: Findings
) -> timedelta | None:
    """How long ahead to remind in place of a reminder that leaves no time; None: there is none."""
    notice = least_notice(send)
    is_room = draft is None or notice < draft
    message = say(
        '{field} "{written}" is too late: the last day to approve is two working days before it is '
        "sent, so the reminder comes {days} days before",
        field=field.name,
        written=field.text,
        days=notice.days,
    )
    if not is_room:
        message = say(
            '{field} "{written}" is too late: the last day to approve is two working days before '
            "it is sent, and the draft comes no earlier, so nobody is reminded",
            field=field.name,
            written=field.text,
        )
    fix = say("remind: {days} days before", days=notice.days)
    if not is_room:
        fix = say("draft: 21 days before")
    findings.add(field.line, "late-reminder", message, fix, Severity.WARNING)
    return notice if is_room else None


def _check_name(whole: Field, findings: Findings) -> None:
    name = whole.name.removeprefix("newsletter.")
    if not is_slug(name):
        message = say(
            '"{name}" cannot stand in an address, and issues are named 2026-{name}', name=name
        )
        findings.add(whole.line, "bad-name", message, slugify(name) or "spring")
