"""A manifest that names what no build may have made: whatever it says, nothing outside goes."""

from pathlib import Path

import pytest

from newsroom.output.manifest import Made, Manifest
from newsroom.output.tree import Tree
from newsroom.render.page import Page


@pytest.mark.parametrize("path", ["../letter.txt", "a/../../letter.txt", "{folder}/letter.txt"])
def test_nothing_outside_the_site_is_removed(tmp_path: Path, path: str) -> None:
    """A damaged or forged memory of the last build leads to no file that is not the site's."""
    letter, state = tmp_path / "letter.txt", tmp_path / "var/site.db"
    letter.write_text("mine")
    state.parent.mkdir()
    forged = path.format(folder=tmp_path)
    Manifest(state).keep("1", {name: Made(name) for name in ("old.html", forged)})
    tree = Tree(tmp_path / "public", state, "1")
    tree.out.mkdir()
    (tree.out / "old.html").write_text("old")

    tree.write([Page("index.html", (), "front".encode)], [])

    assert letter.read_text() == "mine"
    assert not (tree.out / "old.html").exists()
