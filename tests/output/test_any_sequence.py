"""Any sequence of sites, one after the other in one folder."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.errors import StateError
from newsroom.output.tree import Tree
from newsroom.render.page import Page

NAMES = st.sampled_from(["a", "b", "c", "index.html"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
TEXTS = st.sampled_from(["one", "two", "three"])
FOREIGN = {"proof.txt": "mine", "x/y/proof.txt": "mine"}


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    """Paths and texts; of two paths that cannot stand side by side, one."""
    wanted = draw(st.dictionaries(PATHS, TEXTS, max_size=8))
    folders = {path[:end] for path in wanted for end, c in enumerate(path) if c == "/"}
    return {path: text for path, text in wanted.items() if path not in folders}


def pages(site: dict[str, str]) -> list[Page]:
    """The site's pages."""
    return [Page(path, (text,), text.encode) for path, text in site.items()]


def files(folder: Path) -> dict[str, str]:
    """Every file of the folder, with folders that are empty as files without text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(sites(), min_size=1, max_size=5))
def test_the_folder_is_always_what_was_wanted_last(life: list[dict[str, str]]) -> None:
    """Files come, change, go, become folders; what is foreign stays, what is the same keeps."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name, "public")
        for path, text in FOREIGN.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_text(text)
        tree = Tree(out, Path(name, "site.db"), "1")
        before: dict[str, str] = {}
        for site in life:
            same = {p: (out / p).stat().st_mtime_ns for p, t in site.items() if before.get(p) == t}

            tally = tree.write(pages(site), [], remove_many=True)

            assert files(out) == {**FOREIGN, **site}
            assert {p: (out / p).stat().st_mtime_ns for p in same} == same
            assert (tally.unchanged, tally.written) == (len(same), len(site) - len(same))
            assert tally.removed == len(before.keys() - site.keys())
            before = site


@settings(max_examples=40, deadline=None)
@given(sites(), st.dictionaries(PATHS, TEXTS, max_size=8))
def test_what_cannot_be_is_refused_and_nothing_is_touched(
    site: dict[str, str], other: dict[str, str]
) -> None:
    """A site is built as it was wanted, or the one before it stays."""
    with tempfile.TemporaryDirectory() as name:
        tree = Tree(Path(name, "public"), Path(name, "site.db"), "1")
        tree.write(pages(site), [])

        try:
            tree.write(pages(other), [], remove_many=True)
        except StateError:
            assert files(tree.out) == site
        else:
            assert files(tree.out) == other
