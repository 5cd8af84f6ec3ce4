"""When the links to other sites are asked for: the slots of a schedule, and what a round left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.wiring import links
from newsroom.wiring.restored import require_confirmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from newsroom.database.job_runs import JobRun
    from newsroom.database.link_rounds import LinkRound
    from newsroom.jobs.running.rota import Idle
    from newsroom.model import Rule, Schedule, Slot
    from newsroom.wiring.desk import Desk


def slot_of_links(
    desk: Desk, schedule: Schedule, is_over: Callable[[], bool], slot: Slot
) -> str | Idle:
    """What a slot asks for: a round, the rest of one, or a second look at what was gone.

    Which of them is seen in the slot, and so it stays the same when the process dies over it.
    """
    from newsroom.jobs.links.round import RoundScope
    from newsroom.jobs.links.second_look import ASK_AGAIN_AFTER, begins_round
    from newsroom.jobs.running.rota import Idle

    last, rule = last_look(desk), rule_of_links(schedule)
    is_between = last is not None and last.finished is not None
    if is_between and not (rule and begins_round(slot.due, rule, schedule.timezone)):
        scope = RoundScope(doubted_by=slot.due - ASK_AGAIN_AFTER, is_over=is_over)
    else:
        scope = RoundScope(is_over=is_over)
    require_confirmed(desk)
    try:
        asked = links.ask(desk, links.places_of(desk), scope)
    except StateError as others:  # another process is at it, and does it as well as we
        return Idle(others.sentence)
    note = say("links asked for: {asked}, newly dead: {told}", asked=asked.asked, told=asked.told)
    return note if asked.told else Idle(note)


def next_look(desk: Desk, schedule: Schedule) -> datetime | None:
    """When links are to be asked for beside the slots of the schedule.

    A look that broke off goes on; what was gone at one look has a second one the next day.
    """
    last, rule = last_look(desk), rule_of_links(schedule)
    if last is None or rule is None:
        return None
    if last.finished is None and last.goes_on is not None:
        return last.goes_on
    due = _second_look(desk, rule, schedule.timezone)
    return max(due, last.goes_on or due) if due else None


def next_time(desk: Desk, schedule: Schedule) -> datetime | None:
    """When links are asked for next by itself; None when the schedule never has them asked for."""
    from newsroom.schedule import next_due

    now, rule = desk.clock(), rule_of_links(schedule)
    if rule is None:
        return None
    times = [next_due(rule, schedule.timezone, now)]
    run, look = _last_run(desk, now), next_look(desk, schedule)
    if look is not None and (run is None or run.due < look):
        times.append(look)
    if run is not None and run.state == "failed" and run.next_at is not None:
        times.append(run.next_at)
    return max(now, min(times))


def rule_of_links(schedule: Schedule) -> Rule | None:
    """When the schedule has links asked for; None when it never does."""
    return next((job.rule for job in schedule.jobs if job.name == "links"), None)


def last_look(desk: Desk) -> LinkRound | None:
    """The last round, which may be under way; None before the first."""
    from newsroom.database import reading
    from newsroom.database.link_rounds import last_round

    with reading(desk.database) as connection:
        return last_round(connection)


def _last_run(desk: Desk, now: datetime) -> JobRun | None:
    from newsroom.database import reading
    from newsroom.database.job_runs import last_run

    with reading(desk.database) as connection:
        return last_run(connection, "links", now)


def _second_look(desk: Desk, rule: Rule, zone: ZoneInfo) -> datetime | None:
    from newsroom.database import reading
    from newsroom.database.links import first_doubt
    from newsroom.jobs.links.second_look import second_look

    with reading(desk.database) as connection:
        doubt = first_doubt(connection)
    return second_look(doubt, rule, zone) if doubt else None
