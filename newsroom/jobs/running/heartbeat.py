"""The heartbeat: a small file by which a monitor outside sees that the newsroom lives.

It is written at the end of each round, and only of one that came to its end. So a heartbeat that
has grown old says that nobody looks at the clock, or that looking fails: silence is never success.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsroom.whole_file import keep
from newsroom.workers.this_process import this_process

_NAME = "heartbeat.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """What a heartbeat tells."""

    at: datetime
    last_build: datetime | None  # that went well
    last_done: Mapping[str, datetime | None]  # when each job last ended well
    in_trouble: Mapping[str, datetime]  # since when a job fails, of those that the desk is told of


def beat(var: Path, heartbeat: Heartbeat) -> None:
    """Leave a heartbeat, in one step. Raises OutsideError when the disk refuses."""
    process = this_process()
    told = {
        "at": _utc(heartbeat.at),
        "host": process.host,
        "pid": process.number,
        "last_build": _utc(heartbeat.last_build),
        "last_done": {job: _utc(at) for job, at in heartbeat.last_done.items()},
        "in_trouble": {job: _utc(since) for job, since in heartbeat.in_trouble.items()},
    }
    keep(var / _NAME, f"{json.dumps(told, indent=1)}\n".encode("ascii"))


def last_look(var: Path, now: datetime) -> datetime | None:
    """When somebody last did what was due; None when nobody has, or the file cannot be read.

    A look at a time to come was one ahead, or by a clock that was wrong, and says nothing.
    """
    try:
        looked = datetime.fromisoformat(json.loads((var / _NAME).read_bytes())["at"])
        is_over = looked <= now
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return looked if is_over else None


def _utc(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None
