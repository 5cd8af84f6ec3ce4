"""Build, deploy, announce: in this order."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from newsroom.database.announcements import Announcement, AnnouncementState
from newsroom.errors import OutsideError
from newsroom.jobs.site.announce_attempt import Round
from newsroom.jobs.site.publish import Published, publish, publishing_note
from newsroom.model import Problem, Severity
from newsroom.output.tally import Tally

BUILT = Tally(166, 3, 162, 1)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def row(state: AnnouncementState, note: str | None = None) -> Announcement:
    """An announcement that came to this."""
    return Announcement(
        item="urn:x:a", channel="slack:kansli", state=state, title="Ett", at=NOW, note=note
    )


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

    def announce(self) -> Round:
        """Announce, with one channel that is away."""
        self.done.append("announce")
        return Round(waiting=[row(AnnouncementState.WAITING, "it answered 503")])


def test_in_this_order() -> None:
    """Nobody is told of what is not there yet."""
    diary = Diary()

    published = publish(diary.build, diary.deploy, diary.announce)

    assert diary.done == ["build", "deploy", "announce"]
    assert published.built == BUILT
    assert published.notes == ('slack:kansli: "Ett" waits: it answered 503; it is tried again',)


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

    whole = publishing_note(Published(BUILT))
    told = publishing_note(Published(BUILT, Round(made=[row(AnnouncementState.DONE)])))
    broken = publishing_note(Published(Tally(5, 0, 5, 0, (problem, warning))))
    failed = publishing_note(
        Published(BUILT, Round(troubled=[row(AnnouncementState.FAILED, "no such")]))
    )

    assert whole == "166 pages, 3 written, 1 removed"
    assert told == "166 pages, 3 written, 1 removed, 1 announced"
    assert broken == "5 pages, 0 written, 0 removed, 1 to mend: newsroom check"
    assert failed == (
        '166 pages, 3 written, 1 removed; slack:kansli: "Ett" was not announced: no such'
    )


def test_what_was_announced_is_news() -> None:
    """A build that found nothing to do is worth a line when somebody was told of something."""
    idle = Tally(5, 0, 5, 0)

    assert not Published(idle).has_changed
    assert Published(idle, Round(made=[row(AnnouncementState.DONE)])).has_changed
