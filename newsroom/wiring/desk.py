"""One newsroom: its folder, settings and clock, and its parts, each made when first asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsroom.errors import ContentError, ScheduleError
from newsroom.model import Newsroom, Problem, Schedule, Severity, Site
from newsroom.model.saying import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.content.folder import Reading
    from newsroom.delivery.mailer import Mailer
    from newsroom.delivery.transports.transport import Transport
    from newsroom.jobs.readers.front_desk import FrontDesk
    from newsroom.outside.links.visitor import Net
    from newsroom.render.pages.frame import Frame
    from newsroom.render.templates import Templates
    from newsroom.settings import Settings

_SCHEDULE = PurePosixPath("schedule.yaml")


class Desk:
    """One newsroom's folder, settings and time, and what can be done with them."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        adjust: Callable[[Site], Site] | None = None,
        net: Net | None = None,
        *,
        only_looks: bool = False,
    ) -> None:
        """`adjust` has the last word on the site: the demo's address, say.

        `net` is how other sites are reached, where it is not the public web. With `only_looks` a
        database of an older version is refused and not migrated: the bot may be working with it.
        """
        self.settings = settings
        self.clock = clock
        self.net = net
        self._adjust = adjust
        self._only_looks = only_looks

    @property
    def is_adjusted(self) -> bool:
        """Whether the site is another one than its folder says."""
        return self._adjust is not None

    def at(self, when: str) -> Desk:
        """The same desk at a time that a person wrote; from there its clock goes on."""
        from newsroom.wiring.written_time import moment_of

        ahead = moment_of(when, self.site.timezone) - self.clock()
        return self._like(lambda: self.clock() + ahead)

    def close(self) -> None:
        """Give the database back, when it was asked for."""
        if "database" in self.__dict__:
            self.database.dispose()

    def anew(self) -> Desk:
        """The same newsroom with its settings read again."""
        return self._like(self.clock)

    def _like(self, clock: Callable[[], datetime]) -> Desk:
        return Desk(self.settings, clock, self._adjust, self.net, only_looks=self._only_looks)

    def rules_digest(self) -> str:
        """A digest of what the parts of a running newsroom go by: settings and templates.

        Raises OutsideError when one of the files is there and cannot be read.
        """
        from newsroom.wiring.rules import rules_digest

        files = (self.settings.posts / "site.yaml", self.settings.root / _SCHEDULE)
        return rules_digest(files, self.settings.root / "templates")

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
            raise content_error(home.problems)
        return self._adjust(home.site) if self._adjust else home.site

    def schedule(self) -> tuple[Schedule, tuple[Problem, ...]]:
        """`schedule.yaml`, and what deserves a remark. Raises ScheduleError with all its faults."""
        from newsroom.wiring.schedule_file import require_schedule

        return require_schedule(self.settings.root, _SCHEDULE, self.site.timezone)

    def schedule_problems(self) -> tuple[Problem, ...]:
        """What is wrong with `schedule.yaml`, when there is one, or with what it names."""
        from newsroom.wiring.backup_folders import problems_of_backups
        from newsroom.wiring.schedule_file import read_schedule

        zone = ZoneInfo("UTC")  # only the words are looked at
        schedule, problems = read_schedule(self.settings.root, _SCHEDULE, zone)
        return problems if schedule is None else (*problems, *problems_of_backups(self, schedule))

    def schedule_if_any(self) -> Schedule | None:
        """The schedule, or None in a newsroom that has none."""
        return self.schedule()[0] if (self.settings.root / _SCHEDULE).is_file() else None

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
        from newsroom.wiring.own_database import open_own_database

        return open_own_database(self.settings, self.clock, only_looks=self._only_looks)

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The secrets, newest first."""
        return (self.settings.secret, *self.settings.old_secrets)

    @property
    def envelope_sender(self) -> str:
        """Where messages that cannot be delivered come back to."""
        return self.site.sender.bounces or self.site.sender.email

    @cached_property
    def shared_clock(self) -> Callable[[], datetime]:
        """The time that sending goes by, and all else that is done on one machine alone.

        Where several share a database, a wrong clock on one of them would send too fast, or twice.
        """
        from newsroom.delivery.sending.clock import shared_clock

        return shared_clock(self.database, self.clock)

    @property
    def mailer(self) -> Mailer:
        """Sends single mails, ahead of any issue."""
        from newsroom.delivery.mailer import Mailer
        from newsroom.delivery.pace.system_turn import SystemTurn

        if self.settings.mail.startswith("folder:"):  # files are written, and nothing leaves
            return Mailer(self.transport, self.envelope_sender)
        turn = SystemTurn(self.database, self.site.sending, self.shared_clock)
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
            leaked=self.settings.leaked,
            coordinator=self.coordinator,
            next_issue=self.next_issue,
        )

    def next_issue(self) -> datetime | None:
        """When an issue is sent next, on its own day or on one that a person set.

        None where no schedule says it, or one that cannot be read: readers are told no day, then.
        """
        from newsroom.database import reading
        from newsroom.jobs.health.coming import Almanac

        try:
            schedule = self.schedule_if_any()
        except ScheduleError:
            return None
        if schedule is None:
            return None
        with reading(self.database) as connection:
            found = Almanac(schedule, self.site, connection).next_issue(self.clock())
        return found.day if found else None

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


def usable(reading: Reading) -> Newsroom:
    """What was read of a folder. Raises ContentError when site.yaml has faults."""
    if reading.newsroom is None:
        raise content_error(reading.problems)
    return reading.newsroom


def content_error(problems: Iterable[Problem]) -> ContentError:
    """The errors among some problems as one exception, a line for each."""
    faults = [problem.sentence for problem in problems if problem.severity is Severity.ERROR]
    return ContentError(joined("\n", faults))
