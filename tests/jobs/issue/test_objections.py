"""What speaks against sending an issue."""

import pytest
from sqlalchemy import Engine

from newsroom.jobs.issue.objections import objections
from newsroom.model import Audience
from tests.delivery.sample_ledger import add_readers


def test_an_empty_list(database: Engine) -> None:
    """With nobody on the list there is a reason not to send."""
    (reason,) = objections(database, Audience())

    assert reason.startswith("no active subscriber would get it; ")


@pytest.mark.parametrize("state", ["pending", "unsubscribed", "suppressed"])
def test_only_active_readers_count(database: Engine, state: str) -> None:
    """Those who have not confirmed, have left or are suppressed are nobody to send to."""
    with database.begin() as connection:
        add_readers(connection, ["asa@example.se"], state=state)

    assert objections(database, Audience())


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(), True),
        (Audience("sv"), True),
        (Audience("en"), False),
        (Audience(None, ("kust", "stad")), True),
        (Audience(None, ("kust",)), False),
        (Audience("en", ("stad",)), False),
    ],
)
def test_the_audience_decides(
    database: Engine,
    audience: Audience,
    reached: bool,  # noqa: FBT001
) -> None:
    """A reader counts whose language and whose topics are the issue's."""
    with database.begin() as connection:
        add_readers(connection, ["asa@example.se"], tags=["stad", "land"])

    assert (objections(database, audience) == ()) is reached
