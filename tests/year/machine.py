"""The machine that the newsroom runs on: clock, sender and web in one process, as `newsroom run`.

Its time is the year's. What it does between two moments is real: its database, its mails, its
pages, the engine with its workers.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from starlette.testclient import TestClient

from newsroom.database import reading
from newsroom.database.tables import delivery, issue, outbox
from newsroom.delivery.pace.hours import next_opening
from newsroom.delivery.sending.dispatch import on_their_way
from newsroom.errors import NewsroomError
from newsroom.jobs.issue.send import PostOffice, at_work
from newsroom.jobs.tick import Done
from newsroom.model.delivery import DeliveryState
from newsroom.settings import Settings
from newsroom.web.app import application
from newsroom.web.later import Later
from newsroom.wiring import Desk, newsletter, website
from newsroom.wiring.hooks import hooks_of
from newsroom.wiring.review import ReviewTable
from newsroom.wiring.rounds import Rounds
from newsroom.wiring.site_folder import public_folder
from tests.year.clock import Clock, Rest

_LONGEST = 20.0  # seconds of ours that anything may take; then something hangs
_MINUTE = timedelta(minutes=1)


class Machine:
    """A running newsroom. A new one on the same folder goes on where another one ended."""

    def __init__(self, root: Path, clock: Clock, environ: Mapping[str, str]) -> None:
        self.clock = clock
        self.desk = Desk(Settings.from_env(root, environ), clock)
        self._running = ExitStack()
        self._running.callback(self.desk.close)
        self._office = self._open_office()
        self._rounds = Rounds(self.desk)
        self._forms, self._mails = Later(), Later()
        self._known: object = None  # where the issues stood at the last round
        self.web = self._open_web()
        self._publish()

    def stop(self) -> None:
        """End as after SIGTERM: the message in hand is finished."""
        self._running.close()

    def round(self, tell: Callable[[Done], None]) -> None:
        """What a wake-up of the clock does, and then what the sender does."""
        self._known = self._issues()
        self._rounds.go(self.clock(), tell)
        self.send()

    def send(self) -> None:
        """A look of the sender, and what its workers do until they wait for a later moment."""
        self._office.dispatch.look(self.clock())
        self._until(self._is_at_rest)

    def settle(self) -> None:
        """Wait for the work that follows the answers to forms, and for their mails."""
        for line in (self._forms, self._mails):
            before: list[bool] = []
            line.do(before.append, True)  # noqa: FBT003 (what is appended says nothing)
            self._until(lambda before=before: bool(before))

    @property
    def next_look(self) -> datetime | None:
        """When something needs a look that no slot of the schedule brings; None when nothing does.

        That is the next minute while an issue moves, else when a mail is to be tried again, or
        when an issue leaves on a day that a person has set.
        """
        soon = self.clock() + _MINUTE
        if self._issues() != self._known:
            return soon
        looks = [self._in_hours(max(at or soon, soon)) for at in self._waiting()]
        days = select(issue.c.leaves_at).where(issue.c.leaves_at > self.clock())
        with reading(self.desk.database) as connection:
            looks += [max(at, soon) for at in connection.scalars(select(outbox.c.next_at))]
            looks += connection.scalars(days)
        return min(looks, default=None)

    def _issues(self) -> object:
        """Where each issue stands, and how many of its copies are in which state."""
        states = select(issue.c.name, issue.c.state, issue.c.updated).order_by(issue.c.name)
        copies = select(delivery.c.issue, delivery.c.state, func.count()).group_by(
            delivery.c.issue, delivery.c.state
        )
        with reading(self.desk.database) as connection:
            return connection.execute(states).all(), set(connection.execute(copies).all())

    def _waiting(self) -> Sequence[datetime | None]:
        """When each copy that waits is to be tried; None for one that was not tried yet."""
        states = [DeliveryState.PENDING, DeliveryState.DEFERRED]
        names = on_their_way(self.desk.database)
        rows = select(delivery.c.next_at).where(
            delivery.c.issue.in_(names), delivery.c.state.in_(states)
        )
        with reading(self.desk.database) as connection:
            return connection.scalars(rows).all()

    def _in_hours(self, moment: datetime) -> datetime:
        site = self.desk.site
        return next_opening(site.sending.hours, moment, site.timezone)

    def _is_at_rest(self) -> bool:
        """Whether each worker with a batch in hand sleeps until a later moment."""
        return not self._office.dispatch.is_busy(self.clock()) or bool(self.clock.sleepers)

    def _until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + _LONGEST
        while not is_so():
            assert time.monotonic() < end, "the newsroom's threads do not come to rest"
            time.sleep(0.002)

    def _open_office(self) -> PostOffice:
        office = newsletter.sending(self.desk, Rest(self.clock))
        opened = self._running.enter_context(office)
        self._running.enter_context(at_work(opened))
        return opened

    def _open_web(self) -> TestClient:
        desk = self.desk
        app = application(
            desk.front_desk,
            desk.frame,
            public_folder(desk),
            self.clock,
            later=self._forms,
            post=self._mails,
            clock=self.clock.seconds,
            hooks=hooks_of(desk),
            review=ReviewTable(desk),
        )
        client = TestClient(app, base_url=desk.site.url)
        client.follow_redirects = False
        return self._running.enter_context(client)

    def _publish(self) -> None:
        """Have a site from the first minute; what is in the way the schedule tells of."""
        try:
            website.publish(self.desk)
        except NewsroomError:
            return
