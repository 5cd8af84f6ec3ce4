"""Reads schedule.yaml."""

from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from newsroom.content.folder.files import read_text
from newsroom.content.front.notes import Notes
from newsroom.content.front.yaml_faults import fault_of
from newsroom.errors import ScheduleError
from newsroom.model import Problem, Schedule
from newsroom.model.saying import joined, say
from newsroom.schedule import parse_schedule


def read_schedule(
    root: Path, name: PurePosixPath, zone: ZoneInfo
) -> tuple[Schedule | None, tuple[Problem, ...]]:
    """The schedule, None when it cannot be used, and its problems; no file has none."""
    notes = Notes(name)
    text = read_text(root / name, notes)
    if text is None:
        return None, notes.problems
    return parse_schedule(text, name, zone, fault_of)


def require_schedule(
    root: Path, name: PurePosixPath, zone: ZoneInfo
) -> tuple[Schedule, tuple[Problem, ...]]:
    """The schedule, and what deserves a remark. Raises ScheduleError with all its faults."""
    schedule, problems = read_schedule(root, name, zone)
    if schedule is not None:
        return schedule, problems
    if problems:
        raise ScheduleError(joined("\n", (problem.sentence for problem in problems)))
    raise ScheduleError(
        say(
            "{schedule}: the file is missing; bring it back, or write one with a first line: "
            "{line}",
            schedule=name,
            line="publish: {every: 5 minutes}",
        )
    )
