"""How late a run was, as people say it."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.model import Daily, Schedule, ScheduledJob, Weekly
from newsroom.render.sayings import in_language
from tests.jobs.running.slots import HOUR, START, Diary, look, rota


def test_a_run_that_comes_late_says_so(database: Engine) -> None:
    """Who looks after an outage reads by how much the slot was missed."""
    look(rota(database, {"publish": Diary()}), START)
    weekly = replace(
        rota(database, {"publish": Diary()}),
        schedule=Schedule(ZoneInfo("UTC"), (ScheduledJob("publish", Daily(time(9))),)),
    )

    on_time = look(weekly, START.replace(hour=9, minute=5))
    late = look(weekly, START.replace(hour=12, minute=5) + timedelta(days=1))

    assert [done.note for done in on_time] == ["done it"]
    assert [done.note for done in late] == ["done it; ran late by 3 h 5 min"]
    assert in_language(late[0].note, "sv") == "done it; kördes 3 tim 5 min för sent"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3), "3 tim"),
        (timedelta(hours=23, minutes=59), "23 tim 59 min"),
        (timedelta(hours=48, minutes=40), "2 dagar"),
        (timedelta(hours=57), "2 dagar 9 tim"),
        (timedelta(hours=73), "3 dagar 1 tim"),
    ],
)
def test_how_late_is_said_as_people_say_it(database: Engine, after: timedelta, words: str) -> None:
    """Nobody counts fifty-seven hours, or no minutes."""
    nine = START + HOUR
    links = replace(
        rota(database, {"links": Diary()}),
        schedule=Schedule(ZoneInfo("UTC"), (ScheduledJob("links", Weekly(0, time(7))),)),
    )
    look(links, START)

    (done,) = look(links, nine + after)

    assert in_language(done.note, "sv") == f"done it; kördes {words} för sent"
