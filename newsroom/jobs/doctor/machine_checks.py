"""The checks of this machine: who may read its secrets, room, database, time, schedule."""

import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.errors import NewsroomError
from newsroom.model import Schedule, Site
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Remark, Verdict, one_check
from newsroom.settings import Settings

_OTHERS = 0o077  # permissions of the group and of everybody
_GOOD_LENGTH = 32  # characters of a secret that a person wrote
_MEGABYTE = 1 << 20
_LEAST_ROOM = 100 * _MEGABYTE  # for the database's log, a build and a backup to begin with
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
    yield one_check("machine-secrets", tuple(_secrets(machine.settings)))
    yield one_check("machine-folders", tuple(_folders(machine)))
    yield _room(machine)
    yield _database(machine)
    yield _schedule(machine, now)
    yield _language(machine.site)
    yield _inbox(machine)
    yield _versions()


def key_checks(unusable: Iterable[str]) -> Iterator[Check]:
    """The files of keys that cannot sign: no mail leaves before they can."""
    for fault in unusable:
        fix = say("make a key with: {command}", command="newsroom dkim new")
        yield Check("machine-keys", Verdict.FAIL, say("{fault}", fault=fault), fix)


def _secrets(settings: Settings) -> Iterator[Remark]:
    """Whoever reads them can make links that unsubscribe others, or send in our name."""
    files = [settings.var / "secret", settings.root / ".env", *(k.path for k in settings.dkim)]
    for path in files:
        if os.name != "posix":
            yield Remark(
                Verdict.UNKNOWN,
                say("who may read {file} is not looked at on this system", file=path.name),
                say("let nobody but newsroom's own account read it"),
            )
        elif path.is_file() and path.stat().st_mode & _OTHERS:
            yield Remark(
                Verdict.FAIL,
                say("{file} can be read by others on this machine", file=path),
                say("chmod 600 {file}", file=path),
            )
    if len(settings.secret) < _GOOD_LENGTH:
        yield Remark(
            Verdict.WARN,
            say("NEWSROOM_SECRET has {count} characters", count=len(settings.secret)),
            say(
                "write one of {count} random characters in front of it, with a comma between",
                count=_GOOD_LENGTH,
            ),
        )
    yield Remark(Verdict.OK, say("secrets are kept to newsroom's own account"))


def _folders(machine: Machine) -> Iterator[Remark]:
    """What is private must not stand where the web server looks."""
    public, settings = machine.public.resolve(), machine.settings
    private = [settings.var, settings.root / ".env", settings.posts]
    private += [settings.outgoing] if settings.outgoing else []
    for path in private:
        if path.resolve().is_relative_to(public):
            yield Remark(
                Verdict.FAIL,
                say("{path} stands in the public folder {public}", path=path, public=public),
                say("let deploy: in posts/site.yaml name a folder of its own, such as public"),
            )
    for path in (settings.var, public.parent):
        place = next(each for each in (path, *path.parents) if each.exists())
        if not os.access(place, os.W_OK):
            yield Remark(
                Verdict.FAIL,
                say("{path} cannot be written", path=place),
                say("give it to the account that newsroom runs as"),
            )
    yield Remark(Verdict.OK, say("nothing private stands in the public folder"))


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
    told = {"free": free // _MEGABYTE, "need": need // _MEGABYTE}
    if free < need:
        return Check(
            "machine-disk",
            Verdict.FAIL if free < _LEAST_ROOM else Verdict.WARN,
            say("{free} MB are free, and {need} MB may be needed", **told),
            say("make room on the disk of {folder}", folder=there),
        )
    return Check(
        "machine-disk", Verdict.OK, say("{free} MB are free, {need} MB may be needed", **told)
    )


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
