"""The workshop of a build: where it writes, and what it makes pages with."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from newsroom.wiring.memory import (
    addresses_published,
    events_announced,
    first_address_kept,
)
from newsroom.wiring.site_folder import folder_of, of_its_own

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.jobs.site.build import Workshop
    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.model import Site
    from newsroom.output.build_receipt import BuildOrder
    from newsroom.output.search import SearchIndex
    from newsroom.output.tree import Tree
    from newsroom.wiring.desk import Desk


def make_workshop_ready(desk: Desk) -> None:
    """Take in what builds, and what pages and feeds are made with, while others read the texts."""
    import newsroom.jobs.site.build  # noqa: F401  (for its modules to be there)
    from newsroom.render.feeds.feeds import make_ready

    desk.templates.make_ready()
    make_ready()


def workshop(
    desk: Desk, options: BuildOptions, now: datetime, order: BuildOrder | None, site: Site
) -> Workshop:
    """The workshop of a build; `order` is what the next one may find, and None for many builds."""
    from newsroom.jobs.site.build import Workshop
    from newsroom.output.build_receipt import build_name
    from newsroom.output.tree import Tree
    from newsroom.output.version import version

    public = folder_of(desk, site)
    out = of_its_own(desk, options.out.absolute()) if options.out else public
    name = "site" if out == public else sha256(str(out).encode()).hexdigest()[:12]
    state = desk.settings.var / "builds" / f"{name}.db"
    this_build = build_name(order.seen, now.timestamp()) if order else ""
    tree = Tree(out, state, version(desk.template_folders), build=this_build)
    pictures = desk.settings.var / "cache" / "pictures"
    is_live = name == "site" and not (options.drafts or options.preview)
    return Workshop(
        desk.settings.root,
        tree,
        desk.templates,
        pictures,
        events=events_announced(desk) if is_live else None,
        published=addresses_published(desk) if is_live else None,
        address=first_address_kept(desk) if is_live else None,
        search=None if options.preview else _search(tree),
        order=order,
        builds=state.parent if is_live else None,
    )


def _search(tree: Tree) -> SearchIndex:
    from newsroom.output.pagefind import find_pagefind
    from newsroom.output.search import SearchIndex

    return SearchIndex(tree.out, tree.state.with_suffix(".search.json"), find_pagefind())
