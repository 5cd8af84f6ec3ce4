import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from newsroom.cli.tongue import language_of
from tests.processes import environment


@pytest.mark.parametrize(
    ("yaml", "environ", "language"),
    [
        ("language: sv", {"LANG": "en_GB.UTF-8"}, "sv"),
        ('name: X\nlanguage: "en-GB"   # our own', {}, "en-GB"),
        ("name: : broken\nlanguage: sv\n", {}, "sv"),
        ("language: svenska", {"LANG": "en_GB.UTF-8"}, "sv"),
        ("language: klingon", {"LANG": "sv_SE.UTF-8"}, "sv"),
        ("name: X", {"LANG": "sv_SE.UTF-8"}, "sv"),
        ("name: X", {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        ("name: X", {"LANG": "C.UTF-8"}, "en"),
        ("name: X", {}, "en"),
    ],
)
def test_the_language_of_the_desk(
    tmp_path: Path, yaml: str, environ: Mapping[str, str], language: str
) -> None:
    """The site's language, even while site.yaml has faults; else the terminal's; else English."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/site.yaml").write_text(yaml, encoding="utf-8")

    assert language_of(tmp_path, environ) == language


def test_outside_of_any_newsroom() -> None:
    """The terminal's language holds where there is no site."""
    assert language_of(None, {"LANG": "sv"}) == "sv"
    assert language_of(Path("/nosuch"), {}) == "en"


def test_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    """Whoever stands in a folder that was removed is still told what commands there are."""
    gone = tmp_path / "gone"
    gone.mkdir()
    script = "import os; os.rmdir(os.getcwd()); from newsroom.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=gone,
        env=environment({"LC_ALL": "sv_SE.UTF-8"}),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("Så här: newsroom")
