"""The judges are asked about sites that were built and served, and what they say is passed on."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.judge import Judge, ask, has_failed
from scripts.judges import calendars, feeds, links
from scripts.judges.exhibit import Exhibit, exhibit
from scripts.judges.opinion import MissingJudgeError, Severity, error
from scripts.judges.toolbox import Toolbox, heard, run
from tests.processes import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exhibit]:
    """The newsroom of hostile texts, built and served."""
    root = tmp_path_factory.mktemp("judges") / "hostile"
    shutil.copytree(REPOSITORY / "scripts/judges/hostile", root)
    with exhibit("hostile", root) as shown:
        yield shown


@pytest.fixture
def nowhere(tmp_path: Path) -> Toolbox:
    """A folder without a single program in it."""
    return Toolbox(tmp_path)


def test_hostile_texts_make_whole_feeds(hostile: Exhibit, nowhere: Toolbox) -> None:
    """Whatever an author writes, feeds parse, entries are whole, addresses absolute."""
    opinion = feeds.by_feedparser(hostile, nowhere)

    assert len(hostile.files(".xml")) > 3
    assert opinion.findings == ()


@pytest.mark.parametrize("judge", [calendars.by_icalendar, calendars.by_vobject])
def test_hostile_texts_make_whole_calendars(
    hostile: Exhibit, nowhere: Toolbox, judge: Judge
) -> None:
    """Whatever an author writes, two libraries read the same entries at the same instants."""
    opinion = judge(hostile, nowhere)

    assert len(hostile.files(".ics")) > 6
    assert opinion.findings == ()


def test_a_fault_is_found(tmp_path: Path, nowhere: Toolbox) -> None:
    """An entry whose text was escaped twice, and has a relative address, is not let through."""
    feed = (
        '<rss version="2.0"><channel><title>t</title><item><title>Nyhet</title><guid>a</guid>'
        "<link>https://example.se/a</link><pubDate>Mon, 02 Mar 2026 09:00:00 +0100</pubDate>"
        "<description>&lt;img src='b.png'&gt;&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;</description>"
        "</item></channel></rss>"
    )
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")

    opinion = feeds.by_feedparser(Exhibit("site", tmp_path, ""), nowhere)

    assert {finding.message for finding in opinion.findings} >= {
        "readers would see the tags of Nyhet",
        'relative address "b.png" in Nyhet',
    }
    assert opinion.count(Severity.ERROR) == len(opinion.findings)


def test_a_missing_judge_says_how_to_get_it(hostile: Exhibit, nowhere: Toolbox) -> None:
    """Nothing is judged in silence: what is not installed has a line with the command to run."""
    with pytest.raises(MissingJudgeError, match="npm install"):
        links.by_linkinator(hostile, nowhere)

    opinion = ask(links.by_linkinator, hostile, nowhere)

    assert opinion.judge == "not installed"
    assert "linkinator" in opinion.looked_at


@pytest.mark.parametrize(("need_all", "failed"), [(True, True), (False, False)])
def test_all_judges_can_be_needed(
    hostile: Exhibit, nowhere: Toolbox, *, need_all: bool, failed: bool
) -> None:
    """Whoever wants to rely on a verdict can ask that nobody be missing from it."""
    opinion = ask(links.by_linkinator, hostile, nowhere)

    assert has_failed([opinion], need_all=need_all) is failed


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('out of memory')", ["ended with status 1 out of memory"]),
        ("import sys; sys.exit(3)", ["ended with status 3"]),
        ("print('all is well')", []),
    ],
)
def test_a_judge_that_fails_in_silence_is_an_error(script: str, said: list[str]) -> None:
    """One that could not look has not found that all is well."""
    findings = heard(run([sys.executable, "-c", script]), ())

    assert [finding.message for finding in findings] == said


def test_the_reason_that_a_judge_gives_is_enough() -> None:
    """Judges fail when they find something; what they found tells more than the status."""
    fault = error("feed.xml", "no title")

    assert heard(run([sys.executable, "-c", "raise SystemExit(1)"]), (fault,)) == (fault,)
