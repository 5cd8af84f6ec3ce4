"""Bring the built site to where it is read: when it is not there yet, and while nobody builds."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.errors import OutsideError, StateError
from newsroom.jobs.site.deploy import DeployRoute, deploy
from newsroom.model import Deploy, DeployKind
from newsroom.output.lock import only_build
from tests.render.pieces import make_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PATH = {"PATH": "/usr/bin:/bin"}


@pytest.fixture
def place(tmp_path: Path) -> DeployRoute:
    """A built site of one page."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "index.html").write_text("one", encoding="utf-8")
    return DeployRoute(tmp_path, public, tmp_path / "var/builds", PATH, wait=0)


def bring(place: DeployRoute, target: Deploy, *, again: bool = False) -> None:
    """Deploy the site of `place`."""
    deploy(replace(make_site(), deploy=target), place, NOW, again=again)


def test_where_it_is_built_nothing_is_brought(place: DeployRoute) -> None:
    """When the site is read from the folder it is built in, nothing happens."""
    before = sorted(place.root.rglob("*"))

    bring(place, Deploy(DeployKind.FOLDER, "public"))

    assert sorted(place.root.rglob("*")) == before


def test_another_folder(place: DeployRoute) -> None:
    """A folder of another name gets the whole site, below the newsroom or wherever it is."""
    bring(place, Deploy(DeployKind.FOLDER, "live"))

    assert (place.root / "live/index.html").read_text() == "one"


def test_a_command_runs_when_something_is_new(place: DeployRoute) -> None:
    """While the site is as it was brought there is nothing to bring, unless a person asks."""
    command = Deploy(DeployKind.COMMAND, "sh -c 'echo x >> log'")

    def runs() -> int:
        log = place.root / "log"
        return len(log.read_text().splitlines()) if log.is_file() else 0

    bring(place, command)
    bring(place, command)
    first = runs()
    bring(place, command, again=True)
    by_hand = runs()
    (place.public / "index.html").write_text("more", encoding="utf-8")
    bring(place, command)
    changed = runs()
    bring(place, replace(command, target="sh -c 'echo y >> log'"))

    assert (first, by_hand, changed, runs()) == (1, 2, 3, 4)


def test_a_deploy_that_failed_is_done_later(place: DeployRoute) -> None:
    """What was not brought is brought at the next call, though the build has nothing new."""
    command = Deploy(DeployKind.COMMAND, "sh -c 'test -f ready && cp -r public there'")
    for _ in range(2):
        with pytest.raises(OutsideError):
            bring(place, command)
    (place.root / "ready").touch()

    bring(place, command)

    assert (place.root / "there/index.html").is_file()


def test_nothing_is_brought_while_somebody_builds(place: DeployRoute) -> None:
    """A site that is half built is brought nowhere."""
    with (
        only_build(place.state / "site.lock", 0),
        pytest.raises(StateError, match="another build is running"),
    ):
        bring(place, Deploy(DeployKind.FOLDER, "live"))

    assert not (place.root / "live").exists()
