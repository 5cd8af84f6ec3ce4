"""Where the built site is brought: what `check` says of it is what `publish` would."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.errors import NewsroomError
from newsroom.model import Problem
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.site_folder import bring, problems_with_deploy
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SURROUNDINGS = {"PATH": "/usr/bin:/bin", "NEWSROOM_SECRET": "s" * 32}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom whose site is built."""
    root = write_newsroom(tmp_path / "house")
    put(root, "public/index.html", "<p>Hej</p>")
    put(root, "a-file", "no folder")
    return root


def told(desk: Desk) -> tuple[tuple[Problem, ...], str | None]:
    """What `check` has against the deploy, and what `publish` refuses it with."""
    problems = problems_with_deploy(desk, desk.read().newsroom)
    try:
        bring(desk, again=True)
    except NewsroomError as refusal:
        return problems, refusal.sentence
    return problems, None


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    """Its desk."""
    desk = Desk(Settings.from_env(root, SURROUNDINGS), lambda: NOW)
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("deploy", "severity", "says"),
    [
        ("{to: folder, path: posts}", "error", "no site is built over what it is made from"),
        ("{to: folder, path: public/more}", "error", "lies in the folder that the site"),
        ("{to: folder, path: a-file}", "warning", "a-file is a file"),
        ("{to: folder, path: a-file/web}", "warning", "a file stands where a folder is needed"),
        ("{command: nosuchprogram x}", "warning", "there is no program nosuchprogram"),
        ("{command: ./deploy.sh}", "warning", "there is no program ./deploy.sh"),
        ('{command: "rsync \'a"}', "warning", "a quotation mark is not closed"),
        ("{git: ../nothing.git}", "warning", "git cannot push to pages in ../nothing.git"),
    ],
)
def test_what_publish_would_refuse_check_says(
    root: Path, desk: Desk, deploy: str, severity: str, says: str
) -> None:
    """It is told at the line in site.yaml, before anything is built."""
    rules = root / "posts/site.yaml"
    rules.write_text(f"{rules.read_text()}deploy: {deploy}\n")

    (problem,), refusal = told(desk)

    assert (str(problem.severity), problem.code) == (severity, "bad-deploy")
    assert problem.line == len(rules.read_text().splitlines())
    assert says in problem.message
    assert refusal is not None
    assert says in refusal


@pytest.mark.parametrize(
    "deploy", ["", "deploy: {to: folder, path: ../web}\n", "deploy: {command: 'true'}\n"]
)
def test_of_a_deploy_that_works_there_is_nothing_to_say(
    root: Path, desk: Desk, deploy: str
) -> None:
    """Nothing of it is written while it is looked at."""
    rules = root / "posts/site.yaml"
    rules.write_text(rules.read_text() + deploy)
    before = {path for path in root.parent.rglob("*") if "var" not in path.parts}

    problems = problems_with_deploy(desk, desk.read().newsroom)
    after = {path for path in root.parent.rglob("*") if "var" not in path.parts}

    assert problems == ()
    assert after == before
    assert told(desk) == ((), None)


@pytest.mark.parametrize("remote", ["git@example.se:webb.git", "https://example.se/webb.git"])
def test_no_other_machine_is_asked(root: Path, desk: Desk, remote: str) -> None:
    """`check` needs no network: what a repository elsewhere says, publish hears."""
    rules = root / "posts/site.yaml"
    rules.write_text(f"{rules.read_text()}deploy: {{git: '{remote}'}}\n")

    assert problems_with_deploy(desk, desk.read().newsroom) == ()
