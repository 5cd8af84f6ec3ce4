"""Where the judges' programs are, and how they are run."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.judges.opinion import Finding, MissingJudgeError, error

NODE_PACKAGES: Final = ("vnu-jar", "ical.js", "feedsmith", "lighthouse", "linkinator")
_LONGEST: Final = 600  # seconds


@dataclass(frozen=True, slots=True)
class Toolbox:
    """A folder with node_modules in it, and what the system has."""

    folder: Path

    def package(self, name: str) -> Path:
        """A package of npm's. Raises MissingJudgeError."""
        path = self.folder / "node_modules" / name
        if not path.is_dir():
            raise MissingJudgeError(f"npm install --prefix {self.folder} {name}")
        return path

    def node_program(self, package: str) -> Path:
        """The program that a package of npm's brings. Raises MissingJudgeError."""
        self.package(package)
        return self.folder / "node_modules" / ".bin" / package

    def system_program(self, *names: str, package: str) -> Path:
        """A program on PATH, by any of its names. Raises MissingJudgeError."""
        for name in names:
            if found := shutil.which(name):
                return Path(found)
        raise MissingJudgeError(f"apt-get install {package}")


def heard(
    said: "subprocess.CompletedProcess[str]", findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The findings of a judge; when it failed and has none, the last thing that it said instead."""
    if said.returncode == 0 or findings:
        return findings
    words = (said.stderr or said.stdout).strip().splitlines()[-1:]
    why = " ".join([f"ended with status {said.returncode}", *words])
    return (error(Path(said.args[0]).name, why),)


def run(
    command: Sequence[str | Path], environment: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a judge; what its exit status means is its own matter."""
    return subprocess.run(
        [str(word) for word in command],
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_LONGEST,
        env=environment,
    )
