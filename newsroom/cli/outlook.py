"""`schedule`: what is next, each slot in local time and in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json, utc
from newsroom.cli.desk import at_glance, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.moments import moment
from newsroom.jobs.running.job_words import words_of
from newsroom.model import Schedule, Slot
from newsroom.model.saying import Saying, joined, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from newsroom.jobs.health.coming import Almanac, Coming

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@click.command("schedule")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="How far to look."
)
@now_option
@json_option
@at_glance
def schedule_command(desk: Desk, days: int, as_json: bool) -> None:  # noqa: FBT001
    """What is next, in local time. What comes weekly or more often is said once."""
    schedule, problems = desk.schedule()
    now, zone = desk.clock(), desk.site.timezone
    with almanac(desk, schedule) as book:
        found = book.every_slot(now, days) if as_json else book.each_job(now, days)
    if as_json:
        print_json([coming_json(one, zone) for one in found])
        return
    for problem in problems:
        click.echo(said(problem.sentence), err=True)
    for one in found:
        click.echo(f"{said(moment(one.day, zone))}  {said(coming_words(one, zone))}")


@contextmanager
def almanac(desk: Desk, schedule: Schedule) -> Iterator["Almanac"]:
    """What the coming days are told from."""
    from newsroom.database import reading
    from newsroom.jobs.health.coming import Almanac

    with reading(desk.database) as connection:
        yield Almanac(schedule, desk.site, connection)


def coming_words(one: "Coming", zone: ZoneInfo) -> Saying:
    """What will be done, of an issue by its name, and how it goes on."""
    words = words_of(one.job)
    remarks = [one.issue] if one.issue else []
    if one.planned is not None:
        remarks.append(say("moved from {at}", at=moment(one.planned, zone)))
    if one.first_mail is not None:
        remarks.append(say("its time is {at}, when no mail may leave", at=moment(one.at, zone)))
    if one.left is not None:
        remarks.append(say("not then: it left {at}", at=moment(one.left, zone)))
    if remarks:
        words = say("{words} ({remarks})", words=words, remarks=joined("; ", remarks))
    return words if one.rhythm is None else joined("", (words, _rhythm(one.rhythm)))


def _rhythm(apart: timedelta) -> Saying:
    if apart == _WEEK:
        return say(", then every week")
    if apart == _DAY:
        return say(", then every day")
    if apart > _HOUR and not apart % _HOUR:
        return say(", then {hours} hours apart", hours=apart // _HOUR)
    return say(", then {minutes} minutes apart", minutes=apart // _MINUTE)


def coming_json(one: "Coming", zone: ZoneInfo) -> dict[str, object]:
    """What will be done with the keys that others may rely on; of an issue some more."""
    found = slot_json(Slot(one.at, one.job), zone)
    if one.issue:
        found["issue"] = one.issue
    if one.planned:
        found["planned"] = utc(one.planned)
    if one.first_mail:
        found["first_mail"] = utc(one.first_mail)
    if one.left:
        found["left"] = utc(one.left)
    return found


def slot_json(slot: Slot, zone: ZoneInfo) -> dict[str, object]:
    """A slot with the keys that others may rely on."""
    local = slot.due.astimezone(zone)
    return {"job": slot.job, "due": utc(slot.due), "local": f"{local:%a %Y-%m-%d %H:%M}"}


def state_words(state: str) -> Saying:
    """How a run of a job went."""
    match state:
        case "done":
            return say("done")
        case "held":
            return say("held")
        case "late":
            return say("too late")
        case "running":
            return say("running")
        case "first":
            return say("watched from now on")
    return say("failed")
