"""Where the built site stands, and where it is brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from pathlib import Path

    from newsroom.model import Site
    from newsroom.wiring.desk import Desk


def public_folder(desk: Desk) -> Path:
    """The folder of the built site."""
    return folder_of(desk, desk.site)


def deployed_to(desk: Desk) -> str:
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


def folder_of(desk: Desk, site: Site) -> Path:
    """The folder that a site is built into when nobody names another."""
    target = site.deploy.target if site.deploy.kind == "folder" else "public"
    return of_its_own(desk, desk.settings.root / target)


def of_its_own(desk: Desk, out: Path) -> Path:
    """A folder for a site, when it holds nothing that the site, or anything else, stands on.

    Raises SettingsError when it does.
    """
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
