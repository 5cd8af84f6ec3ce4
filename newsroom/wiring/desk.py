"""The desk: one newsroom's folder, settings and time, and its parts, each made when asked for."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsroom.errors import ContentError, OutsideError, ScheduleError, SettingsError, StateError
from newsroom.model import Newsroom, Problem, Schedule, Severity, Site
from newsroom.model.saying import joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.content.folder import Reading
    from newsroom.delivery.mailer import Mailer
    from newsroom.delivery.transports.transport import Transport
    from newsroom.jobs.readers.front_desk import FrontDesk
    from newsroom.outside.links import Net
    from newsroom.render.pages.frame import Frame
    from newsroom.render.templates import Templates
    from newsroom.settings import Settings

log = logging.getLogger(__name__)

_SCHEDULE = PurePosixPath("schedule.yaml")
_EARLIEST, _LATEST = 1970, 9000  # years that every calendar here can count from and to


class Desk:
    """One newsroom's folder, settings and time, and what can be done with them."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        adjust: Callable[[Site], Site] | None = None,
        net: Net | None = None,
    ) -> None:
        """`adjust` has the last word on the site: the demo's address, say.

        `net` is how other sites are reached, where it is not the public web.
        """
        self.settings = settings
        self.clock = clock
        self.net = net
        self._adjust = adjust

    @property
    def is_adjusted(self) -> bool:
        """Whether the site is another one than its folder says."""
        return self._adjust is not None

    def at(self, when: str) -> Desk:
        """The same desk at a time that a person wrote; from there its clock goes on."""
        ahead = moment_of(when, self.site.timezone) - self.clock()
        return Desk(self.settings, lambda: self.clock() + ahead, self._adjust, self.net)

    def close(self) -> None:
        """Give the database back, when it was asked for."""
        if "database" in self.__dict__:
            self.database.dispose()

    def anew(self) -> Desk:
        """The same newsroom with its settings read again."""
        return Desk(self.settings, self.clock, self._adjust, self.net)

    def rules_digest(self) -> str:
        """A digest of what the parts of a running newsroom go by: settings and templates.

        Raises OutsideError when one of the files is there and cannot be read.
        """
        from newsroom.wiring.rules import digest_of

        files = (self.settings.posts / "site.yaml", self.settings.root / _SCHEDULE)
        return digest_of(files, self.settings.root / "templates")

    # What the folder says

    def read(self, meanwhile: Callable[[], None] | None = None) -> Reading:
        """The content folder as it is now; `meanwhile` is called while other processes read."""
        from newsroom.content.folder import read

        cache = self.settings.var / "cache"
        reading = read(self.settings.root, cache=cache, meanwhile=meanwhile)
        if reading.newsroom is None or self._adjust is None:
            return reading
        site = self._adjust(reading.newsroom.site)
        return replace(reading, newsroom=replace(reading.newsroom, site=site))

    def read_newsroom(self) -> Newsroom:
        """What can be read now. Raises ContentError when site.yaml has faults."""
        return usable(self.read())

    @cached_property
    def site(self) -> Site:
        """The site as it was when the desk first looked.

        Raises ContentError when site.yaml has faults.
        """
        from newsroom.content.folder.reading import read_home_alone

        home = read_home_alone(self.settings.root)
        if home.site is None:
            raise _faults(home.problems)
        return self._adjust(home.site) if self._adjust else home.site

    def schedule(self) -> tuple[Schedule, tuple[Problem, ...]]:
        """`schedule.yaml`, and what deserves a remark. Raises ScheduleError with all its faults."""
        schedule, problems = self._read_schedule(self.site.timezone)
        if schedule is None:
            missing = say(
                "{schedule}: the file is missing; newsroom init DIR writes one", schedule=_SCHEDULE
            )
            faults = joined("\n", (problem.sentence for problem in problems))
            raise ScheduleError(faults or missing)
        return schedule, problems

    def schedule_problems(self) -> tuple[Problem, ...]:
        """What is wrong with `schedule.yaml`, when there is one."""
        return self._read_schedule(ZoneInfo("UTC"))[1]  # only the words are looked at

    def schedule_if_any(self) -> Schedule | None:
        """The schedule, or None in a newsroom that has none."""
        return self.schedule()[0] if (self.settings.root / _SCHEDULE).is_file() else None

    def _read_schedule(self, zone: ZoneInfo) -> tuple[Schedule | None, tuple[Problem, ...]]:
        """The schedule, None when it cannot be used, and its problems; no file has none."""
        from newsroom.content.folder.files import read_text
        from newsroom.content.front.notes import Notes
        from newsroom.schedule import parse_schedule

        notes = Notes(_SCHEDULE)
        text = read_text(self.settings.root / _SCHEDULE, notes)
        return (None, notes.problems) if text is None else parse_schedule(text, _SCHEDULE, zone)

    # Parts

    @cached_property
    def template_folders(self) -> tuple[Path, ...]:
        """The newsroom's own templates, which win over the packaged ones."""
        from newsroom.render.templates import default_templates

        own = self.settings.root / "templates"
        return (own, default_templates()) if own.is_dir() else (default_templates(),)

    @cached_property
    def templates(self) -> Templates:
        """The templates of pages and mails."""
        from newsroom.render.templates import Templates

        return Templates(self.template_folders, self.settings.var / "cache" / "templates")

    @cached_property
    def database(self) -> Engine:
        """The database, in the shape that this version needs."""
        from alembic.util import CommandError
        from sqlalchemy.exc import DatabaseError

        from newsroom.database import migrate, open_database
        from newsroom.readers.departed import Register, attach

        engine = open_database(self.settings.database)
        attach(engine, Register(self.settings.departed), self.settings.secret)
        try:
            migrate(engine, lambda: self._back_up(engine))
        except DatabaseError as error:
            said = str(error.orig).partition("\n")[0]
            raise OutsideError(
                say("the database of NEWSROOM_DATABASE: {said}", said=said)
            ) from error
        except CommandError as error:
            raise StateError(
                say(
                    "the database was made by another version of newsroom: {error}; use that one",
                    error=error,
                )
            ) from error
        return engine

    def _back_up(self, engine: Engine) -> None:
        """Keep the database as it is, before this version changes its shape."""
        from newsroom.wiring.keeping import before_upgrade

        path = before_upgrade(self.settings, engine, self.clock())
        log.info(say("the database is brought up to date; as it was, it is in {path}", path=path))

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The secrets, newest first."""
        return (self.settings.secret, *self.settings.old_secrets)

    @property
    def envelope_sender(self) -> str:
        """Where messages that cannot be delivered come back to."""
        return self.site.sender.bounces or self.site.sender.email

    # Mail and the public forms

    @property
    def mailer(self) -> Mailer:
        """Sends single mails, ahead of any issue."""
        from newsroom.delivery.mailer import Mailer
        from newsroom.delivery.pace.system_turn import SystemTurn
        from newsroom.delivery.sending.clock import shared_clock

        if self.settings.mail.startswith("folder:"):  # files are written, and nothing leaves
            return Mailer(self.transport, self.envelope_sender)
        clock = shared_clock(self.database, self.clock)
        turn = SystemTurn(self.database, self.site.sending, clock)
        return Mailer(self.transport, self.envelope_sender, turn)

    def transport(self) -> Transport:
        """A way out of the house of one's own, as the settings name it."""
        return self._way_out()

    @cached_property
    def _way_out(self) -> Callable[[], Transport]:
        from newsroom.wiring.post_out import way_out

        return way_out(self.settings, self.site.url, self.clock)

    @cached_property
    def front_desk(self) -> FrontDesk:
        """What the public forms have behind them."""
        from newsroom.jobs.readers.front_desk import FrontDesk

        return FrontDesk(
            site=self.site,
            engine=self.database,
            keys=self.keys,
            templates=self.templates,
            mailer=self.mailer,
            mail_folders=self.mail_folders,
            coordinator=self.coordinator,
        )

    def coordinator(self) -> str | None:
        """The address of the first approver who has one; None where there is nobody.

        Memos tell of a folder that cannot be read, too: then there is nobody, either.
        """
        from newsroom.jobs.approval.approvers import approvers_of

        try:
            people = approvers_of(self.read_newsroom(), self.clock())
        except ContentError:
            return None
        return next((person.email for person in people if person.email), None)

    @property
    def mail_folders(self) -> tuple[Path, ...]:
        """The folders that mails to readers are written to; each may not be there."""
        outgoing = self.settings.outgoing
        return (*([outgoing] if outgoing else []), self.settings.var / "rehearsals")

    def frame(self) -> Frame:
        """What surrounds every page now, for the pages that the web process makes."""
        from newsroom.render.pages.whole_site import frame

        return frame(self.read_newsroom(), self.clock(), self.templates)


def moment_of(when: str, zone: ZoneInfo) -> datetime:
    """The time that a person wrote. Raises SettingsError for what is none."""
    from newsroom.content.front.times import in_zone, read_when

    written = read_when(when.strip())
    if written is None:
        raise SettingsError(say('--now "{when}" is not a time; write 2026-12-01T09:00', when=when))
    if not _EARLIEST <= written.day.year <= _LATEST:
        raise SettingsError(
            say('--now "{when}" is too far away; write 2026-12-01T09:00', when=when)
        )
    return in_zone(written, zone)[0]


def usable(reading: Reading) -> Newsroom:
    """What was read of a folder. Raises ContentError when site.yaml has faults."""
    if reading.newsroom is None:
        raise _faults(reading.problems)
    return reading.newsroom


def _faults(problems: Iterable[Problem]) -> ContentError:
    """What keeps the newsroom from being used."""
    faults = [problem.sentence for problem in problems if problem.severity is Severity.ERROR]
    return ContentError(joined("\n", faults))
