"""The wheel, installed where the repository is not: everything a newsroom needs is inside it."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsroom import __version__
from tests.processes import PATIENCE, REPOSITORY

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Machine:
    """A virtual environment that holds the wheel, and sees the libraries of this one."""

    folder: Path

    def run(self, *arguments: str, cwd: Path) -> str:
        """What an installed command prints; it has to go well."""
        command = [str(self.folder / "bin" / arguments[0]), *arguments[1:]]
        done = subprocess.run(
            command,
            cwd=cwd,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TMPDIR": str(cwd)},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without asking an index."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def machine(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine that knows the wheel, and has never seen the repository."""
    folder = tmp_path_factory.mktemp("machine") / "venv"
    venv.create(folder, with_pip=True)
    installed = Machine(folder)
    pip = ("python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps")
    installed.run(*pip, str(wheel), cwd=folder)
    libraries = Path(sysconfig.get_path("purelib"))
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = folder / "lib" / version / "site-packages"
    (own / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")  # after our own
    return installed


def names(wheel: Path) -> set[str]:
    """The files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def kept(folder: str) -> set[str]:
    """The files of the repository below a folder, but for what Python leaves behind."""
    found = (REPOSITORY / folder).rglob("*")
    files = {path for path in found if path.is_file() and "__pycache__" not in path.parts}
    return {path.relative_to(REPOSITORY).as_posix() for path in files}


def test_all_of_the_program_is_in_it(wheel: Path) -> None:
    """Every module, migration and catalogue, and the sample with its templates and pictures."""
    sample = {f"newsroom/packaged/{name}" for name in kept("posts") | kept("templates")}

    assert kept("newsroom") - names(wheel) == set()
    assert sample - names(wheel) == set()
    assert "newsroom/packaged/schedule.yaml" in names(wheel)
    assert f"newsroom-{__version__}.dist-info/licenses/LICENSE" in names(wheel)


def test_nothing_else_is_in_it(wheel: Path) -> None:
    """Neither what a newsroom has made, nor what only its makers need."""
    parts = {part for name in names(wheel) for part in Path(name).parts}

    assert parts & {"public", "var", "tests", "docs", "scripts", "__pycache__", ".env"} == set()
    assert {name.split("/")[0] for name in names(wheel)} == {
        "newsroom",
        f"newsroom-{__version__}.dist-info",
    }


def test_it_comes_from_the_wheel(machine: Machine, tmp_path: Path) -> None:
    """What is imported, the templates and the sample lie in the environment's own folder."""
    code = (
        "import newsroom, newsroom.jobs.writing.init as i, newsroom.render.templates as t;"
        "print(newsroom.__file__, i.starter(), t.default_templates())"
    )

    places = machine.run("python", "-c", code, cwd=tmp_path).split()

    assert all(Path(place).is_relative_to(machine.folder) for place in places), places


def test_a_newsroom_begins_and_is_built(machine: Machine, tmp_path: Path) -> None:
    """In an empty folder: a newsroom, its site in Swedish, its database."""
    machine.run("newsroom", "init", "nyheter", cwd=tmp_path)
    root = tmp_path / "nyheter"

    built = machine.run("newsroom", "build", cwd=root)
    status = machine.run("newsroom", "schedule", cwd=root)

    front = (root / "public/index.html").read_text(encoding="utf-8")
    assert "oförändrade: 0, borttagna: 0" in built
    assert '<html lang="sv"' in front
    assert "Prenumerera" in front
    assert (root / "public/nyhetsbrev/2026-var/index.html").is_file()
    assert "publicera det som är dags" in status
    assert (root / "var/newsroom.db").is_file()


def test_an_empty_newsroom_begins_in_either_language(machine: Machine, tmp_path: Path) -> None:
    """The settings of a newsroom without the sample are in the wheel, and are right."""
    for language, told in (("sv", "0 fel"), ("en", "0 errors")):
        machine.run("newsroom", "init", "--empty", "--language", language, language, cwd=tmp_path)

        assert told in machine.run("newsroom", "check", cwd=tmp_path / language)


def test_the_demo_runs(machine: Machine, tmp_path: Path) -> None:
    """The whole line works from the wheel alone."""
    assert "40 messages to 40 different people" in machine.run(
        "newsroom", "demo", "--once", cwd=tmp_path
    )
