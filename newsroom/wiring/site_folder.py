"""The folder that the site is built in, and where it is deployed to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsroom.errors import OutsideError, SettingsError
from newsroom.model import DeployKind
from newsroom.model.saying import say

if TYPE_CHECKING:
    from pathlib import Path

    from newsroom.jobs.site.deploy import DeployRoute
    from newsroom.model import Newsroom, Problem, Site
    from newsroom.wiring.desk import Desk

_BUILT = "public"


def public_folder(desk: Desk) -> Path:
    """The folder of the built site."""
    return folder_of(desk, desk.site)


def bring(desk: Desk, *, again: bool) -> None:
    """Bring the built site to where it is read, when it is not there yet, or `again`."""
    from newsroom.jobs.site.deploy import deploy

    deploy(desk.site, _place(desk, desk.site), desk.clock(), again=again)


def problems_with_deploy(desk: Desk, newsroom: Newsroom | None) -> tuple[Problem, ...]:
    """Why `publish` would refuse to bring a site where it is read, as far as this machine tells.

    What site.yaml alone decides is an error. What hangs on the machine, a program that is not
    there, is a warning: texts are written on others, too.
    """
    from newsroom.content.folder.entry import line_of
    from newsroom.content.folder.reading import read_home_alone
    from newsroom.content.rules.breach import SITE
    from newsroom.jobs.site.deploy import require_way
    from newsroom.model import Problem, Severity

    if newsroom is None:
        return ()
    try:
        require_way(newsroom.site, _place(desk, newsroom.site))
    except (SettingsError, OutsideError) as fault:
        line = line_of(read_home_alone(desk.settings.root).lines, ("deploy",))
        is_written = isinstance(fault, SettingsError)
        severity = Severity.ERROR if is_written else Severity.WARNING
        until = say("until then {command} refuses", command="newsroom publish")
        return (Problem(SITE, line, severity, "bad-deploy", fault.sentence, until),)
    return ()


def _place(desk: Desk, site: Site) -> DeployRoute:
    """From where to where. Raises SettingsError for a folder that no site may be brought to."""
    from newsroom.jobs.site.deploy import DeployRoute

    return DeployRoute(
        desk.settings.root,
        folder_of(desk, site),
        desk.settings.var / "builds",
        dict(desk.settings.surroundings),
    )


def deployed_to(desk: Desk) -> str:
    """Where the built site is brought: a folder, a branch, or the command that takes it there."""
    deploy, root = desk.site.deploy, desk.settings.root
    if deploy.kind is not DeployKind.FOLDER:
        return (
            f"{deploy.target} {deploy.branch}" if deploy.kind is DeployKind.GIT else deploy.target
        )
    folder = _read_folder(desk, desk.site)
    return f"{folder.relative_to(root) if folder.is_relative_to(root) else folder}/"


def leaves_folder(desk: Desk) -> bool:
    """Whether the built site is brought out of the newsroom's folder."""
    folder = _read_folder(desk, desk.site).resolve()
    is_command = desk.site.deploy.kind is not DeployKind.FOLDER
    return is_command or not folder.is_relative_to(desk.settings.root.resolve())


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


def shown_folders(root: Path, site: Site | None) -> tuple[Path, ...]:
    """The folders of this machine that the public reads, as far as the site is known."""
    built = root / _BUILT
    return (built,) if site is None else (built, _read_in(root, site))


def _read_folder(desk: Desk, site: Site) -> Path:
    """The folder that the site is read from, as far as it is one of this machine."""
    return _read_in(desk.settings.root, site)


def _read_in(root: Path, site: Site) -> Path:
    deploy = site.deploy
    return root / (deploy.target if deploy.kind is DeployKind.FOLDER else _BUILT)


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
