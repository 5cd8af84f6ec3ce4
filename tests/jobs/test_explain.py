from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content import folder
from newsroom.errors import ContentError
from newsroom.jobs.explain import explain

NOW = datetime(2026, 4, 12, 9, tzinfo=UTC)
SITE_YAML = """\
name: Nätverket
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with nothing in it."""
    (tmp_path / "posts/news").mkdir(parents=True)
    (tmp_path / "posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("fields", "public", "reason"),
    [
        ("date: 2026-04-12T10:00", True, "its date, 2026-04-12 10:00, has come"),
        ("date: 2026-04-12T11:01", False, "its date, 2026-04-12 11:01, has not come"),
        ("date: 2026-04-01\nexpires: 2026-04-10", False, "it expired on 2026-04-10 00:00"),
        (
            "date: 2026-04-01\ndraft: true",
            False,
            "it is a draft; take the line draft: true away to publish it",
        ),
        (
            "date: 2026-04-01\nwithdrawn: {date: 2026-04-02, reason: Fel}",
            False,
            "it was withdrawn on 2026-04-02: Fel",
        ),
        (
            "date: nu",
            False,
            'it has an error on line 4: date "nu" is not a date; write it as 2026-11-02 or '
            "2026-11-02T09:00",
        ),
    ],
)
def test_why_a_post_is_or_is_not_public(
    root: Path, fields: str, *, public: bool, reason: str
) -> None:
    """The answer says what holds now and what to do about it."""
    (root / "posts/news/a.md").write_text(
        f"---\ntitle: A\nid: a\n{fields}\n---\n", encoding="utf-8"
    )

    explanation = explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)

    assert (explanation.public, explanation.reason) == (public, reason)


def test_where_an_event_is(root: Path) -> None:
    """An event has a page and a calendar file; without a date of its own nothing is waited for."""
    (root / "posts/events").mkdir()
    path = PurePosixPath("posts/events/mote.md")
    (root / path).write_text("---\ntitle: M\nid: m\nstart: 2027-01-01\n---\n", encoding="utf-8")

    explanation = explain(path, folder.read(root), NOW)

    assert explanation.urls == (
        "https://nyheter.example.se/kalender/mote/",
        "https://nyheter.example.se/kalender/mote.ics",
    )
    assert (explanation.since, explanation.reason) == (None, "it is not a draft")


def test_a_broken_site_publishes_nothing(root: Path) -> None:
    """With faults in site.yaml the reason is there."""
    (root / "posts/site.yaml").write_text("name: x\n", encoding="utf-8")

    explanation = explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)

    assert explanation.reason == "site.yaml has errors, so nothing is published"


def test_a_file_that_is_no_piece(root: Path) -> None:
    """A path that names nothing is an error."""
    with pytest.raises(ContentError, match=r"posts/news/a\.md"):
        explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)
