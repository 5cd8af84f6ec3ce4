"""The sample newsroom, built: what the tests of the whole site and of its look share."""

from pathlib import Path

from newsroom.content.folder import read
from newsroom.output.tree import Copy, Tally, Tree
from newsroom.output.version import version
from newsroom.render.pages.whole_site import copies, pages
from newsroom.render.templates import Templates, default_templates
from tests.render.pieces import at

ROOT = Path(__file__).parent.parent
NOW = at("2026-11-22T09:00")


def build_sample(out: Path, root: Path = ROOT) -> Tally:
    """The site of the newsroom at `root`, as readers see it on 22 November 2026, in `out`."""
    newsroom = read(root).newsroom
    assert newsroom is not None
    templates = default_templates()
    tree = Tree(out, out.with_name(f"{out.name}.db"), version([templates]))
    return tree.write(
        pages(newsroom, NOW, Templates([templates])),
        [Copy(root / source, path) for source, path in copies(newsroom, NOW)],
    )
