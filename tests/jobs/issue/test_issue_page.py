"""An issue's page is on the web before its first mail, and shows what was approved."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.errors import StateError
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.issue_page import publish_issue
from newsroom.jobs.site.announce_attempt import Round
from newsroom.jobs.site.publish import Published
from newsroom.model import Issue, Problem, Sender, Severity, Site
from newsroom.output.tally import Tally

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
SITE = Site(
    name="Nätverket",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket", "brev@example.se"),
)
SOURCE = PurePosixPath("posts/newsletters/2026-host.md")
TEXT = "---\ntitle: Hösten\nnumber: 4\n# Borta tills det skickas.\ndraft: true\n---\n\nHej.\n"


class Printer:
    """A site that can be published, and remembers that it was."""

    def __init__(self, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems
        self.published = 0

    def publish(self) -> Published:
        self.published += 1
        return Published(Tally(1, 1, 0, 0, self.problems), Round())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with one issue."""
    path = tmp_path / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    return tmp_path


def proof(content_hash: str = "approved") -> Proof:
    """The issue made up, with the hash of its text."""
    issue = Issue(
        source=SOURCE,
        body_line=8,
        id="urn:uuid:1",
        title="Hösten",
        slug="2026-host",
        lang="sv",
        body="Hej.",
        number=4,
        draft=True,
    )
    return Proof(SITE, issue, NOW, {}, content_hash)


def test_the_file_says_when_it_was_sent(root: Path) -> None:
    """The draft's line goes, the date comes, and nothing else in the file changes."""
    site = Printer()

    publish_issue(root, proof(), "approved", site.publish, NOW)

    written = (root / SOURCE).read_text()
    assert "draft" not in written
    assert "date: 2026-12-01T09:00" in written
    assert "# Borta tills det skickas." in written
    assert site.published == 1


def test_a_text_that_nobody_approved_is_not_published(root: Path) -> None:
    """What was added after the freeze stays off the web, and the issue waits for a person."""
    site = Printer()

    with pytest.raises(StateError, match="no longer says what was frozen"):
        publish_issue(root, proof("edited"), "approved", site.publish, NOW)

    assert (root / SOURCE).read_text() == TEXT
    assert site.published == 0


def test_a_page_that_could_not_be_made_is_told(root: Path) -> None:
    """No mail leads to a page that is not there."""
    page = PurePosixPath("nyhetsbrev/2026-host/index.html")
    broken = Problem(page, None, Severity.ERROR, "page-not-made", "the page is broken", "mend it")

    with pytest.raises(StateError, match="the page is broken"):
        publish_issue(root, proof(), "approved", Printer((broken,)).publish, NOW)
