"""What the jobs of a schedule do, and how a person has it done."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from click import Context

from newsroom.cli.commands import newsroom
from newsroom.jobs.running.job_words import command_of, failure_words
from newsroom.model import Schedule, ScheduledJob, Slot, Yearly

DUE = datetime(2026, 12, 1, 8, tzinfo=UTC)  # a Tuesday, the first of its month


def of_the_autumn(step: str, before: int) -> ScheduledJob:
    """A step of an issue that leaves in December."""
    rule = Yearly(12, time(9), weekday=1, nth=1, before=timedelta(days=before))
    return ScheduledJob(f"newsletter.host.{step}", rule)


SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (of_the_autumn("draft", 21), of_the_autumn("remind", 5), of_the_autumn("send", 0)),
)


@pytest.mark.parametrize(
    ("job", "before", "command"),
    [
        ("publish", 0, "newsroom publish"),
        ("newsletter.host.draft", 21, "newsroom issue draft 2026-host"),
        ("newsletter.host.remind", 5, "newsroom issue review 2026-host"),
        ("newsletter.host.send", 0, "newsroom issue send 2026-host"),
        ("links", 0, "newsroom check --links"),
        ("bounces", 0, "newsroom inbox fetch"),
        ("backup", 0, "newsroom backup FILE"),
        ("housekeeping", 0, None),
    ],
)
def test_what_was_not_run_has_a_command_that_does_it(
    job: str, before: int, command: str | None
) -> None:
    """It is one that newsroom has, with the name of the issue that the slot was for."""
    slot = Slot(DUE - timedelta(days=before), job)

    assert command_of(SCHEDULE, slot) == command
    if command is not None:
        name = command.split()[1]
        assert newsroom.get_command(Context(newsroom), name) is not None


def test_links_that_could_not_be_tried_are_told_as_that() -> None:
    """What is wrong is that nobody could ask, and not the links; other jobs are named."""
    assert failure_words("links") == "The links could not be tried"
    assert failure_words("backup") == "It does not work: make a backup"
