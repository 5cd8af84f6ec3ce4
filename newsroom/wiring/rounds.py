"""One round of the bot: run due slots, look after issues, send waiting mails, leave a heartbeat."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.model.saying import say
from newsroom.wiring.backup_folders import register_copier
from newsroom.wiring.fit_to_send import make_house_call
from newsroom.wiring.postman import hand_over_waiting
from newsroom.wiring.review import Attendant
from newsroom.wiring.rota import make_rota
from newsroom.wiring.site_folder import last_build
from newsroom.workers.turn import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newsroom.jobs.running.rota import Done
    from newsroom.wiring.desk import Desk


log = logging.getLogger(__name__)


class Rounds:
    """All that a wake-up of the clock sees to, for every process that has one."""

    def __init__(self, desk: Desk, is_over: Callable[[], bool] = lambda: False) -> None:
        """When `is_over` says so nothing more is begun, and what takes long is left for later."""
        self._desk = desk
        self._is_over = is_over
        self._rota = make_rota(desk, is_over)
        self._steps = (  # one round may begin while another is still under way
            one_at_a_time(Attendant(desk).look),
            one_at_a_time(partial(make_house_call, desk)),
            one_at_a_time(partial(hand_over_waiting, desk)),
            register_copier(desk),
        )
        self.has_failed = False  # something that stands in no ledger

    def go(self, now: datetime, tell: Callable[[Done], None]) -> None:
        """Run the slots that are due, have each told, and see what has come of the issues.

        Raises what stops the slots from being run; the issues and mails are looked after first.
        """
        from newsroom.jobs.running.tick import tick

        try:
            done = tick(self._rota, now, self._is_over)
            for one in done:
                tell(one)
        except Exception:
            self._look_after()
            raise
        on_record = all(one.in_ledger for one in done)
        self.has_failed |= not on_record
        if not self._is_over():
            self.look(went_well=on_record)

    def run_at_once(self, job: str, now: datetime) -> Done | None:
        """Run a job that has no slot now; None when others have it, or it killed its process."""
        from newsroom.jobs.running.tick import run_at_once

        return run_at_once(self._rota, job, now)

    def look(self, *, went_well: bool = True) -> None:
        """Look after the issues and the mails, and leave a sign that somebody has.

        There is none when something of it failed, or of what came before: silence is never success.
        """
        if self._look_after() and went_well:
            self._beat()

    def _look_after(self) -> bool:
        """Whether all went well; what fails stands in the log, and keeps nothing else waiting."""
        # Each of them, whatever came of the one before: no short cut with all(…).
        went = [_goes_well(step) for step in self._steps]
        self.has_failed |= not all(went)
        return all(went)

    def _beat(self) -> None:
        from newsroom.database import reading, transaction
        from newsroom.database.job_runs import last_done
        from newsroom.jobs.running.heartbeat import Heartbeat, beat
        from newsroom.jobs.running.trouble import jobs_in_trouble, tell_of_hanging

        desk, schedule, now = self._desk, self._rota.schedule, self._desk.clock()
        with reading(desk.database) as connection:
            done = {job.name: last_done(connection, job.name, now) for job in schedule.jobs}
            troubles = jobs_in_trouble(connection, schedule, now)
        if any(trouble.hangs for trouble in troubles):
            with transaction(desk.database) as connection:
                tell_of_hanging(connection, schedule, desk.site.language, now)
        lasting = {trouble.job: trouble.since for trouble in troubles if trouble.lasts}
        built = last_build(desk)
        told = Heartbeat(at=now, last_build=built, last_done=done, in_trouble=lasting)
        beat(desk.settings.var, told)


def _goes_well(step: Callable[[], object]) -> bool:
    """Whether a step of a round came to its end; else the log says why it did not."""
    try:
        step()
    except NewsroomError as error:
        log.error(error.sentence)  # noqa: TRY400 (a sentence that says all)
        return False
    except Exception:
        log.exception(say("a part of the round failed; it is tried again at the next"))
        return False
    return True
