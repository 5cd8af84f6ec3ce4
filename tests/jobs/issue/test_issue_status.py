"""Where an issue stands, before and after the ledger has heard of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from newsroom.delivery.approval.approvals import Approval
from newsroom.errors import StateError
from newsroom.jobs.issue.issue_status import (
    issue_status,
    state_in_folder,
    status_json,
    status_line,
    status_of,
)
from newsroom.model.delivery import LaneStatus
from newsroom.model.issue_state import IssueState
from newsroom.render.sayings import in_language
from tests.delivery.sample_ledger import NOW, addresses, freeze_now, keep_yes
from tests.render.pieces import at, make_issue


def test_an_issue_that_only_the_folder_knows(database: Engine) -> None:
    """A draft has a status with nobody in it; the ledger alone has none."""
    tally = status_of(database, "2026-var", lambda: make_issue(draft=True), NOW)

    assert (tally.state, tally.frozen, tally.adds_up) == ("drafted", 0, True)
    assert status_line(tally) == "2026-var: drafted"
    with pytest.raises(StateError, match="2026-var: nothing has been approved or sent"):
        issue_status(database, "2026-var", NOW)


def test_an_issue_that_the_ledger_knows(database: Engine) -> None:
    """From the approval on the ledger is asked, and not the file."""
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))

    assert status_of(database, "2026-var", lambda: make_issue(draft=True), NOW).state == "approved"


def test_the_numbers_of_a_frozen_issue(database: Engine) -> None:
    """Everybody who was frozen is somewhere."""
    freeze_now(database, addresses(3))

    tally = status_of(database, "2026-var", make_issue, NOW)

    assert tally.adds_up
    assert status_line(tally) == "2026-var: frozen; 3 frozen: 3 pending"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"draft": True}, IssueState.DRAFTED),
        ({"draft": True, "published": at("2026-06-02T09:00")}, IssueState.DRAFTED),
        ({}, IssueState.DRAFTED),
        ({"published": at("2026-06-02T09:00")}, IssueState.DONE),
    ],
    ids=["draft", "dated draft", "no date", "sent"],
)
def test_what_the_file_alone_says(fields: dict[str, object], state: IssueState) -> None:
    """A dated file that is no draft is an issue that was sent before our time."""
    assert state_in_folder(make_issue(**fields)) is state


def test_lanes_and_times_as_json(database: Engine) -> None:
    """A lane that rests says why; times are times yet."""
    freeze_now(database, addresses(1))
    tally = issue_status(database, "2026-var", NOW)
    resting = replace(tally, lanes=(LaneStatus("a.example", "stopped", "550 5.7.1"),), note="why")

    told = status_json(resting)

    assert told["lanes"] == [{"lane": "a.example", "state": "stopped", "reason": "550 5.7.1"}]
    relay = (LaneStatus("global", "paused", "no answer", NOW), *resting.lanes)
    assert status_line(replace(resting, lanes=relay)).endswith(
        "; the mail server takes nothing; next try at 2026-06-02 07:00"
    )
    assert told["send_after"] == datetime(2026, 6, 2, 7, tzinfo=UTC)
    assert status_line(resting) == "2026-var: frozen (why); 1 frozen: 1 pending; resting: a.example"


def test_a_relay_that_is_stopped_is_called_by_its_name(database: Engine) -> None:
    """Nobody has to know that all lanes together are called global inside."""
    lanes = (LaneStatus("global", "stopped", "550 5.7.1"), LaneStatus("a.example", "stopped", None))
    freeze_now(database, addresses(1))
    tally = replace(issue_status(database, "2026-var", NOW), lanes=lanes)

    assert status_line(tally).endswith("resting: the mail server, a.example")
    assert "vilar: mejlservern, a.example" in in_language(status_line(tally), "sv")


def test_reasons_of_several_lines_stand_in_one(database: Engine) -> None:
    """A table of issues keeps its lines."""
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    tally = replace(issue_status(database, "2026-var", NOW), note="a.md: one\nb.md: two")

    assert status_line(tally) == "2026-var: approved (a.md: one; b.md: two)"
