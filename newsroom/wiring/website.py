"""The website's parts, joined: the folder read, the pages made, deployed and announced."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zoneinfo
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model.saying import say
from newsroom.program import PACKAGE, release
from newsroom.wiring import memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsroom.jobs.build import Workshop
    from newsroom.jobs.build_options import BuildOptions
    from newsroom.jobs.preview import Press
    from newsroom.jobs.publish import Published
    from newsroom.model import Site
    from newsroom.output.receipt import Order
    from newsroom.output.search import SearchIndex
    from newsroom.output.tally import Tally
    from newsroom.output.tree import Tree
    from newsroom.wiring.desk import Desk


def build(desk: Desk, options: BuildOptions, stamps: Callable[[], int] = time.time_ns) -> Tally:
    """Make the site as it should be now; at once when it is, and nothing has happened since.

    `stamps` gives the nanoseconds of the time that files are stamped with.
    """
    order, now = _order(desk, options, stamps), desk.clock()
    if order is not None:
        from newsroom.output.receipt import still_stands

        with suppress(OSError, sqlite3.Error):  # the build will say what is in the way
            tally = still_stands(order.receipt, order.seen, now)
            if tally is not None:
                return tally
    reading = desk.read(partial(_make_ready, desk))
    from newsroom.jobs.build import build

    return build(reading, partial(_workshop, desk, options, now, order), now, options)


def press(desk: Desk, options: BuildOptions) -> Press:
    """Makes the site again and again with the same parts: for a process that stays."""
    from newsroom.jobs.preview import Press

    shop = cache(partial(_workshop, desk, options, desk.clock(), None))
    return Press(desk.read, shop, desk.clock, options)


def publish(desk: Desk) -> Published:
    """Build, deploy, announce."""
    from newsroom.jobs.build_options import BuildOptions
    from newsroom.jobs.deploy import deploy
    from newsroom.jobs.publish import publish

    return publish(
        build=lambda: build(desk, BuildOptions()),
        deploy=lambda: deploy(desk.site.deploy, desk.settings.root),
        announce=partial(_announce, desk),
    )


def public_folder(desk: Desk) -> Path:
    """The folder of the built site."""
    return _public(desk, desk.site)


def place(desk: Desk) -> str:
    """Where the built site is brought: a folder, or the command that takes it there."""
    deploy, root = desk.site.deploy, desk.settings.root
    if deploy.kind == "command":
        return deploy.target
    folder = public_folder(desk)
    return f"{folder.relative_to(root) if folder.is_relative_to(root) else folder}/"


def last_build(desk: Desk) -> datetime | None:
    """When the site was last built on this machine."""
    mark = desk.settings.var / "builds" / "site.built"
    return datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.is_file() else None


def _order(desk: Desk, options: BuildOptions, stamps: Callable[[], int]) -> Order | None:
    """All that a build goes by, but for the time, and where it may leave a receipt.

    None when something was written so lately that the next write might look the same, or when
    something cannot be looked at, which the build will tell of.
    """
    from newsroom.output.receipt import Order
    from newsroom.output.sight import sight

    if desk.is_adjusted:  # by what no receipt could tell
        return None
    root = desk.settings.root
    libraries = [_changed(place) for place in (*sys.path, *zoneinfo.TZPATH)]
    with suppress(OSError):
        texts = sight([root / "posts"], stamps)
        made_with = (root / "templates", *desk.template_folders, PACKAGE)
        program = sight(made_with, stamps, through_links=True)
        if texts is not None and program is not None:
            by = repr((texts, program, release(), libraries, root, options))
            receipt = desk.settings.var / "builds" / "site.receipt"
            return Order(sha256(by.encode()).digest(), receipt)
    return None


def _changed(place: str) -> int | None:
    """When something was last put into a folder or taken out of it."""
    try:
        return os.stat(place).st_mtime_ns  # noqa: PTH116 (some are no folders, or not there)
    except OSError:
        return None


def _make_ready(desk: Desk) -> None:
    """Take in what builds, and what pages and feeds are made with, while others read the texts."""
    import newsroom.jobs.build  # noqa: F401  (for its modules to be there)
    from newsroom.render.feeds import make_ready

    desk.templates.make_ready()
    make_ready()


def _workshop(
    desk: Desk, options: BuildOptions, now: datetime, order: Order | None, site: Site
) -> Workshop:
    from newsroom.jobs.build import Workshop
    from newsroom.output.receipt import build_name
    from newsroom.output.tree import Tree
    from newsroom.output.version import version

    public = _public(desk, site)
    out = _of_its_own(desk, options.out.absolute()) if options.out else public
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
        events=memory.events_announced(desk) if is_live else None,
        published=memory.addresses_published(desk) if is_live else None,
        address=memory.first_address_kept(desk) if is_live else None,
        search=None if options.preview else _search(tree),
        order=order,
    )


def _search(tree: Tree) -> SearchIndex:
    from newsroom.output.pagefind import find_pagefind
    from newsroom.output.search import SearchIndex

    return SearchIndex(tree.out, tree.state.with_suffix(".search.json"), find_pagefind())


def _public(desk: Desk, site: Site) -> Path:
    target = site.deploy.target if site.deploy.kind == "folder" else "public"
    return _of_its_own(desk, desk.settings.root / target)


def _of_its_own(desk: Desk, out: Path) -> Path:
    """A folder for a site, when it holds nothing that the site, or anything else, stands on."""
    root, real = desk.settings.root.resolve(), out.resolve()
    written = (root / "posts", root / "templates")
    if (root / "var").is_relative_to(real) or any(map(real.is_relative_to, written)):
        raise SettingsError(
            say(
                "{out}: no site is built over what it is made from; name a folder such as public",
                out=out,
            )
        )
    return out


def _announce(desk: Desk) -> tuple[str, ...]:
    """Tell the hubs, when there are any: without one neither database nor network is asked."""
    if not desk.site.announce:
        return ()
    from newsroom.database.announcements import AnnouncementRows
    from newsroom.jobs.announce import announce
    from newsroom.output.manifest import Manifest
    from newsroom.outside.client import open_client
    from newsroom.outside.websub import ping

    made = Manifest(desk.settings.var / "builds" / "site.db").files
    told = AnnouncementRows(desk.database, desk.clock())
    with open_client(desk.site.url) as client:
        return announce(desk.site, public_folder(desk), made, partial(ping, client), told)
