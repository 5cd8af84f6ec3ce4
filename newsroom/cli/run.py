"""`run`, `tick`, `schedule` and `status`: the bot, and what it is about to do."""

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from newsroom.cli.desk import (
    PORT,
    at_desk,
    json_option,
    now_option,
    print_json,
    stop_on_signals,
    utc,
)
from newsroom.cli.language import said
from newsroom.model import Slot
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk, newsletter, website
from newsroom.wiring.rota import does, make_rota

if TYPE_CHECKING:
    from newsroom.jobs.status import Status


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the web listens.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="And on which port.")
@click.option(
    "--only", type=click.Choice(["clock", "worker", "web"]), help="One of the three, alone."
)
@at_desk
def run_command(desk: Desk, host: str, port: int, only: str | None) -> None:
    """Clock, sender and web in one process, until Ctrl-C or SIGTERM."""
    from newsroom.cli.bot import Bot

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("apscheduler", "alembic", "httpx", "dbos"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    parts = {only} if only else {"clock", "worker", "web"}
    asked_to_stop = threading.Event()
    stop_on_signals(asked_to_stop)
    Bot(desk, host, port, asked_to_stop).run(parts)


@click.command("tick")
@now_option
@json_option
@at_desk
def tick_command(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """Do what is due now, then exit: for cron."""
    from newsroom.delivery.dispatch import on_their_way
    from newsroom.jobs.tick import tick

    done = tick(make_rota(desk), desk.clock())
    if on_their_way(desk.database):  # else the engine need not be started
        _send(desk)
    if as_json:
        print_json(
            [{**_slot(desk, one.slot), "state": one.state, "note": one.note} for one in done]
        )
    else:
        for one in done:
            click.echo(f"{one.slot.job}: {said(_state(one.state))}: {one.note}")
    if any(one.state == "failed" for one in done):
        raise SystemExit(3)


def _send(desk: Desk) -> None:
    """Send what may leave now; a signal is heeded after the message in hand."""
    from newsroom.jobs.send import send_due

    with newsletter.sending(desk) as press:
        stop_on_signals(press.stop)
        send_due(press)


@click.command("schedule")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="How far to look."
)
@now_option
@json_option
@at_desk
def schedule_command(desk: Desk, days: int, as_json: bool) -> None:  # noqa: FBT001
    """What is next, in local time. What comes every few minutes is said once."""
    from newsroom.schedule import next_slots

    schedule, problems = desk.schedule()
    slots = next_slots(schedule, desk.clock(), days)
    if as_json:
        print_json([_slot(desk, slot) for slot in slots])
        return
    for problem in problems:
        click.echo(said(problem.sentence), err=True)
    times = Counter(slot.job for slot in slots)
    shown: set[str] = set()
    for slot in filter(lambda slot: does(slot.job), slots):
        often = times[slot.job] >= days
        if slot.job not in shown or not often:
            more = said(say(", and so on")) if often else ""
            click.echo(f"{_local(desk, slot)}  {slot.job}{more}")
        shown.add(slot.job)
    idle = sorted({job.name for job in schedule.jobs if not does(job.name)})
    if idle:
        click.echo(
            said(say("This version does not do yet: {names}", names=", ".join(idle))), err=True
        )


def _slot(desk: Desk, slot: Slot) -> dict[str, object]:
    local = slot.due.astimezone(desk.site.timezone)
    return {"job": slot.job, "due": utc(slot.due), "local": f"{local:%a %Y-%m-%d %H:%M}"}


_DAYS = (*(say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun")),)


def _named(slot: Slot) -> str:
    """The job, and a word when it is on the schedule but not in this version."""
    return (
        slot.job if does(slot.job) else said(say("{job} (not in this version yet)", job=slot.job))
    )


def _state(state: str) -> Saying:
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
            return say("begins now")
    return say("failed")


def _local(desk: Desk, slot: Slot) -> str:
    return _at(desk, slot.due)


def _at(desk: Desk, moment: datetime) -> str:
    """A time as the clock on the wall has it, with the day of the week."""
    local = moment.astimezone(desk.site.timezone)
    return f"{said(_DAYS[local.weekday()])} {local:%Y-%m-%d %H:%M}"


@click.command("status")
@now_option
@json_option
@at_desk
def status_command(desk: Desk, as_json: bool) -> None:  # noqa: FBT001
    """What is next, what waits, what happened, and where each issue stands."""
    from newsroom.jobs.status import status

    found = status(desk.newsroom, desk.schedule_if_any(), desk.database, desk.clock())
    if as_json:
        print_json(_status_json(desk, found))
        return
    for heading, lines in _status_lines(desk, found):
        for number, line in enumerate(lines):
            click.echo(f"{heading if number == 0 else '':<10}{line}")


def _status_json(desk: Desk, found: "Status") -> dict[str, object]:
    from newsroom.jobs.issue_status import status_json

    return {
        "next": [_slot(desk, slot) for slot in found.next],
        "waiting": [{"path": str(one.path), "at": utc(one.at)} for one in found.waiting],
        "jobs": [
            {"job": run.job, "due": utc(run.due), "state": run.state, "note": run.note}
            for run in found.jobs
        ],
        "issues": [status_json(tally) for tally in found.issues],
        "last_build": utc(built) if (built := website.last_build(desk)) else None,
        "last_backup": None,
    }


def _status_lines(desk: Desk, found: "Status") -> Iterator[tuple[str, list[str]]]:
    from newsroom.jobs.issue_status import status_line

    def lines(heading: Saying, found: Iterable[str], nothing: Saying) -> tuple[str, list[str]]:
        return said(heading), [said(line) for line in found] or [said(nothing)]

    yield lines(
        say("Next"),
        (f"{_at(desk, slot.due)}  {_named(slot)}" for slot in found.next),
        say("nothing"),
    )
    yield lines(
        say("Waiting"),
        (f"{_at(desk, one.at)}  {one.path}" for one in found.waiting),
        say("nothing"),
    )
    yield lines(say("Issues"), map(status_line, found.issues), say("none in the ledger"))
    yield lines(
        say("Jobs"),
        (
            f"{_at(desk, run.due)}  {run.job}: {said(_state(run.state))}"
            + (f": {run.note}" if run.note else "")
            for run in found.jobs
        ),
        say("none has run"),
    )
    last = website.last_build(desk)
    built = [_at(desk, last)] if last else []
    yield lines(say("Built"), built, say("never on this machine"))
