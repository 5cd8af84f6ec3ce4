"""The service of systemd, the image and the containers: what they name is there."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from newsroom.cli.commands import newsroom
from newsroom.cli.service import READY, STOPPING, tell_service_manager
from newsroom.cli.stopping import LIMIT
from tests.cli.test_bot import stop
from tests.newsrooms import write_newsroom
from tests.processes import PATIENCE, REPOSITORY, House

SYSTEMD = REPOSITORY / "serve/systemd"
UNITS = sorted(SYSTEMD.glob("*.service"))
DOCKER = REPOSITORY / "serve/docker"
COMPOSE = sorted(DOCKER.glob("compose*.yaml"))
SECRET = re.compile(r"(?i)(password|secret|token|NEWSROOM_[A-Z]+)\s*[=:]\s*[^\s{$/?]")


def runs(words: list[str]) -> None:
    """Whether a command line is one that newsroom has."""
    command = newsroom.get_command(click.Context(newsroom), words[0])
    assert command is not None, words
    command.make_context(words[0], words[1:])


def settings_of(unit: Path) -> dict[str, str]:
    """The lines of a unit; of several alike the last."""
    lines = (line.partition("=") for line in unit.read_text(encoding="utf-8").splitlines())
    return {name: value for name, equals, value in lines if equals and not name.startswith("#")}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_gives_newsroom_the_time_to_finish(unit: Path) -> None:
    """Systemd asks the process alone, and kills it later than it gives up by itself."""
    settings = settings_of(unit)

    assert settings["KillMode"] == "mixed"
    assert int(settings["TimeoutStopSec"]) > LIMIT
    program, *words = shlex.split(settings["ExecStart"])
    assert program.endswith("/newsroom")
    runs(words)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_writes_into_its_folder_alone(unit: Path) -> None:
    """It is nobody of importance, and the rest of the machine is read-only to it."""
    settings = settings_of(unit)

    assert settings["User"] != "root"
    assert settings["ReadWritePaths"] == settings["WorkingDirectory"]
    assert settings["ProtectSystem"] == "strict"
    assert settings["NoNewPrivileges"] == "true"
    assert settings["CapabilityBoundingSet"] == ""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """It knows every line, and finds the service little exposed."""
    for unit in SYSTEMD.iterdir():
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(
            text.replace("/opt/newsroom/bin/newsroom", shutil.which("true") or "/bin/true")
        )
    verified = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Who started the service, and wants to hear of it."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(PATIENCE)
        yield listening


def test_a_service_manager_is_told(tmp_path: Path, manager: socket.socket) -> None:
    """Where one asks for it, and nobody else (sd_notify(3))."""
    assert tell_service_manager(READY, {"NOTIFY_SOCKET": str(tmp_path / "notify")})
    assert manager.recv(100) == b"READY=1"
    assert not tell_service_manager(READY, {})


@pytest.mark.slow
def test_the_bot_says_when_it_is_ready_and_when_it_stops(
    tmp_path: Path, manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ready once the site answers; stopping as soon as it was asked to."""
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    house = House(write_newsroom(tmp_path / "house"))
    with house.start("run", "--port", "0") as process:
        try:
            ready = manager.recv(100).decode()
            stop(process)
        finally:
            process.kill()

    assert (ready, manager.recv(100).decode()) == (READY, STOPPING)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what follows it."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", " ")
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in text.splitlines())]


def test_the_image_is_made_of_what_is_there() -> None:
    """Each file that it copies is in the repository, and may be seen by the build."""
    seen = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    shown = {line.removeprefix("!") for line in seen if line.startswith("!")}
    assert "*" in seen

    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY"]
    files = {file for words in copied for file in words if not words[0].startswith("--from")}

    assert files == shown
    assert all((REPOSITORY / file).exists() for file in files)
    assert not any(fnmatch(".env", pattern) or "var" in pattern for pattern in shown)


def test_the_image_is_nobody_and_holds_no_secret() -> None:
    """It runs as a user by number, installs what it knows the checksum of, and has no key."""
    found = instructions()
    users = [rest for name, rest in found if name == "USER"]
    installs = [rest for name, rest in found if name == "RUN" and "pip install" in rest]
    commands = {name: json.loads(rest) for name, rest in found if name in {"ENTRYPOINT", "CMD"}}

    assert users == ["10001:10001"]
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert not any(SECRET.search(rest) for name, rest in found if name in {"ARG", "ENV", "RUN"})
    assert commands["ENTRYPOINT"] == ["newsroom"]
    runs(commands["CMD"])


def test_what_runs_it_is_locked_with_what_tests_it() -> None:
    """Every library of the smaller list is in the larger one, in the same version."""

    def versions(name: str) -> set[str]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        return {line.split()[0] for line in text.splitlines() if re.match(r"[\w.\[\]-]+==", line)}

    run, whole = versions("requirements-run.lock"), versions("requirements.lock")

    names = {one.partition("==")[0].partition("[")[0].lower().replace("_", "-") for one in run}
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = settings["optional-dependencies"].values()
    needed = {
        re.split(r"[\[<>=;~! ]", line)[0].lower()
        for line in (*settings["dependencies"], *(line for extra in extras for line in extra))
    }

    assert needed <= names
    assert run < whole
    assert not {one for one in run if one.startswith(("pytest", "mypy", "ruff"))}


def composed(file: Path) -> dict[str, Any]:
    """A compose file as Docker reads it."""
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def own_services(file: Path) -> dict[str, dict[str, Any]]:
    """The services of a file that are newsroom's."""
    every = composed(file)["services"]
    return {name: one for name, one in every.items() if one["image"] == "newsroom"}


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_containers_run_what_newsroom_has(file: Path) -> None:
    """Each has a command of its own, the folder, and the time to finish the message in hand."""
    for service in own_services(file).values():
        runs(service["command"])
        assert (file.parent / service["build"]["context"] / "pyproject.toml").is_file()
        assert int(service["stop_grace_period"].removesuffix("s")) > LIMIT
        (volume,) = service["volumes"]
        assert volume["target"] == "/srv/newsroom"


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_containers_may_do_nothing_and_are_open_to_nobody(file: Path) -> None:
    """No privilege, nothing written but in the volume, ports for this machine alone, no secret."""
    for service in own_services(file).values():
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        assert not SECRET.search(yaml.safe_dump(service))


def test_over_postgresql_every_part_runs() -> None:
    """One web, one clock and two senders."""
    services = own_services(DOCKER / "compose.postgres.yaml")

    parts = {
        service["command"][2]: service.get("deploy", {"replicas": 1})["replicas"]
        for service in services.values()
    }

    assert parts == {"web": 1, "clock": 1, "worker": 2}
