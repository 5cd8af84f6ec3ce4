"""Build the site from what could be read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content.folder import Reading
from newsroom.jobs.site.build import Workshop, as_asked, build
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.model import Accessibility, Newsroom, Problem, Sender, Severity, Site
from newsroom.output.tree import Tree
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
)
from tests.render.printed import packaged

NOW = at("2026-06-01T09:00")
OWN = make_site(url="https://natverket.test", sender=Sender("Nätverket", "brev@natverket.test"))
NEWSROOM = make_newsroom(site=OWN, posts=(make_post("ett"), make_post("utkast", draft=True)))
ERROR = Problem(PurePosixPath("posts/news/a.md"), 3, Severity.ERROR, "x", "wrong", "write right")
WARNING = replace(ERROR, severity=Severity.WARNING)

Open = Callable[[Site], Workshop]


def closed(_site: Site) -> Workshop:
    """A workshop that nobody may need."""
    raise AssertionError("there is nothing to build")


@pytest.fixture
def open_shop(tmp_path: Path) -> Open:
    """A workshop that builds into a folder."""
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")
    return lambda _site: Workshop(tmp_path, tree, packaged(), tmp_path / "var/pictures")


def test_what_is_whole_is_built_and_what_is_not_is_told(open_shop: Open, tmp_path: Path) -> None:
    """One bad file never keeps the others off the site."""
    tally = build(Reading(NEWSROOM, (ERROR,)), open_shop, NOW, BuildOptions())

    assert tally.written == tally.pages > 0
    assert tally.problems == (ERROR,)
    assert (tmp_path / "public/nyheter/2026/ett/index.html").is_file()
    assert not (tmp_path / "public/nyheter/2026/utkast").exists()


def test_a_review_that_is_overdue_is_told_at_each_build(open_shop: Open) -> None:
    """A year after the site was last assessed the build says so, and builds all the same."""
    statement = Accessibility(assessed=date(2025, 5, 1))
    newsroom = replace(NEWSROOM, site=replace(OWN, accessibility=statement))

    tally = build(Reading(newsroom, ()), open_shop, NOW, BuildOptions())

    assert tally.written > 0
    assert [problem.code for problem in tally.problems] == ["old-review"]


@pytest.mark.parametrize(
    ("reading", "options"),
    [
        (Reading(None, (ERROR,)), BuildOptions()),
        (Reading(NEWSROOM, (ERROR,)), BuildOptions(strict=True)),
    ],
    ids=["site.yaml is broken", "strict"],
)
def test_nothing_is_touched(reading: Reading, options: BuildOptions) -> None:
    """Without a site, or with a fault when strict, no workshop is opened; the faults are told."""
    tally = build(reading, closed, NOW, options)

    assert (tally.pages, tally.written, tally.removed) == (0, 0, 0)
    assert tally.problems == (ERROR,)


def test_a_warning_stops_no_strict_build(open_shop: Open) -> None:
    """Strict is about errors."""
    tally = build(Reading(NEWSROOM, (WARNING,)), open_shop, NOW, BuildOptions(strict=True))

    assert tally.pages > 0


def test_a_second_build_writes_nothing(open_shop: Open) -> None:
    """With nothing new every file is left alone."""
    first = build(Reading(NEWSROOM, ()), open_shop, NOW, BuildOptions())
    second = build(Reading(NEWSROOM, ()), open_shop, NOW, BuildOptions())

    assert (second.written, second.unchanged) == (0, first.pages)


def test_drafts_of_every_kind() -> None:
    """With drafts asked for, no piece is one; the rest of it stays."""
    newsroom = make_newsroom(
        posts=(make_post(draft=True),),
        events=(make_event(draft=True),),
        contacts=(make_contact(draft=True),),
        issues=(make_issue(draft=True),),
    )

    shown = as_asked(newsroom, BuildOptions(drafts=True))

    assert [piece.draft for piece in shown.pieces()] == [False] * 4
    assert shown.posts == (make_post(),)
    assert as_asked(newsroom, BuildOptions()) == newsroom


def test_another_address() -> None:
    """The address is the one asked for, without a slash at its end; the first one stays."""
    asked = as_asked(NEWSROOM, BuildOptions(url="https://copy.example.org/nyheter/"))

    assert asked.site.url == "https://copy.example.org/nyheter"
    assert asked.site.first_url == NEWSROOM.site.first_url


def test_a_change_nobody_told_of_is_told_until_the_file_tells(
    open_shop: Open, tmp_path: Path
) -> None:
    """Each build warns of it and builds the same bytes as where nothing is remembered."""
    source = tmp_path / "posts/events/mote.md"
    source.parent.mkdir(parents=True)
    source.write_text("---\ntitle: x\nstart: x\n---\n", encoding="utf-8")
    before, after = (
        replace(NEWSROOM, events=(make_event(start=at(start), end=None),))
        for start in ("2026-10-14T10:00", "2026-10-21T10:00")
    )

    def live(site: Site) -> Workshop:
        return replace(open_shop(site), events=tmp_path / "var/events.json")

    def built(newsroom: Newsroom, shop: Open) -> list[str]:
        tally = build(Reading(newsroom, ()), shop, NOW, BuildOptions())
        return [f"{problem.code}:{problem.line}" for problem in tally.problems]

    assert built(before, live) == []
    assert [built(after, live) for _ in range(2)] == [["change-unsaid:3"]] * 2
    with_memory = (tmp_path / "public/calendar.ics").read_bytes()
    assert built(after, open_shop) == []
    assert (tmp_path / "public/calendar.ics").read_bytes() == with_memory
