"""What the bot does at each wake-up of its clock, and what it logs of it."""

import logging
import threading
from datetime import datetime

from newsroom.cli.outlook import state_words
from newsroom.jobs.running.job_words import words_of
from newsroom.jobs.running.rota import Done
from newsroom.model.saying import Saying, joined
from newsroom.wiring import Desk
from newsroom.wiring.rounds import Rounds

log = logging.getLogger(__name__)

_LEVELS = {"done": logging.INFO, "failed": logging.ERROR}  # of the others, a warning


class Wakes:
    """What happens when the clock wakes us. The first time the site is made, whatever is due."""

    def __init__(self, desk: Desk, asked_to_stop: threading.Event) -> None:
        self._desk = desk
        self._rounds = Rounds(desk, self._is_over)
        self._asked_to_stop = asked_to_stop
        self._over = threading.Event()
        self._first = threading.Lock()
        self._has_published = False

    def end(self) -> None:
        """From now on nothing is begun."""
        self._over.set()

    def wake(self, now: datetime) -> None:
        """Do what is due, but for when somebody has asked us to stop."""
        if not self._is_over():
            self._publish_first(now)
        if not self._is_over():
            self._rounds.go(now, _tell)

    def _is_over(self) -> bool:
        return self._over.is_set() or self._asked_to_stop.is_set()

    def _publish_first(self, now: datetime) -> None:
        """Have a site from the first minute, also in a new newsroom; the schedule goes on.

        It is a run like any other: when it kills its process the next one knows, and it is told.
        """
        if self._is_first() and (done := self._rounds.run_at_once("publish", now)):
            log.log(max(_level(done), logging.INFO), _told(done))

    def _is_first(self) -> bool:
        """Whether this wake-up publishes; the others do what is due meanwhile."""
        with self._first:
            first, self._has_published = not self._has_published, True
        return first


def _tell(done: Done) -> None:
    """A line in the log about what was run; one that found nothing to do leaves none."""
    log.log(_level(done), _told(done))


def _level(done: Done) -> int:
    """How loudly a run is told."""
    return logging.DEBUG if done.idle else _LEVELS.get(done.state, logging.WARNING)


def _told(done: Done) -> Saying:
    """What was run, how it went and what came of it."""
    return joined(": ", (words_of(done.slot.job), state_words(done.state), done.note))
