"""What an approver should know of an issue before opening its page: faults, and what has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsroom.errors import NewsroomError
from newsroom.jobs.issue.come_since import COME_SINCE
from newsroom.jobs.issue.recipients import nobody
from newsroom.model import Issue, Problem, Severity


@dataclass(frozen=True, slots=True)
class Doubts:
    """What stands beside the question whether an issue may leave."""

    must: tuple[str, ...] = ()  # what forbids a yes, one fault each
    come: str = ""  # what was published after the draft and is not in it


def none_known(_name: str) -> tuple[Problem, ...]:
    """Nothing is known against an issue."""
    return ()


def doubts_of(problems: Sequence[Problem], issue: Issue, readers: int) -> Doubts:
    """What was found, for a mail; an empty list of readers forbids sending, too."""
    faults: list[str] = [each.sentence for each in problems if each.severity is Severity.ERROR]
    if readers == 0:
        faults.append(nobody(issue).message)
    come = (each.message for each in problems if each.code == COME_SINCE)
    return Doubts(tuple(faults), next(come, ""))


def come_since(problems: Callable[[str], Sequence[Problem]], name: str) -> str:
    """What was published after the draft of an issue; nothing when it cannot be looked over."""
    try:
        found = problems(name)
    except NewsroomError:  # which is why it is held, and said as such
        return ""
    return next((each.message for each in found if each.code == COME_SINCE), "")
