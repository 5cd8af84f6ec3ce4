"""`schedule` and `status`: what is next, what waits and what happened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json, spoken, utc
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.job_words import words_of
from newsroom.cli.language import said
from newsroom.model import Slot
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk
from newsroom.wiring.rota import does
from newsroom.wiring.site_folder import last_build

if TYPE_CHECKING:
    from newsroom.jobs.status import Status

_DAYS = (*(say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun")),)
_NEARLY_A_DAY = timedelta(hours=20)  # days have 23 to 25 hours
_SHOWN = 10  # drafts on the one screen


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
        print_json([slot_json(desk, slot) for slot in slots])
        return
    for problem in problems:
        click.echo(said(problem.sentence), err=True)
    moved = _moved(desk, slots)
    for slot, more in _once_when_often([slot for slot in slots if does(slot.job)], days):
        click.echo(f"{_slot_line(desk, slot, moved)}{said(more)}")
    idle = sorted({said(words_of(job.name)) for job in schedule.jobs if not does(job.name)})
    for words in idle:
        click.echo(words, err=True)


def _once_when_often(slots: Sequence[Slot], days: int) -> Iterator[tuple[Slot, str]]:
    """The slots; of a job with one for each day or more only the first, and how it goes on."""
    by_job: dict[str, list[Slot]] = {}
    for slot in slots:
        by_job.setdefault(slot.job, []).append(slot)
    for slot in slots:
        first, *others = by_job[slot.job]
        if len(others) + 1 < days or not others:
            yield slot, ""
        elif slot is first:
            yield slot, _rhythm(others[0].due - first.due)


def _rhythm(between: timedelta) -> Saying:
    if between > _NEARLY_A_DAY:
        return say(", then every day")
    return say(", then {minutes} minutes apart", minutes=between // timedelta(minutes=1))


def slot_json(desk: Desk, slot: Slot) -> dict[str, object]:
    """A slot with the keys that others may rely on."""
    local = slot.due.astimezone(desk.site.timezone)
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


def _moved(desk: Desk, slots: Sequence[Slot]) -> Mapping[Slot, datetime]:
    """The slots of issues that leave at another time."""
    from newsroom.database import reading
    from newsroom.jobs.issue.off_schedule import moved_slots

    schedule = desk.schedule_if_any()
    if schedule is None:
        return {}
    with reading(desk.database) as connection:
        return moved_slots(connection, schedule, slots, desk.site)


def _slot_line(desk: Desk, slot: Slot, moved: Mapping[Slot, datetime]) -> str:
    """When, and what; of an issue with another day, that one."""
    line = f"{_at(desk, slot.due)}  {said(words_of(slot.job))}"
    if slot not in moved:
        return line
    return f"{line} ({said(say('not then, but {at}', at=_at(desk, moved[slot])))})"


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

    found = status(desk.read_newsroom(), desk.schedule_if_any(), desk.database, desk.clock())
    if as_json:
        print_json(_status_json(desk, found))
        return
    for heading, lines in _status_lines(desk, found):
        for number, line in enumerate(lines):
            click.echo(f"{heading if number == 0 else '':<12}{line}")


def _status_json(desk: Desk, found: "Status") -> dict[str, object]:
    from newsroom.cli.mail_words import mails_json
    from newsroom.jobs.issue.issue_status import status_json

    return {
        "next": [slot_json(desk, slot) for slot in found.next],
        "waiting": [
            {"path": str(one.path), "at": utc(one.at), "title": one.title} for one in found.waiting
        ],
        "drafts": [{"path": str(one.path), "title": one.title} for one in found.drafts],
        "jobs": [
            {"job": run.job, "due": utc(run.due), "state": run.state, "note": run.note}
            for run in found.jobs
        ],
        "issues": [spoken(status_json(tally)) for tally in found.issues],
        "mails": [spoken(mails_json(one)) for one in found.mails],
        "last_build": utc(built) if (built := last_build(desk)) else None,
        "last_backup": None,
    }


def _status_lines(desk: Desk, found: "Status") -> Iterator[tuple[str, list[str]]]:
    def lines(heading: Saying, found: Iterable[str], nothing: Saying) -> tuple[str, list[str]]:
        return said(heading), [said(line) for line in found] or [said(nothing)]

    moved = _moved(desk, found.next)
    yield lines(
        say("Next"),
        (_slot_line(desk, slot, moved) for slot in found.next),
        say("nothing"),
    )
    yield lines(
        say("Waiting"),
        (f"{_at(desk, one.at)}  {one.title}  {one.path}" for one in found.waiting),
        say("nothing"),
    )
    yield lines(say("Drafts"), _drafts(found), say("none"))
    yield lines(say("Newsletter"), _issues(desk, found), say("not approved yet"))
    if found.mails:
        yield lines(say("Mails"), _mails(desk, found), say("none"))
    yield lines(
        say("Has run"),
        (
            f"{_at(desk, run.due)}  {said(words_of(run.job))}: {said(state_words(run.state))}"
            + (f": {run.note}" if run.note else "")
            for run in found.jobs
        ),
        say("nothing yet; newsroom run does what is next, at its time"),
    )
    last = last_build(desk)
    built = [_at(desk, last)] if last else []
    yield lines(say("Built"), built, say("never on this machine"))


def _issues(desk: Desk, found: "Status") -> Iterator[str]:
    from newsroom.jobs.issue.issue_status import status_line
    from newsroom.jobs.issue.off_schedule import missed_drafts

    for tally in found.issues:
        yield status_line(tally, desk.site.timezone)
    if schedule := desk.schedule_if_any():
        known = {tally.issue for tally in found.issues}
        yield from missed_drafts(desk.read_newsroom(), schedule, known, desk.clock())


def _mails(desk: Desk, found: "Status") -> Iterator[str]:
    from newsroom.cli.mail_words import mails_line

    for mails in found.mails:
        yield mails_line(mails, desk.site.timezone)


def _drafts(found: "Status") -> Iterator[str]:
    for draft in found.drafts[:_SHOWN]:
        yield f"{draft.title}  {draft.path}"
    if len(found.drafts) > _SHOWN:
        yield say("and {number} more", number=len(found.drafts) - _SHOWN)
