"""A site that was built again and again is, byte for byte, the one that is built from nothing."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from newsroom.jobs.site.build_options import BuildOptions
from newsroom.render.templates import default_templates
from newsroom.settings import Settings
from newsroom.wiring import Desk, website
from tests.newsrooms import SITE, put
from tests.ticks import next_tick

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
SLUGS = ("ett", "tva", "tre")
BODIES = (
    "Texten.",
    "## Rubrik\n\n[Mötet](../events/2026-12-01-mote.md) och [ett](2026-11-01-ett.md).",
    "![En bild](bild.png) och [Anna](../contacts/anna-ek.md).\n\n| A | B |\n|---|---|\n| 1 | 2 |",
)
EVENTS = (
    "2026-12-01T10:00",
    "2026-12-02T10:00\nstatus: cancelled\ntags: [barn]",
    "2026-11-30T10:00\nseries: traffar\nmembers: [kommunen]\nsummary: Kort.",
    "2026-12-15T10:00\nseries: traffar\ncontacts: [anna-ek]\n"
    "registration: {url: 'https://x.test', deadline: 2026-11-29}\n"
    "program: Se [ett](../news/2026-11-01-ett.md).",
    "2026-12-01T11:00\nimage: {file: ../news/bild.png, alt: Bilden}",
    "2026-12-03T10:00\nmembers: [kommunen]\n"
    "previously: [{changed: 2026-11-24T09:00, start: 2026-12-01T10:00}]",
)
FIELDS = (
    "",
    "tags: [hälsa]\nsummary: Kort.\n",
    "tags: [hälsa, barn]\ncontacts: [anna-ek]\nevent: mote\n",
    "expires: 2026-12-10\nimage: {file: bild.png, alt: Bilden}\n",
    "aliases: [gammal]\nlang: en\n",
    "draft: true\n",
    "withdrawn: {date: 2026-11-20, reason: Fel}\n",
)


class Edit(NamedTuple):
    """Something that happens to a newsroom's folder."""

    name: str
    do: Callable[[Path], object]

    def __repr__(self) -> str:
        return self.name


def writes(slug: str, day: int, body: int, fields: int) -> Edit:
    """Somebody writes a post, or writes it anew."""
    text = (
        f"---\nid: urn:x:{slug}\ntitle: Om {slug}\ndate: 2026-11-{day:02}\n{FIELDS[fields]}---\n\n"
        f"{BODIES[body]}\n"
    )
    return Edit(f"write {slug} {day} {body} {fields}", lambda root: put(root, file_of(slug), text))


def file_of(slug: str) -> str:
    """The file of a post."""
    return f"posts/news/2026-11-01-{slug}.md"


def draws(red: int) -> Edit:
    """Somebody puts a picture beside the posts, of the same measures as the one before."""

    def draw(root: Path) -> None:
        path = root / "posts/news/bild.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (30, 20), (red, 0, 0)).save(path)

    return Edit(f"draw {red}", draw)


def removes(name: str) -> Edit:
    """A file goes."""
    return Edit(f"remove {name}", lambda root: (root / name).unlink(missing_ok=True))


def renames(slug: str) -> Edit:
    """A post gets a folder of its own."""

    def rename(root: Path) -> None:
        if (root / file_of(slug)).is_file():
            folder = root / file_of(slug).removesuffix(".md")
            folder.mkdir(exist_ok=True)
            (root / file_of(slug)).replace(folder / "index.md")

    return Edit(f"folder for {slug}", rename)


