"""The text of `schedule.yaml` as a schedule: plain words in English or Swedish."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from newsroom.model import Problem, Schedule, ScheduledJob, Severity
from newsroom.model.saying import say
from newsroom.model.schedule import (
    BACKUPS_KEPT,
    BACKUPS_REACH,
    Daily,
    Every,
    Weekly,
    Yearly,
)
from newsroom.schedule.fields import FaultOf, Field, Findings, parts, read_sheet
from newsroom.schedule.kinds import COUNT, DURATION, FOLDER, read, tell_never
from newsroom.schedule.lateness import latest_of
from newsroom.schedule.rules import read_rule
from newsroom.schedule.seasons import read_season
from newsroom.schedule.slots import meets_clock_change
from newsroom.schedule.vocabulary import is_swedish

_DAY = timedelta(days=1)

_EVERY_5_MINUTES = say("{{every: 5 minutes}}")
_FIRST_JOB = say("publish: {{every: 5 minutes}}")
_LATEST = say("{{latest, within: 6 hours}}")
_WHEN = ("every", "day", "at")
# What may stand in each section (None: any name), and what it may look like; in Swedish as well.
_JOBS: Mapping[str, tuple[tuple[str, ...] | None, str]] = {
    "publish": (_WHEN, _EVERY_5_MINUTES),
    "newsletter": (
        None,
        say('{{spring: {{month: june, day: first tuesday, at: "09:00"}}}}'),
    ),
    "links": (_WHEN, say('{{day: monday, at: "06:00"}}')),
    "bounces": (_WHEN, say("{{every: 15 minutes}}")),
    "backup": ((*_WHEN, "keep", "to"), '{at: "03:15", keep: 14}'),
    "housekeeping": (_WHEN, '{at: "03:30"}'),
}


def parse_schedule(
    text: str, source: PurePosixPath, zone: ZoneInfo, fault_of: FaultOf
) -> tuple[Schedule | None, tuple[Problem, ...]]:
    """The schedule, None if there is any error in it, and all its problems from the top down.

    `zone` holds where the file names no time zone of its own. A job that the file leaves out is
    not in the schedule: it never runs by itself. `fault_of` tells what is wrong with text that is
    no YAML.
    """
    findings = Findings(source, swedish=is_swedish(text))
    schedule = _schedule(read_sheet(text, fault_of, findings), zone, findings)
    if not schedule.jobs and not findings.failed:
        message = say("no job is named, so nothing runs by itself")
        findings.add(1, "empty-schedule", message, _FIRST_JOB, Severity.WARNING)
    return None if findings.failed else schedule, findings.in_order()


def _schedule(sheet: Field | None, zone: ZoneInfo, findings: Findings) -> Schedule:
    known = ("timezone", *_JOBS, "catch_up")
    fields = (parts(sheet, known, _FIRST_JOB, findings) if sheet else None) or {}
    if "timezone" in fields:
        zone = _zone(fields["timezone"], findings) or zone
    limits = _limits(fields["catch_up"], findings) if "catch_up" in fields else {}
    sections = {
        name: inner
        for name, field in fields.items()
        if name in _JOBS
        and not tell_never(field, findings)
        and (inner := parts(field, *_JOBS[name], findings)) is not None
    }
    jobs = tuple(
        job
        for name, inner in sections.items()
        for job in _jobs(fields[name], inner, limits.get(name, latest_of(name)), findings)
    )
    _note_clock_changes(jobs, fields, zone, findings)
    backup = sections.get("backup", {})
    keep = read(backup["keep"], COUNT, findings) if "keep" in backup else None
    to = read(backup["to"], FOLDER, findings) if "to" in backup else None
    keep = keep or BACKUPS_KEPT
    _warn_of_old_backups(jobs, keep, fields, findings)
    return Schedule(zone, jobs, keep, to, backup["to"].line if to else None)


def _warn_of_old_backups(
    jobs: Iterable[ScheduledJob],
    keep: int,
    fields: Mapping[str, Field],
    findings: Findings,
) -> None:
    """Tell when an erased person is in the backups for longer than the privacy page says."""
    rule = next((job.rule for job in jobs if job.name == "backup"), None)
    if rule is None:
        return
    apart = {Daily: _DAY, Weekly: 7 * _DAY, Yearly: 365 * _DAY}
    between = rule.interval if isinstance(rule, Every) else apart[type(rule)]
    if keep * between > BACKUPS_REACH:
        message = say(
            "so many backups reach back more than {days} days, and the privacy page says that who "
            "was erased is gone from them within a month",
            days=BACKUPS_REACH.days,
        )
        most = max(1, BACKUPS_REACH // between)
        findings.add(
            fields["backup"].line, "old-backups", message, f"keep: {most}", Severity.WARNING
        )


def _zone(field: Field, findings: Findings) -> ZoneInfo | None:
    try:
        return ZoneInfo(field.text)
    except (KeyError, ValueError, OSError):  # unknown; not a name at all; a folder of names
        message = say(
            '{field} "{written}" is not a time zone', field=field.name, written=field.text
        )
        words, otherwise = field.as_written("Europe/Stockholm"), say("leave the line out")
        findings.add(field.line, "bad-timezone", message, words, otherwise=otherwise)
        return None


def _limits(whole: Field, findings: Findings) -> dict[str, timedelta | None]:
    """How late each job may still run, for those that `catch_up` names."""
    fields = parts(whole, _JOBS, "{publish: latest}", findings) or {}
    return {name: _limit(field, findings) for name, field in fields.items()}


def _limit(field: Field, findings: Findings) -> timedelta | None:
    """How late one job may still run; None where only `latest` is said.

    That is however late for every job but the sending of a newsletter, which then has the six hours
    that it has when `catch_up` does not name it.
    """
    if field.text == "latest":
        return None
    fields = parts(field, ("latest", "within"), _LATEST, findings) or {}
    return read(fields["within"], DURATION, findings) if "within" in fields else None


def _jobs(
    whole: Field, fields: Mapping[str, Field], within: timedelta | None, findings: Findings
) -> Iterator[ScheduledJob]:
    if whole.name == "newsletter":
        for season in fields.values():
            yield from read_season(season, within, findings)
    elif rule := read_rule(whole, fields, findings):
        yield ScheduledJob(whole.name, rule, within)


def _note_clock_changes(
    jobs: Iterable[ScheduledJob], fields: Mapping[str, Field], zone: ZoneInfo, findings: Findings
) -> None:
    """Tell of jobs at a local time that does not come, or comes twice, on some day."""
    for job in jobs:
        if meets_clock_change(job.rule, zone):
            line = fields[job.name.partition(".")[0]].line
            message = say(
                "{job} is at a time that the clocks skip or repeat once a year", job=job.name
            )
            fix = say("write another hour, or keep it: it runs once, at the first moment there is")
            findings.advise(line, "clock-change", message, fix, Severity.NOTE)
