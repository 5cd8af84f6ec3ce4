"""The checks of this machine: who may read its secrets, room, database, time, schedule."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.errors import NewsroomError
from newsroom.jobs.doctor.bounce_check import judge_returns
from newsroom.jobs.doctor.privacy_checks import judge_folders, judge_secrets
from newsroom.jobs.issue.departure import leaving
from newsroom.model import Schedule, Site
from newsroom.model.checkup import Check, Remark, check_of, fault, fine, unchecked, warning
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.render.words import SPOKEN
from newsroom.settings import Settings

_GIGABYTE = 10**9
_LEAST_ROOM = _GIGABYTE // 10  # for the database's log, a build and a backup to begin with
_TIMES = 3  # the site is built beside the old one, and the database copied into a backup
_LIBRARIES = ("SQLAlchemy", "dbos", "httpx", "dnspython", "Jinja2", "tzdata")


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to look at here."""

    settings: Settings
    site: Site
    public: Path  # the built site
    open_database: Callable[[], str]  # its kind and shape in words; raises NewsroomError
    schedule: Callable[[], Schedule | None]  # raises NewsroomError
    next_issue: Callable[[Schedule], datetime | None]  # when one is sent; raises NewsroomError
    goes_further: bool  # mail leaves this machine


def machine_checks(machine: Machine, now: datetime) -> Iterator[Check]:
    """Every check that needs nobody else."""
    settings, site = machine.settings, machine.site
    yield check_of("machine-secrets", tuple(judge_secrets(settings)))
    yield check_of("machine-folders", tuple(judge_folders(settings, machine.public)))
    yield check_of("machine-disk", [_judge_room(settings, machine.public)])
    yield check_of("machine-database", [_judge_database(machine)])
    yield from _plans(machine, now)
    yield check_of("machine-language", [_judge_language(site)])
    yield check_of("machine-versions", [_versions()])


def _plans(machine: Machine, now: datetime) -> Iterator[Check]:
    """What schedule.yaml plans: the next issue, and that somebody reads what comes back."""
    try:
        schedule = machine.schedule()
    except NewsroomError as error:
        mend = fault(say("{fault}", fault=error.sentence), say("mend schedule.yaml"))
        yield check_of("machine-schedule", [mend])
        return
    yield check_of("machine-schedule", [_judge_schedule(machine, schedule, now)])
    returns = judge_returns(machine.settings, schedule, goes_further=machine.goes_further)
    yield check_of("machine-inbox", tuple(returns))


def _judge_room(settings: Settings, public: Path) -> Remark:
    """Room for the next build, the database's log and a backup."""
    there = next(each for each in (settings.var, *settings.var.parents) if each.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return unchecked(say("the room on the disk cannot be seen: {why}", why=why(error)))
    used = _size(public) + sum(
        each.stat().st_size for each in settings.var.glob("newsroom.db*") if each.is_file()
    )
    need = _LEAST_ROOM + _TIMES * used
    told = {"free": _gigabytes(free), "need": _gigabytes(need)}
    if free >= need:
        return fine(say("{free} GB are free, {need} GB may be needed", **told))
    weigh = fault if free < _LEAST_ROOM else warning
    return weigh(
        say("{free} GB are free, and {need} GB may be needed", **told),
        say("make room on the disk of {folder}", folder=there),
    )


def _gigabytes(octets: int) -> str:
    """As people say it: 63, or less than 1."""
    return str(octets // _GIGABYTE) if octets >= _GIGABYTE else say("less than 1")


def _size(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return sum(
        (Path(where) / name).lstat().st_size
        for where, _, names in os.walk(folder)
        for name in names
    )


def _judge_database(machine: Machine) -> Remark:
    try:
        return fine(say("{what}", what=machine.open_database()))
    except NewsroomError as error:
        see = say("see NEWSROOM_DATABASE, and that the server runs")
        return fault(say("{fault}", fault=error.sentence), see, outside=True)


def _judge_schedule(machine: Machine, schedule: Schedule | None, now: datetime) -> Remark:
    """When the next issue leaves, in the site's own time."""
    zone = machine.site.timezone
    here = now.astimezone(zone)
    due = _next_issue(machine, schedule, now)
    if due is None:
        return warning(
            say(
                "schedule.yaml plans no newsletter; it is {now:%H:%M} in {zone}",
                now=here,
                zone=zone,
            ),
            say("plan one under newsletter:, or send by hand"),
        )
    return fine(
        say(
            "it is {now:%H:%M} in {zone}; the next issue leaves {due:%Y-%m-%d %H:%M}",
            now=here,
            zone=zone,
            due=due.astimezone(zone),
        )
    )


def _next_issue(machine: Machine, schedule: Schedule | None, now: datetime) -> datetime | None:
    """When an issue is sent next; None where none is planned.

    While the database does not answer, which another check tells, that is as the schedule has it.
    """
    if schedule is None:
        return None
    try:
        return machine.next_issue(schedule)
    except NewsroomError:
        due = _next_slot(schedule, now)
    return due and leaving(due, machine.site.sending, machine.site.timezone).sent


def _next_slot(schedule: Schedule, now: datetime) -> datetime | None:
    from newsroom.schedule.slots import next_due

    sends = [
        job
        for job in schedule.jobs
        if job.name.startswith("newsletter.") and job.name.endswith(".send")
    ]
    return min((next_due(job.rule, schedule.timezone, now) for job in sends), default=None)


def _judge_language(site: Site) -> Remark:
    if site.language.partition("-")[0] in SPOKEN:
        return fine(say("{lang}", lang=site.language))
    return warning(
        say(
            "newsroom speaks Swedish and English; its own words in {lang} are English",
            lang=site.language,
        ),
        say("write your own templates for what readers see"),
    )


def _versions() -> Remark:
    from importlib.metadata import PackageNotFoundError, version

    from newsroom import __version__

    def of(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return f"{name} –"

    libraries = ", ".join(map(of, _LIBRARIES))
    return fine(
        say(
            "newsroom {version}, Python {python}, {libraries}",
            version=__version__,
            python=platform.python_version(),
            libraries=libraries,
        )
    )
