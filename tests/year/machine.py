"""The machine that the newsroom runs on: clock, sender and web in one process, as `newsroom run`.

Its time is the year's. What it does between two moments is real: its database, its mails, its
pages, the engine with its workers.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from starlette.testclient import TestClient

from newsroom.errors import NewsroomError
from newsroom.jobs.issue.send import PostOffice, at_work
from newsroom.jobs.running.rota import Done
from newsroom.settings import Settings
from newsroom.web.app import application
from newsroom.web.health import HealthPages
from newsroom.web.later import Later
from newsroom.wiring import Desk, post_office, website
from newsroom.wiring.hooks import hooks_of
from newsroom.wiring.review import ReviewTable
from newsroom.wiring.rounds import Rounds
from newsroom.wiring.site_folder import public_folder
from newsroom.wiring.vitals import vitals
from tests.processes import PATIENCE
from tests.year.agenda import next_look, standing
from tests.year.clock import Clock, Rest
from tests.year.neighbours import NEIGHBOURHOOD


class Machine:
    """A running newsroom. A new one on the same folder goes on where another one ended."""

    def __init__(self, root: Path, clock: Clock, environ: Mapping[str, str]) -> None:
        self.clock = clock
        self.desk = Desk(Settings.from_env(root, environ), clock, net=NEIGHBOURHOOD)
        self.schedule = self.desk.schedule()[0]
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
        self._known = standing(self.desk)
        self._rounds.go(self.clock(), tell)
        self.send()

    def send(self) -> None:
        """A look of the sender, and what its workers do until they wait for a later moment."""
        self._office.dispatch.look(self.clock())
        self._until(self._is_at_rest)

    def settle(self) -> None:
        """Wait for the work that follows the answers to forms, and for their mails."""
        for line in (self._forms, self._mails):
            done = Event()
            line.do(done.set)
            assert done.wait(PATIENCE)

    @property
    def next_look(self) -> datetime | None:
        """When it needs a look that no slot of the schedule brings; None when nothing waits."""
        return next_look(self.desk, self.schedule, self._known)

    def _is_at_rest(self) -> bool:
        """Whether each worker with a batch in hand sleeps until a later moment."""
        return not self._office.dispatch.is_busy(self.clock()) or bool(self.clock.sleepers)

    def _until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, "the newsroom's threads do not come to rest"
            time.sleep(0.002)

    def _open_office(self) -> PostOffice:
        office = post_office.at_office(self.desk, Rest(self.clock))
        opened = self._running.enter_context(office)
        self._running.enter_context(at_work(opened))
        return opened

    def _open_web(self) -> TestClient:
        desk = self.desk
        look = partial(vitals, desk, self.schedule)
        health = HealthPages(desk.database, look, self.clock.seconds, desk.settings.metrics)
        app = application(
            desk.front_desk,
            desk.frame,
            public_folder(desk),
            self.clock,
            later=self._forms,
            mails=self._mails,
            clock=self.clock.seconds,
            hooks=hooks_of(desk),
            review=ReviewTable(desk),
            health=health,
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
