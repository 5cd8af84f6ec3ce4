"""Bring the built site to where it is read."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.jobs.site.deploy_command import require_command, run_command
from newsroom.jobs.site.deploy_folder import require_folder, switch_folder
from newsroom.jobs.site.deploy_git import Branch, push_to_branch, require_repository
from newsroom.model import DeployKind, Site
from newsroom.output.lock import only_build
from newsroom.output.sight import look
from newsroom.whole_file import write


@dataclass(frozen=True, slots=True)
class DeployRoute:
    """From where to where."""

    root: Path  # the newsroom's
    public: Path  # the built site
    state: Path  # the folder that remembers what was deployed, in which repositories are kept
    environ: Mapping[str, str]  # of the programs that are run; without our secrets
    wait: float = 60  # seconds for a build to end


def deploy(site: Site, place: DeployRoute, now: datetime, *, again: bool = False) -> None:
    """Bring the site where site.yaml says, when it is not there yet, or `again`.

    Nothing is brought while somebody builds. What failed is done at the next call, since nothing
    says that it was done. Raises OutsideError when it fails, StateError when a build does not end.
    """
    target = site.deploy
    require_way(site, place)
    if target.kind is DeployKind.FOLDER:
        folder = place.root / target.target
        if folder != place.public:
            with _while_nobody_builds(place):
                switch_folder(place.public, folder)
        return
    with _while_nobody_builds(place):
        if target.kind is DeployKind.COMMAND:
            _once(place, target.target, lambda: run_command(target.target, place), again=again)
        else:
            branch = _branch(site)
            key = f"{target.target} {target.branch}"
            _once(place, key, lambda: push_to_branch(branch, place, now), again=again)


def require_way(site: Site, place: DeployRoute) -> None:
    """Pass a site that can be brought where site.yaml says, as far as this machine can tell.

    Nothing is written, and no other machine asked. Raises OutsideError.
    """
    target = site.deploy
    match target.kind:
        case DeployKind.COMMAND:
            require_command(target.target, place)
        case DeployKind.GIT:
            require_repository(_branch(site), place)
        case DeployKind.FOLDER if place.root / target.target != place.public:
            require_folder(place.root / target.target)


def _branch(site: Site) -> Branch:
    target = site.deploy
    return Branch(target.target, target.branch, site.name, site.sender.email, site.url)


def _while_nobody_builds(place: DeployRoute) -> AbstractContextManager[None]:
    return only_build(place.state / "site.lock", place.wait)


def _once(place: DeployRoute, target: str, bring: Callable[[], object], *, again: bool) -> None:
    """Bring the files as they are now, unless that is what was brought there last."""
    mark, seal = place.state / "deployed", f"{target}\n{look(place.public)}"
    with suppress(OSError, ValueError):
        if not again and mark.read_text(encoding="utf-8") == seal:
            return
    bring()
    with suppress(OSError):  # else it is brought once more
        write(mark, seal.encode(), lasting=False)
