"""Where the built site stands, and where it is brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model import DeployKind
from newsroom.model.saying import say

if TYPE_CHECKING:
    from pathlib import Path

    from newsroom.model import Site
    from newsroom.wiring.desk import Desk

_BUILT = "public"


def public_folder(desk: Desk) -> Path:
    """The folder of the built site."""
    return folder_of(desk, desk.site)


def bring(desk: Desk, *, again: bool) -> None:
    """Bring the built site to where it is read, when it is not there yet, or `again`."""
    from newsroom.jobs.site.deploy import Place, deploy

    folder_of(desk, desk.site)  # raises for one that no site may be brought to
    place = Place(
        desk.settings.root,
        public_folder(desk),
        desk.settings.var / "builds",
        dict(desk.settings.surroundings),
    )
    deploy(desk.site, place, desk.clock(), again=again)


def deployed_to(desk: Desk) -> str:
    """Where the built site is brought: a folder, a branch, or the command that takes it there."""
    deploy, root = desk.site.deploy, desk.settings.root
    if deploy.kind is not DeployKind.FOLDER:
        return (
            f"{deploy.target} {deploy.branch}" if deploy.kind is DeployKind.GIT else deploy.target
        )
    folder = _read_folder(desk, desk.site)
    return f"{folder.relative_to(root) if folder.is_relative_to(root) else folder}/"


def last_build(desk: Desk) -> datetime | None:
    """When the site was last built on this machine."""
    mark = desk.settings.var / "builds" / "site.built"
    return datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.is_file() else None


def folder_of(desk: Desk, site: Site) -> Path:
    """The folder that a site is built into when nobody names another.

    Raises SettingsError when it, or the one that it is brought to, is not for a site alone.
    """
    built = of_its_own(desk, desk.settings.root / _BUILT)
    read = _read_folder(desk, site)
    if read != built:
        of_its_own(desk, read)
        if read.resolve().is_relative_to(built.resolve()):
            raise SettingsError(
                say("deploy: {out} lies in the folder that the site is built in", out=read)
            )
    return built


def _read_folder(desk: Desk, site: Site) -> Path:
    """The folder that the site is read from, as far as it is one of this machine."""
    deploy = site.deploy
    return desk.settings.root / (deploy.target if deploy.kind is DeployKind.FOLDER else _BUILT)


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
