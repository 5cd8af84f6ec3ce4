"""Builds in processes of their own, and what a site's folder then holds."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import PATIENCE, environment

_SCRIPT = Path(__file__).with_name("one_build.py")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is built, and what is remembered of it."""

    folder: Path

    @property
    def out(self) -> Path:
        """The site."""
        return self.folder / "public"

    def begin(
        self,
        pages: Mapping[str, str],
        limits: Mapping[str, int] | None = None,
        patience: float = PATIENCE,
    ) -> subprocess.Popen[str]:
        """A process that is about to build these, with so many seconds for a page."""
        process = subprocess.Popen(
            [sys.executable, str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment({}),
            text=True,
        )
        order = {
            "out": str(self.out),
            "state": str(self.folder / "var/site.db"),
            "pages": pages,
            "limits": limits or {},
            "patience": patience,
        }
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        assert process.stdout.readline() == "begun\n", process.communicate()
        process.stdin = None
        return process

    def build(self, pages: Mapping[str, str], limits: Mapping[str, int] | None = None) -> Any:  # noqa: ANN401 (a tally as JSON)
        """The tally of building these; the message when it could not be done."""
        return ended(self.begin(pages, limits))

    def files(self) -> dict[str, str]:
        """Everything that the folder holds."""
        return {
            path.relative_to(self.out).as_posix(): path.read_text()
            for path in self.out.rglob("*")
            if path.is_file()
        }


def ended(process: subprocess.Popen[str]) -> Any:  # noqa: ANN401 (as above)
    """What comes of a build that was begun.

    Its pipes are read as they were when it began: `communicate` passes over what is buffered.
    """
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        out, err = process.stdout.read(), process.stderr.read()
    return json.loads(out) if out else err