def alters_unseen(slug: str) -> Edit:
    """A text of the same length takes another's place, and its date is set back."""

    def alter(root: Path) -> None:
        path = root / file_of(slug)
        if path.is_file():
            before = path.stat()
            next_tick(root.parent)  # the disk's clock may not have moved since the build
            path.write_text(path.read_text().swapcase().replace("URN:X", "urn:x"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return Edit(f"alter {slug} unseen", alter)


def meddles(name: str) -> Edit:
    """Somebody writes into the built site."""

    def meddle(root: Path) -> None:
        if (root / "public" / name).is_file():
            (root / "public" / name).write_text("fusk")

    return Edit(f"meddle with {name}", meddle)


def event(fields: str, slug: str = "mote") -> Edit:
    """An event is written."""
    text = f"---\nid: urn:x:{slug}\ntitle: Om {slug}\nstart: {fields}\n---\n\nVälkommen.\n"
    file = f"posts/events/2026-12-01-{slug}.md"
    return Edit(f"event {slug} {fields!r}", lambda root: put(root, file, text))


def person(phone: str) -> Edit:
    """The contact is written."""
    text = f"---\nid: urn:x:anna\nname: Anna Ek\nphone: {phone}\n---\n"
    return Edit(f"person {phone}", lambda root: put(root, "posts/contacts/anna-ek.md", text))


def member(title: str) -> Edit:
    """The member is written."""
    text = f"---\nid: urn:x:kommun\ntitle: {title}\n---\n"
    return Edit(f"member {title}", lambda root: put(root, "posts/members/kommunen.md", text))


def site(more: str) -> Edit:
    """The settings of the site are written."""
    return Edit(f"site {more!r}", lambda root: put(root, "posts/site.yaml", SITE + more))


def template(comment: str) -> Edit:
    """The newsroom gets a template of its own."""
    own = (default_templates() / "site/post.html").read_text(encoding="utf-8") + comment
    return Edit(f"template {comment}", lambda root: put(root, "templates/site/post.html", own))


EDITS = st.one_of(
    st.builds(
        writes,
        st.sampled_from(SLUGS),
        st.sampled_from((1, 2, 25)),
        st.integers(0, len(BODIES) - 1),
        st.integers(0, len(FIELDS) - 1),
    ),
    st.builds(renames, st.sampled_from(SLUGS)),
    st.builds(removes, st.sampled_from([file_of(slug) for slug in SLUGS])),
    st.builds(alters_unseen, st.sampled_from(SLUGS)),
    st.builds(draws, st.sampled_from((10, 200))),
    st.builds(
        removes,
        st.sampled_from(
            (
                "posts/news/bild.png",
                "posts/contacts/anna-ek.md",
                "posts/events/2026-12-01-mote.md",
                "posts/events/2026-12-01-traff.md",
                "posts/members/kommunen.md",
                "templates/site/post.html",
                "public/index.html",
                "public/feed.xml",
            )
        ),
    ),
    st.builds(meddles, st.sampled_from(("index.html", "nyheter/2026/ett/index.html", "atom.xml"))),
    st.builds(event, st.sampled_from(EVENTS), st.sampled_from(("mote", "traff"))),
    st.builds(member, st.sampled_from(("Kommunen", "Staden"))),
    st.builds(person, st.sampled_from(("010-1", "010-2"))),
    st.builds(
        site,
        st.sampled_from(
            ("", "feed: {limit: 1}\n", 'brand: {accent: "#7a1f4b"}\n', "menu: [kontakt]\n")
        ),
    ),
    st.builds(template, st.sampled_from(("<!-- a -->", "<!-- b -->"))),
)
STEPS = st.tuples(
    st.lists(EDITS, max_size=3),
    st.sampled_from((-10, 0, 5, 30)),  # days from the start: clocks go back too
    st.sampled_from(
        (BuildOptions(), BuildOptions(drafts=True), BuildOptions(url="https://e.test/a"))
    ),
)
FIRST: tuple[Edit, ...] = (
    site(""),
    person("010-1"),
    event(EVENTS[0]),
    event(EVENTS[2], "traff"),
    member("Kommunen"),
    draws(10),
    writes("ett", 1, 1, 2),
    writes("tva", 2, 2, 3),
)


def settled() -> int:
    """A time at which every edit lies far enough back for a receipt."""
    return time.time_ns() + 10**10


def build(root: Path, days: int, options: BuildOptions) -> dict[str, bytes]:
    """The site of the folder on that day, built onto what is there."""
    desk = Desk(Settings.from_env(root, {}), lambda: START + timedelta(days=days))
    again = BuildOptions(url=options.url, drafts=options.drafts, remove_many=True)
    website.build(desk, again, settled)
    public = root / "public"
    return {str(p.relative_to(public)): p.read_bytes() for p in public.rglob("*") if p.is_file()}


def spare_compiling(root: Path, compiled: Path) -> None:
    """Give a folder the packaged templates in compiled form: nobody edits them here."""
    shutil.copytree(compiled, root / "var/cache/templates")


@settings(
    max_examples=int(os.environ.get("LIVES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@example(
    [([renames("ett"), draws(200)], 0, BuildOptions()), ([alters_unseen("tva")], 5, BuildOptions())]
)
@given(st.lists(STEPS, min_size=1, max_size=4))
def test_however_it_came_about(
    compiled: Path, life: list[tuple[list[Edit], int, BuildOptions]]
) -> None:
    """After any edits, at any time and with any options, kept files are the right ones."""
    with tempfile.TemporaryDirectory() as name:
        warm, cold = Path(name, "warm"), Path(name, "cold")
        spare_compiling(warm, compiled)
        for edit in FIRST:
            edit.do(warm)
        build(warm, 0, BuildOptions())
        for edits, days, options in life:
            for edit in edits:
                edit.do(warm)
            kept = build(warm, days, options)
            assert build(warm, days, options) == kept  # by its receipt, where it met no error
            shutil.rmtree(cold, ignore_errors=True)
            shutil.copytree(warm, cold, ignore=shutil.ignore_patterns("public", "var"))
            spare_compiling(cold, compiled)

            assert kept == build(cold, days, options)
