"""What an approver should know of an issue before opening its page."""

from pathlib import PurePosixPath

from newsroom.errors import StateError
from newsroom.jobs.approval.doubts import Doubts, come_since, doubts_of
from newsroom.jobs.issue.come_since import COME_SINCE
from newsroom.model import Problem, Severity
from tests.render.pieces import make_issue

SOURCE = PurePosixPath("posts/newsletters/2026-var.md")
FAULT = Problem(SOURCE, 4, Severity.ERROR, "broken-link", "it leads nowhere", "take it away")
ADVICE = Problem(SOURCE, 5, Severity.WARNING, "vague-link", "here says little", "")
COME = Problem(SOURCE, None, Severity.WARNING, COME_SINCE, "1 post has come", "")


def test_faults_and_what_has_come() -> None:
    """What forbids a yes with its place and its mending, and news that is not in it; no advice."""
    found = doubts_of((FAULT, ADVICE, COME), make_issue(), readers=3)

    assert found == Doubts((FAULT.sentence,), "1 post has come")
    assert doubts_of((ADVICE,), make_issue(), readers=3) == Doubts()


def test_nobody_to_send_to_is_a_fault() -> None:
    """An empty list forbids sending whatever the text says."""
    found = doubts_of((), make_issue(), readers=0)

    assert found.must == ("the list is empty: nobody would get it",)


def test_one_that_cannot_be_looked_over_has_nothing_to_add() -> None:
    """Why it cannot is the reason that it is held for, and told as that."""

    def refuse(name: str) -> tuple[Problem, ...]:
        raise StateError(f"{name}: no readable file")

    assert come_since(refuse, "2026-var") == ""
    assert come_since(lambda _: (ADVICE, COME), "2026-var") == "1 post has come"
