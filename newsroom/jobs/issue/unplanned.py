"""An issue that schedule.yaml does not send: a free name, or a slip of the finger."""

from datetime import datetime
from pathlib import PurePosixPath

from newsroom.model import Problem, Schedule, Severity
from newsroom.model.saying import say
from newsroom.schedule import likely_name, send_slot

UNPLANNED = "not-in-schedule"


def unplanned(
    schedule: Schedule | None, name: str, source: PurePosixPath, now: datetime
) -> Problem | None:
    """A remark that nothing sends an issue of this name; None when something does."""
    if schedule is None or send_slot(schedule, name) is not None:
        return None
    message = say(
        "schedule.yaml sends no issue called {name}: it leaves only when somebody says when",
        name=name,
    )
    meant = likely_name(schedule, name, now)
    if meant is None:
        command = say("newsroom issue postpone {name} --to DAY --by NAME", name=name)
        fix = say("set its day: {command}", command=command)
    else:
        fix = say("did you mean {meant}? Then call the file {meant}.md", meant=meant)
    return Problem(source, None, Severity.WARNING, UNPLANNED, message, fix)
