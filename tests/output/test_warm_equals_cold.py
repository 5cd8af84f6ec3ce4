"""A warm build is a cold build: whatever was edited, removed or published in between."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.model import Event, Image, Newsroom, Post
from newsroom.output.tree import Tree
from newsroom.render.pages.whole_site import plan
from tests.render.pieces import at, make_contact, make_event, make_newsroom, make_post, picture
from tests.render.printed import NOW, packaged

SLUGS = st.sampled_from(["a", "b", "c", "d"])
PICTURE = Image(PurePosixPath("posts/news/a/bild.jpg"), "En bild")


@st.composite
def posts(draw: st.DrawFn) -> tuple[Post, ...]:
    """Posts as an editor may leave them: linked to each other, tagged, drafted, expired."""
    made = [
        make_post(
            slug,
            title=draw(st.sampled_from(["Ett", "Två"])),
            body=draw(st.sampled_from(["Text.", "[B](../b/index.md)", "![Bild](../a/bild.jpg)"])),
            published=at("2026-10-01T10:00") + timedelta(days=draw(st.integers(0, 90))),
            tags=draw(st.sampled_from([(), ("x",), ("X",), ("x", "y")])),
            image=draw(st.sampled_from([None, PICTURE])),
            draft=draw(st.booleans()),
            contacts=("anna",),
            event="mote",
            aliases=draw(st.sampled_from([(), ("gammal",)])),
        )
        for slug in sorted(draw(st.sets(SLUGS)))
    ]
    return tuple(sorted(made, key=lambda post: (post.published, post.slug), reverse=True))


@st.composite
def newsrooms(draw: st.DrawFn) -> Newsroom:
    """A newsroom at some moment of its life."""
    event: Event = replace(make_event(), title=draw(st.sampled_from(["Möte", "Stormöte"])))
    newsroom = make_newsroom(
        posts=draw(posts()),
        events=draw(st.sampled_from([(), (event,)])),
        contacts=(make_contact(phone=draw(st.sampled_from([None, "010-1"]))),),
        assets=(picture("a", "bild.jpg"),),
    )
    name = draw(st.sampled_from(["Nätverket", "Föreningen"]))
    return replace(newsroom, site=replace(newsroom.site, name=name))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(newsrooms(), st.integers(0, 60)), min_size=2, max_size=4))
def test_a_warm_build_equals_a_cold_one(life: list[tuple[Newsroom, int]]) -> None:
    """After any edits and any passing of time, the kept site is the one built from nothing."""
    with tempfile.TemporaryDirectory() as name:
        warm = Tree(Path(name, "warm"), Path(name, "warm.db"), "1")
        for newsroom, days in life:
            now = NOW + timedelta(days=days)
            warm.write(plan(newsroom, now, packaged()).pages, [], remove_many=True)
        cold = Tree(Path(name, "cold"), Path(name, "cold.db"), "1")
        cold.write(plan(newsroom, now, packaged()).pages, [])

        assert contents(warm.out) == contents(cold.out)
