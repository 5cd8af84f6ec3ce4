"""The sample newsroom, built: what the tests of the whole site and of its look share."""

from pathlib import Path

from newsroom.content.folder import read
from newsroom.jobs.site.build import Workshop, build
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.output.tally import Tally
from newsroom.output.tree import Tree
from newsroom.output.version import version
from newsroom.render.templates import Templates, default_templates
from tests.render.pieces import at

ROOT = Path(__file__).parent.parent
NOW = at("2026-11-22T09:00")


def build_sample(out: Path, root: Path = ROOT) -> Tally:
    """The site of the newsroom at `root`, as readers see it on 22 November 2026, in `out`."""
    templates = default_templates()
    tree = Tree(out, out.with_name(f"{out.name}.db"), version([templates]))
    pictures = out.with_name(f"{out.name}-pictures")
    shop = Workshop(root, tree, Templates([templates]), pictures)
    return build(read(root), lambda _site: shop, NOW, BuildOptions())
