"""The checks of this machine: who may read its secrets, room, database, time, schedule."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.errors import NewsroomError
from newsroom.jobs.doctor.privacy_checks import judge_folders, judge_secrets
from newsroom.model import Schedule, Site
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Verdict, one_check
from newsroom.settings import Settings

_GIGABYTE = 10**9
_LEAST_ROOM = _GIGABYTE // 10  # for the database's log, a build and a backup to begin with
_TIMES = 3  # the site is built beside the old one, and the database copied into a backup
_SPOKEN = {"sv", "en"}
_LIBRARIES = ("SQLAlchemy", "dbos", "httpx", "dnspython", "Jinja2", "tzdata")


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to look at here."""

    settings: Settings
    site: Site
    public: Path  # the built site
    open_database: Callable[[], str]  # its kind and shape in words; raises NewsroomError
    schedule: Callable[[], Schedule | None]  # raises NewsroomError
    has_inbox: bool  # bounces are read: over IMAP, or told by a provider
    goes_further: bool  # mail leaves this machine


def machine_checks(machine: Machine, now: datetime) -> Iterator[Check]:
    """Every check that needs nobody else."""
    yield one_check("machine-secrets", tuple(judge_secrets(machine.settings)))
    yield one_check("machine-folders", tuple(judge_folders(machine.settings, machine.public)))
    yield _room(machine)
    yield _database(machine)
    yield _schedule(machine, now)
    yield _language(machine.site)
    yield _inbox(machine)
    yield _versions()


def _room(machine: Machine) -> Check:
    """Room for the next build, the database's log and a backup."""
    settings = machine.settings
    there = next(each for each in (settings.var, *settings.var.parents) if each.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        detail = say("the room on the disk cannot be seen: {why}", why=why(error))
        return Check("machine-disk", Verdict.UNKNOWN, detail)
    used = _size(machine.public) + sum(
        each.stat().st_size for each in settings.var.glob("newsroom.db*") if each.is_file()
    )
    need = _LEAST_ROOM + _TIMES * used
    told = {"free": _gigabytes(free), "need": _gigabytes(need)}
    if free < need:
        return Check(
            "machine-disk",
            Verdict.FAIL if free < _LEAST_ROOM else Verdict.WARN,
            say("{free} GB are free, and {need} GB may be needed", **told),
            say("make room on the disk of {folder}", folder=there),
        )
    return Check(
        "machine-disk", Verdict.OK, say("{free} GB are free, {need} GB may be needed", **told)
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


def _database(machine: Machine) -> Check:
    try:
        return Check("machine-database", Verdict.OK, say("{what}", what=machine.open_database()))
    except NewsroomError as error:
        return Check(
            "machine-database",
            Verdict.FAIL,
            say("{fault}", fault=error.sentence),
            say("see NEWSROOM_DATABASE, and that the server runs"),
            outside=True,
        )


def _schedule(machine: Machine, now: datetime) -> Check:
    """When the next issue leaves, in the site's own time."""
    from newsroom.schedule.slots import next_due

    try:
        schedule = machine.schedule()
    except NewsroomError as error:
        return Check(
            "machine-schedule",
            Verdict.FAIL,
            say("{fault}", fault=error.sentence),
            say("mend schedule.yaml"),
        )
    zone = machine.site.timezone
    jobs = schedule.jobs if schedule else ()
    sends = [
        job for job in jobs if job.name.startswith("newsletter.") and job.name.endswith(".send")
    ]
    if schedule is None or not sends:
        return Check(
            "machine-schedule",
            Verdict.WARN,
            say(
                "schedule.yaml plans no newsletter; it is {now:%H:%M} in {zone}",
                now=now.astimezone(zone),
                zone=zone,
            ),
            say("plan one under newsletter:, or send by hand"),
        )
    due = min(next_due(job.rule, schedule.timezone, now) for job in sends)
    return Check(
        "machine-schedule",
        Verdict.OK,
        say(
            "it is {now:%H:%M} in {zone}; the next issue leaves {due:%Y-%m-%d %H:%M}",
            now=now.astimezone(zone),
            zone=zone,
            due=due.astimezone(zone),
        ),
    )


def _language(site: Site) -> Check:
    if site.language.partition("-")[0] in _SPOKEN:
        return Check("machine-language", Verdict.OK, say("{lang}", lang=site.language))
    return Check(
        "machine-language",
        Verdict.WARN,
        say(
            "newsroom speaks Swedish and English; its own words in {lang} are English",
            lang=site.language,
        ),
        say("write your own templates for what readers see"),
    )


def _inbox(machine: Machine) -> Check:
    if machine.has_inbox or not machine.goes_further:
        return Check("machine-inbox", Verdict.OK, say("what comes back is read"))
    return Check(
        "machine-inbox",
        Verdict.WARN,
        say("nobody reads what comes back, so dead addresses stay on the list"),
        say("set NEWSROOM_INBOX, or a webhook of your provider"),
    )


def _versions() -> Check:
    from importlib.metadata import PackageNotFoundError, version

    from newsroom import __version__

    def of(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return f"{name} –"

    libraries = ", ".join(map(of, _LIBRARIES))
    return Check(
        "machine-versions",
        Verdict.OK,
        say(
            "newsroom {version}, Python {python}, {libraries}",
            version=__version__,
            python=platform.python_version(),
            libraries=libraries,
        ),
    )
