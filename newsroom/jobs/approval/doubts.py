"""What an approver should know of an issue before opening its page: faults, and what has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.jobs.issue.come_since import COME_SINCE
from newsroom.model import Problem, Severity
from newsroom.model.saying import say


@dataclass(frozen=True, slots=True)
class Doubts:
    """What stands beside the question whether an issue may leave."""

    must: tuple[str, ...] = ()  # what forbids a yes, one fault each
    come: str = ""  # what was published after the draft and is not in it


def none_known(_name: str) -> tuple[Problem, ...]:
    """Nothing is known against an issue."""
    return ()


def doubts_of(problems: Sequence[Problem], readers: int) -> Doubts:
    """What was found, for a mail; an empty list of readers forbids sending, too."""
    faults = [each.sentence for each in problems if each.severity is Severity.ERROR]
    if readers == 0:
        faults.append(say("the list is empty: nobody would get it"))
    come = (each.message for each in problems if each.code == COME_SINCE)
    return Doubts(tuple(faults), next(come, ""))
