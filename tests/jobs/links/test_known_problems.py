"""What is known of links, as a person reads it."""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.jobs.links.gather import LinkPlace
from newsroom.jobs.links.known_problems import copy_of, known_problems
from newsroom.model import Problem, Severity
from newsroom.model.link import KnownLink, Lead
from newsroom.model.saying import say
from newsroom.render.sayings import in_language

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Stockholm")
URL = "https://annan.example/sida"
PLACE = LinkPlace(URL, PurePosixPath("posts/news/x.md"), 12, datetime(2025, 3, 1, tzinfo=UTC))
SEEN, GOOD = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 12, 22, 30, tzinfo=UTC)
BAD = datetime(2026, 11, 3, 6, tzinfo=UTC)


def told(link: KnownLink, place: LinkPlace = PLACE) -> list[Problem]:
    """What is told of a link at a place."""
    return list(known_problems([place], {URL: link}, NOW, ZONE))


def gone(lead: Lead = Lead.GONE, days: int = 2, good: datetime | None = GOOD) -> KnownLink:
    """A link that was good once."""
    why = say("it answers {status}", status=404)
    return KnownLink(
        URL, SEEN, asked=NOW, lead=lead, why=why, last_good=good, bad_since=BAD, bad_days=days
    )


def test_a_dead_link_is_told_with_place_dates_and_a_copy() -> None:
    """In Swedish as a coordinator reads it: since when, when it was whole, and what to write."""
    (problem,) = told(gone())

    assert problem.place == "posts/news/x.md:12"
    assert (problem.severity, problem.code) == (Severity.WARNING, "dead-link")
    assert in_language(problem.message, "sv") == (
        f'"{URL}" leder ingenstans: den svarar 404 (sedan 2026-11-03, senast hel 2026-10-13)'
    )
    assert in_language(problem.fix, "sv") == (
        "länka till en annan sida, eller till en arkiverad kopia: "
        f"https://web.archive.org/web/20261013/{URL}"
    )


def test_the_copy_is_of_the_day_that_is_known() -> None:
    """The last good one; else when readers first saw the link; else none is suggested."""
    never = gone(good=None)

    assert copy_of(never, PLACE, ZONE) == f"https://web.archive.org/web/20250301/{URL}"
    assert copy_of(never, LinkPlace(URL, PLACE.source, None), ZONE) is None
    (problem,) = told(never, LinkPlace(URL, PLACE.source, None))
    assert "(since 2026-11-03)" in problem.message
    assert "archived" not in problem.fix


@pytest.mark.parametrize(
    ("link", "code", "severity"),
    [
        (gone(days=1), "doubted-link", Severity.NOTE),
        (gone(Lead.DISTRUSTED), "dead-link", Severity.WARNING),
        (gone(Lead.PRIVATE), "private-link", Severity.WARNING),
        (gone(Lead.MOVED), "moved-link", Severity.NOTE),
    ],
)
def test_each_state_has_its_code(link: KnownLink, code: str, severity: Severity) -> None:
    """And only what is sure is a warning."""
    (problem,) = told(link)

    assert (problem.code, problem.severity) == (code, severity)
    assert in_language(problem.message, "sv") != problem.message


@pytest.mark.parametrize("weeks", [2, 4])
def test_silence_is_told_after_weeks(weeks: int) -> None:
    """And not before."""
    since = NOW - timedelta(weeks=weeks)
    link = KnownLink(URL, SEEN, asked=NOW, lead=Lead.SILENT, why="slow", bad_since=since)

    assert [problem.code for problem in told(link)] == (["silent-link"] if weeks > 3 else [])


@pytest.mark.parametrize("lead", [Lead.GOOD, Lead.CLOSED, None])
def test_of_what_is_well_or_unknown_nothing_is_told(lead: Lead | None) -> None:
    """A check that cries wolf is turned off."""
    assert told(KnownLink(URL, SEEN, asked=NOW, lead=lead)) == []
    assert list(known_problems([PLACE], {}, NOW, ZONE)) == []
