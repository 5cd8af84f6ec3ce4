"""Build, deploy, announce: in this order."""

from pathlib import PurePosixPath

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.site.publish import Published, publish, publishing_note
from newsroom.model import Problem, Severity
from newsroom.output.tally import Tally

BUILT = Tally(166, 3, 162, 1)


class Diary:
    """Remembers in which order it was asked for what."""

    def __init__(self, *, deploys: bool = True) -> None:
        self.done: list[str] = []
        self._deploys = deploys

    def build(self) -> Tally:
        """Build."""
        self.done.append("build")
        return BUILT

    def deploy(self) -> None:
        """Deploy, or fail at it."""
        self.done.append("deploy")
        if not self._deploys:
            raise OutsideError("the other machine is away")

    def announce(self) -> tuple[str, ...]:
        """Announce, with one hub that is away."""
        self.done.append("announce")
        return ("https://hub.example.se/: answered 500",)


def test_in_this_order() -> None:
    """Nobody is told of what is not there yet."""
    diary = Diary()

    published = publish(diary.build, diary.deploy, diary.announce)

    assert diary.done == ["build", "deploy", "announce"]
    assert published == Published(BUILT, ("https://hub.example.se/: answered 500",))


def test_what_is_not_deployed_is_not_announced() -> None:
    """A deploy that fails is an error, and nobody is told."""
    diary = Diary(deploys=False)

    with pytest.raises(OutsideError, match="the other machine is away"):
        publish(diary.build, diary.deploy, diary.announce)

    assert diary.done == ["build", "deploy"]


def test_the_note() -> None:
    """A line for the ledger; errors in the folder are counted, warnings are not."""
    problem = Problem(PurePosixPath("posts/news/a.md"), 3, Severity.ERROR, "x", "wrong", "right")
    warning = Problem(PurePosixPath("posts/news/a.md"), 4, Severity.WARNING, "x", "odd", "better")

    whole = publishing_note(Published(BUILT, ()))
    broken = publishing_note(Published(Tally(5, 0, 5, 0, (problem, warning)), ()))

    assert whole == "166 pages, 3 written, 1 removed"
    assert broken == "5 pages, 0 written, 0 removed, 1 to mend: newsroom check"


def test_a_channel_that_is_away_is_a_failure() -> None:
    """The ledger calls the run failed when somebody could not be told, so that it is seen."""
    with pytest.raises(OutsideError, match="a; b"):
        publishing_note(Published(BUILT, ("a", "b")))
