"""A build that would take much of a small site from its readers at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.content.folder import Reading
from newsroom.errors import StateError
from newsroom.jobs.site.build import Workshop, build
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.model import Site
from newsroom.output.tree import Tree
from tests.render.pieces import at, make_newsroom, make_post
from tests.render.printed import packaged

NOW = at("2026-06-01T09:00")
LIST = "public/nyheter/index.html"

Open = Callable[[Site], Workshop]


@pytest.fixture
def open_shop(tmp_path: Path) -> Open:
    """A workshop that builds into a folder and remembers what was published."""
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")
    memory = tmp_path / "var/published.json"
    pictures = tmp_path / "var/pictures"
    return lambda _site: Workshop(tmp_path, tree, packaged(), pictures, published=memory)


def build_of(open_shop: Open, *slugs: str, yes: bool = False) -> None:
    """Build a site of these posts, and of nothing else."""
    newsroom = make_newsroom(posts=tuple(map(make_post, slugs)))
    build(Reading(newsroom, ()), open_shop, NOW, BuildOptions(remove_many=yes))


@pytest.mark.parametrize(
    ("before", "after"),
    [("abc", ""), ("abcd", "a"), ("abcdef", "abc"), ("abc", "xyz")],
    ids=["emptied", "nearly", "half", "all under other addresses"],
)
def test_half_of_a_small_site_stays_until_it_is_meant(
    open_shop: Open, tmp_path: Path, before: str, after: str
) -> None:
    """An emptied folder is an accident: the site stays as it was, and the answer names the texts.

    It is refused each time, until somebody says that it is meant.
    """
    build_of(open_shop, *before)
    was = (tmp_path / LIST).read_bytes()

    for _ in range(2):
        with pytest.raises(StateError, match=f"3 of the {len(before)} texts .* newsroom check"):
            build_of(open_shop, *after)
        assert (tmp_path / LIST).read_bytes() == was
    build_of(open_shop, *after, yes=True)
    assert not (tmp_path / f"public/nyheter/2026/{before[-1]}/index.html").exists()
    build_of(open_shop, *after)


@pytest.mark.parametrize(("before", "after"), [("ab", ""), ("abc", "a"), ("abcdefg", "abcd")])
def test_an_ordinary_day_is_not_questioned(open_shop: Open, before: str, after: str) -> None:
    """Two texts, or less than half of them, go without a word."""
    build_of(open_shop, *before)

    build_of(open_shop, *after)
