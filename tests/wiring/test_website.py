"""The website's parts, joined."""

import os
import shutil
import subprocess
import sys
import time
import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.jobs.site.build_options import BuildOptions
from newsroom.model import Site
from newsroom.output.next_change import next_change
from newsroom.output.tally import Tally
from newsroom.program import PACKAGE
from newsroom.render.templates import default_templates
from newsroom.settings import Settings
from newsroom.wiring import Desk, website
from tests.newsrooms import put, write_newsroom
from tests.processes import environment
from tests.ticks import next_tick

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
COMES = datetime(2026, 12, 24, 11, tzinfo=UTC)  # a post of the small newsroom
POST = "posts/news/2026-11-10-host.md"


def settled() -> int:
    """A time at which all that was written lies far enough back."""
    return time.time_ns() + 10**10


def build(root: Path, now: datetime = NOW, options: BuildOptions | None = None) -> Tally:
    """One build, of the folder as it is."""
    desk = Desk(Settings.from_env(root, {}), lambda: now)
    return website.build(desk, options or BuildOptions(), settled)


def reads(root: Path, now: datetime = NOW, options: BuildOptions | None = None) -> bool:
    """Whether a build reads the folder: it then has a catalogue of it again."""
    cache = root / "var" / "cache"
    shutil.rmtree(cache)
    build(root, now, options)
    was_read = cache.exists()
    build(root, now)
    cache.mkdir(exist_ok=True)
    return was_read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small newsroom, built."""
    root = write_newsroom(tmp_path / "house")
    build(root)
    return root


def test_the_second_build_does_not_read(root: Path) -> None:
    """When nothing was written, and nothing comes or goes, a build tells what the last one told."""
    put(root, POST, (root / POST).read_text().replace("Löven", "[här](https://example.se) Löven"))
    told = build(root)

    assert told.problems
    assert build(root) == replace(told, written=0, unchanged=told.pages, changed=())
    assert not reads(root)


@pytest.mark.parametrize(
    "name",
    [
        POST,
        "posts/news/2026-11-21-ny.md",
        "posts/news/bild.png",
        "templates/site/post.html",
        "public/index.html",
    ],
)
def test_whatever_is_written_is_read(root: Path, name: str) -> None:
    """A text, a new file, a template, a file of the site: each makes the next build look."""
    put(root, name, (root / POST).read_text())

    assert reads(root)


def test_time_passes(root: Path) -> None:
    """A post is published by the first build at its time or after it."""
    before = COMES - timedelta(seconds=1)
    build(root, before)

    assert not reads(root, before)
    assert build(root, COMES).written > 0
    assert (root / "public/nyheter/2026/jul/index.html").is_file()


def test_clocks_go_back(root: Path) -> None:
    """What a wrong clock published goes again when the clock is set right."""
    build(root, COMES)

    assert build(root, NOW).removed > 0


@pytest.mark.parametrize(
    "options", [BuildOptions(drafts=True), BuildOptions(url="https://other.example.se")]
)
def test_other_options_make_another_site(root: Path, options: BuildOptions) -> None:
    """Each change of options builds, there and back again."""
    assert build(root, options=options).written > 0
    assert build(root).written > 0


def test_what_has_to_be_mended_is_tried_again(root: Path) -> None:
    """A build that met an error is not taken for done."""
    put(root, "posts/news/2026-11-20-trasig.md", "---\ntitle: [\n---\n")
    build(root)

    assert reads(root)


def test_what_was_just_written_is_looked_at_again(tmp_path: Path) -> None:
    """Within two seconds of an edit no receipt is left: the next write could look the same."""
    root = write_newsroom(tmp_path / "house")
    desk = Desk(Settings.from_env(root, {}), lambda: NOW)

    website.build(desk, BuildOptions())

    assert not (root / "var" / "builds" / "site.receipt").exists()


def test_a_site_that_is_adjusted_has_no_receipt(tmp_path: Path) -> None:
    """What the site was adjusted to cannot be seen from outside."""
    root = write_newsroom(tmp_path / "house")

    def rename(site: Site) -> Site:
        return replace(site, name="Annat")

    website.build(Desk(Settings.from_env(root, {}), lambda: NOW, rename), BuildOptions(), settled)

    assert not (root / "var" / "builds" / "site.receipt").exists()


_WATCHED = """
import os, sys
log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        os.write(log, os.path.realpath(arguments[0]).encode() + b"\\n")

sys.addaudithook(hear)
from pathlib import Path
from datetime import UTC, datetime
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.settings import Settings
from newsroom.wiring import Desk, website
desk = Desk(Settings.from_env(Path(sys.argv[2]), {}), lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
website.build(desk, BuildOptions())
"""


def test_a_build_goes_by_nothing_that_is_not_seen(tmp_path: Path) -> None:
    """Each file that a build or a child of it opens is in a folder whose look the receipt has.

    The others are its own memory and the site, Python and its libraries, and the zones.
    """
    root = write_newsroom(tmp_path / "house")
    put(root, "templates/site/footer.html", "<footer></footer>")
    log = tmp_path / "opened"
    subprocess.run(
        [sys.executable, "-c", _WATCHED, str(log), str(root)], check=True, env=environment({})
    )

    opened = {Path(line) for line in log.read_text().splitlines()}
    seen = (root / "posts", root / "templates", default_templates(), PACKAGE)
    own = (root / "var", root / "public", *map(Path, sys.path), *map(Path, zoneinfo.TZPATH))
    machine = (Path(sys.base_prefix), Path(sys.prefix), Path("/proc"), Path("/dev"))
    known = [place.resolve() for place in (*seen, *own, *machine) if place != Path()]
    others = [path for path in opened if not any(map(path.is_relative_to, known))]

    assert any(path.is_relative_to(root / "templates") for path in opened)
    assert any(path.is_relative_to(root / "posts" / "news") for path in opened)
    assert not others


def test_the_packaged_templates_are_seen(root: Path) -> None:
    """A program that was fetched anew, with another template and no other code, builds again."""
    template = default_templates() / "site" / "footer.html"
    times = template.stat()
    next_tick(root.parent)
    os.utime(template, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert reads(root)


def test_the_next_change_is_known(root: Path) -> None:
    """After a build it is known when a post comes, also while something has to be mended."""
    before = next_change(root / "var" / "builds")
    put(root, "posts/news/fel.md", "---\nid: urn:x:fel\ntitle: Fel\ndate: nej\n---\n\nHej\n")
    soon = "---\nid: urn:x:nu\ntitle: Nu\ndate: 2026-11-22T10:03\n---\n\nHej\n"
    put(root, "posts/news/nu.md", soon)
    build(root)
    build(root, options=BuildOptions(out=root / "copy"), now=NOW + timedelta(days=3))

    assert before == datetime(2026, 11, 22, 23, tzinfo=UTC)  # midnight where the site is at home
    assert next_change(root / "var" / "builds") == datetime(2026, 11, 22, 9, 3, tzinfo=UTC)
