"""The bot: clock, sender and web in one process, until somebody asks it to stop."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from newsroom.cli.listening import address_of, listen
from newsroom.cli.rules_watch import RulesWatch
from newsroom.cli.service import READY, STOPPING, tell_service_manager
from newsroom.cli.wakes import Wakes
from newsroom.clock import Clock
from newsroom.errors import OutsideError
from newsroom.jobs.issue.send import keep_sending
from newsroom.model.saying import Saying, say
from newsroom.web.app import application
from newsroom.web.health import HealthPages
from newsroom.wiring import Desk, post_office
from newsroom.wiring.hooks import hooks_of
from newsroom.wiring.postman import hand_over_waiting
from newsroom.wiring.review import ReviewTable
from newsroom.wiring.site_folder import public_folder
from newsroom.wiring.vitals import vitals
from newsroom.workers.this_process import this_process

log = logging.getLogger(__name__)

_Start = Callable[[ExitStack], Callable[[], None]]  # gives what asks the part to stop

_PATIENCE = 30  # seconds for open requests to end
_LOOK_EVERY = 2.0  # seconds between looks at the settings
_MAILS_EVERY = 60.0  # seconds between looks at the mails that wait, where there is no clock


class Bot:
    """Runs the parts of a newsroom side by side."""

    def __init__(self, desk: Desk, host: str, port: int, asked_to_stop: threading.Event) -> None:
        self._desk = desk
        self._host = host
        self._port = port
        self._asked_to_stop = asked_to_stop
        self._broken: Saying | None = None  # the part that broke off by itself
        self._door: socket.socket  # where the web listens, from one web to the next
        self._watch: RulesWatch

    def run(self, parts: Collection[str]) -> None:
        """Run `clock`, `worker` and `web`, those that are named, until somebody asks to stop.

        When site.yaml, schedule.yaml or a template has changed they begin anew with what it says.
        Raises OutsideError when the port is taken, the database does not answer, or one of the
        parts broke off.
        """
        _ = self._desk.database  # what nobody can go on without is told before all else
        self._watch = RulesWatch(self._desk, needs_schedule="clock" in parts)
        with ExitStack() as house:
            if "web" in parts:
                self._door = house.enter_context(listen(self._host, self._port))
                log.info(
                    say("The site is on {address}/ until Ctrl-C", address=address_of(self._door))
                )
            while not self._asked_to_stop.is_set():
                self._run_until_changed(parts)
        if self._broken:
            raise OutsideError(
                say(
                    "the {broken} broke off; the log above says why. Start newsroom again",
                    broken=self._broken,
                )
            )

    def _run_until_changed(self, parts: Collection[str]) -> None:
        """All parts are asked to stop at once, then waited for one after the other; the web last.

        Each takes nothing new: no slot, no message after the one in hand, no request. For new
        settings the web goes on until the others have ended: a job may take its time, and readers
        want to leave.
        """
        desk = self._desk
        with ExitStack() as running:
            stops = {name: start(running) for name, start in self._starters(parts).items()}
            log.info(say("at work as {who}: {parts}", who=this_process(), parts=", ".join(stops)))
            _tell_manager(READY)
            while not self._asked_to_stop.wait(_LOOK_EVERY) and not self._watch.has_changed():
                pass
            if self._asked_to_stop.is_set():
                log.info(say("stopping"))
                _tell_manager(STOPPING)
            else:
                stops.pop("web", None)
            for stop in stops.values():
                stop()
        if self._watch.desk is not desk:
            self._desk = self._watch.desk
            desk.close()

    def _starters(self, parts: Collection[str]) -> dict[str, _Start]:
        """What starts each part, the web first; the stack waits for their ends, for its last."""
        every = {
            "web": self._start_web,
            "mails": self._start_mails,
            "worker": self._start_worker,
            "clock": self._start_clock,
        }
        wanted = {*parts, *(["mails"] if "web" in parts and "clock" not in parts else [])}
        return {name: start for name, start in every.items() if name in wanted}

    def _break_off(self, part: Saying, error: BaseException) -> None:
        """Better gone, and started again by whoever watches over us, than here and idle."""
        log.error(say("the {part} broke off", part=part), exc_info=error)
        self._broken = part
        self._asked_to_stop.set()

    def _start_clock(self, running: ExitStack) -> Callable[[], None]:
        schedule, problems = self._desk.schedule()
        for problem in problems:
            log.warning(problem.sentence)
        wakes = Wakes(self._desk, self._asked_to_stop)
        clock = Clock(schedule, wakes.wake, self._desk.clock)
        clock.start()
        running.callback(clock.stop)
        return wakes.end

    def _start_worker(self, running: ExitStack) -> Callable[[], None]:
        office = running.enter_context(post_office.at_office(self._desk))

        def work() -> None:
            try:
                keep_sending(office)
            except Exception as error:  # noqa: BLE001 (logged there, whatever it was)
                self._break_off(say("sender"), error)

        worker = threading.Thread(target=work, name="sender")
        worker.start()
        running.callback(worker.join)
        running.callback(office.stop.set)
        return office.stop.set

    def _start_web(self, running: ExitStack) -> Callable[[], None]:
        server = uvicorn.Server(
            uvicorn.Config(
                self._application(),
                log_config=None,  # what it notes goes where all the rest goes
                access_log=False,  # paths have tokens in them
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        # The door stays when this web ends: who knocks before the next one stands there waits.
        listening = running.enter_context(self._door.dup())

        def serve() -> None:
            try:
                server.run([listening])
            except BaseException as error:  # noqa: BLE001 (uvicorn may end with SystemExit)
                self._break_off(say("web"), error)

        thread = threading.Thread(target=serve, name="web")
        thread.start()
        running.callback(thread.join, _PATIENCE)
        running.callback(_ask_to_stop, server)
        return partial(_ask_to_stop, server)

    def _application(self) -> ASGIApp:
        desk = self._desk
        # The schedule as it is now: while a new one has faults, the old one holds.
        schedule = desk.schedule_if_any()

        health = HealthPages(
            desk.database,
            partial(vitals, desk, schedule),
            time.monotonic,
            desk.settings.metrics,
            unusable=self._watch.unusable_now,
        )
        return application(
            desk.front_desk,
            desk.frame,
            public_folder(desk),
            desk.clock,
            hooks=hooks_of(desk),
            review=ReviewTable(desk),
            health=health,
        )

    def _start_mails(self, running: ExitStack) -> Callable[[], None]:
        """Look after the mails of the forms, which else the clock's rounds do."""
        over = threading.Event()

        def look() -> None:
            while not over.is_set():
                try:
                    hand_over_waiting(self._desk)
                except Exception as error:  # noqa: BLE001 (the next look may go better)
                    # Only the kind: the text of an error may hold an address.
                    kind = type(error).__name__
                    log.error(say("mails that wait: {kind}", kind=kind))  # noqa: TRY400
                over.wait(_MAILS_EVERY)

        thread = threading.Thread(target=look, name="mails")
        thread.start()
        running.callback(thread.join)
        running.callback(over.set)
        return over.set


def _ask_to_stop(server: uvicorn.Server) -> None:
    """Have a server end after the requests that are open."""
    server.should_exit = True


def _tell_manager(state: str) -> None:
    """Tell a service manager; one that has gone away must not stop us."""
    with suppress(OSError):
        tell_service_manager(state, os.environ)
