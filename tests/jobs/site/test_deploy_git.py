"""The built site on a branch of a repository, by real git."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.jobs.site.deploy import DeployRoute
from newsroom.jobs.site.deploy_git import Branch, push_to_branch

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SOMEBODY = {
    "GIT_AUTHOR_NAME": "Bo",
    "GIT_AUTHOR_EMAIL": "bo@example.se",
    "GIT_COMMITTER_NAME": "Bo",
    "GIT_COMMITTER_EMAIL": "bo@example.se",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *words: str) -> str:
    """What git says in a folder."""
    environ = {**os.environ, **SOMEBODY}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository."""
    bare = tmp_path / "webb.git"
    git(tmp_path, "init", "--quiet", "--bare", str(bare))
    return bare


@pytest.fixture
def place(tmp_path: Path) -> DeployRoute:
    """A newsroom with a built site."""
    root = tmp_path / "house"
    public = root / "public"
    public.mkdir(parents=True)
    (public / "index.html").write_bytes(b"one\r\ntwo\n")
    (public / "bild.bin").write_bytes(bytes(range(256)))
    return DeployRoute(root, public, root / "var/builds", {"PATH": os.environ["PATH"]})


def branch(remote: Path | str, name: str = "pages") -> Branch:
    """The branch of a site."""
    return Branch(str(remote), name, "Nätverket", "brev@example.se", "https://nyheter.example.se")


def files(remote: Path, name: str = "pages") -> set[str]:
    """The names of the files on a branch."""
    return set(git(remote, "ls-tree", "-r", "--name-only", name).splitlines())


def commits(remote: Path, name: str = "pages") -> int:
    """How many commits a branch has."""
    return int(git(remote, "rev-list", "--count", name))


def test_the_site_is_on_the_branch(remote: Path, place: DeployRoute) -> None:
    """Every file, byte for byte, in a commit of newsroom's at the time that it is told."""
    (place.public / ".gitattributes").write_text("* text eol=lf\n")
    (place.public / ".gitignore").write_text("*.bin\n")

    assert push_to_branch(branch(remote), place, NOW)

    assert files(remote) == {".gitattributes", ".gitignore", ".nojekyll", "bild.bin", "index.html"}
    shown = subprocess.run(
        ["git", "show", "pages:index.html"], cwd=remote, capture_output=True, check=True
    )
    assert shown.stdout == b"one\r\ntwo\n"
    said = git(remote, "log", "-1", "--format=%an <%ae> %cI%n%B", "pages")
    assert said.startswith("Nätverket <brev@example.se> 2026-06-01T09:00:00")
    assert "Published-by: newsroom" in said


def test_two_builds(remote: Path, place: DeployRoute) -> None:
    """A change is one more commit; what is gone is gone; nothing new is no commit."""
    push_to_branch(branch(remote), place, NOW)
    (place.public / "index.html").write_text("new")
    (place.public / "bild.bin").unlink()

    changed = push_to_branch(branch(remote), place, NOW)
    same = push_to_branch(branch(remote), place, NOW)

    assert (changed, same) == (True, False)
    assert commits(remote) == 2
    assert files(remote) == {".nojekyll", "index.html"}
    assert git(remote, "show", "pages:index.html") == "new"


def test_another_machine_goes_on(remote: Path, place: DeployRoute, tmp_path: Path) -> None:
    """Without the repository in var/ the branch is fetched, and what follows stands on it."""
    push_to_branch(branch(remote), place, NOW)
    (place.public / "index.html").write_text("new")

    push_to_branch(branch(remote), replace(place, state=tmp_path / "elsewhere"), NOW)
    push_to_branch(branch(remote), place, NOW)
    (place.public / "index.html").write_text("newer")
    push_to_branch(branch(remote), place, NOW)

    assert commits(remote) == 3
    assert git(remote, "show", "pages:index.html") == "newer"


def test_nobody_elses_work_is_written_over(
    remote: Path, place: DeployRoute, tmp_path: Path
) -> None:
    """A branch that ends with somebody else's commit is refused, and stays as it is."""
    push_to_branch(branch(remote), place, NOW)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch", "pages", str(remote), str(clone))
    (clone / "CNAME").write_text("www.example.se")
    git(clone, "add", "CNAME")
    git(clone, "commit", "--quiet", "-m", "Vår adress")
    git(clone, "push", "--quiet", "origin", "pages")
    (place.public / "index.html").write_text("new")

    with pytest.raises(OutsideError) as refused:
        push_to_branch(branch(remote), place, NOW)

    assert "Bo: Vår adress" in str(refused.value)
    assert "nobody's work is written over" in str(refused.value)
    assert "CNAME" in files(remote)
    assert commits(remote) == 2


def test_a_push_that_is_rejected(remote: Path, place: DeployRoute) -> None:
    """What the other side says against it is told; with its leave the next push goes through."""
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho the disk is full >&2\nexit 1\n")
    hook.chmod(0o755)

    with pytest.raises(OutsideError, match=r"the disk is full; ! .*hook declined"):
        push_to_branch(branch(remote), place, NOW)
    hook.unlink()

    assert push_to_branch(branch(remote), place, NOW)
    assert commits(remote) == 1


def test_two_machines_at_once(remote: Path, place: DeployRoute, tmp_path: Path) -> None:
    """Who is overtaken between looking and pushing looks again; both commits stand."""
    push_to_branch(branch(remote), place, NOW)
    hook = remote / "hooks/pre-receive"
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", "pages", str(remote), str(other))
    (other / "index.html").write_text("the other's")
    message = "x\n\nPublished-by: newsroom"
    git(other, "commit", "--quiet", "-a", "-m", message)
    git(other, "push", "--quiet", "origin", "HEAD:refs/heads/waiting")
    hook.write_text(  # the other's push comes between, once
        "#!/bin/sh\nrm -f hooks/pre-receive\n"
        "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
        "git update-ref refs/heads/pages refs/heads/waiting\n"
    )
    hook.chmod(0o755)
    (place.public / "index.html").write_text("ours")

    push_to_branch(branch(remote), place, NOW)

    assert commits(remote) == 3
    assert git(remote, "show", "pages:index.html") == "ours"


def test_the_users_own_repository_is_left_alone(remote: Path, place: DeployRoute) -> None:
    """Where the newsroom itself is kept in git, its branch, index and files stay as they are."""
    git(place.root, "init", "--quiet")
    (place.root / "posts.md").write_text("text")
    git(place.root, "add", "posts.md")
    before = git(place.root, "status", "--porcelain", "--", "posts.md", "public")
    hooked = {"GIT_DIR": str(place.root / ".git"), "GIT_INDEX_FILE": "elsewhere"}

    push_to_branch(branch(remote), replace(place, environ={**place.environ, **hooked}), NOW)

    assert git(place.root, "status", "--porcelain", "--", "posts.md", "public") == before
    assert commits(remote) == 1


def test_a_path_is_relative_to_the_newsroom(remote: Path, place: DeployRoute) -> None:
    """A repository beside the newsroom is named as seen from there."""
    assert push_to_branch(branch("../webb.git"), place, NOW)

    assert commits(remote) == 1


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("../nowhere.git", "does not appear to be a git repository|Could not read from remote"),
        ("--upload-pack=touch x", "does not appear to be a git repository|strange"),
        ("https://me:s3cret@127.0.0.1:9/webb.git", "…@127.0.0.1"),
    ],
)
def test_a_repository_that_is_not_there(place: DeployRoute, where: str, words: str) -> None:
    """It is named with git's own words, without any password, and nothing is run by its name."""
    with pytest.raises(OutsideError, match=words) as failed:
        push_to_branch(branch(where), place, NOW)

    assert "s3cret" not in str(failed.value)
    assert not (place.root / "x").exists()


def test_a_machine_without_git(remote: Path, place: DeployRoute, tmp_path: Path) -> None:
    """That there is no git is told by its name."""
    with pytest.raises(OutsideError, match="there is no program git on this machine"):
        push_to_branch(branch(remote), replace(place, environ={"PATH": str(tmp_path)}), NOW)


def test_a_lock_that_a_killed_git_left(remote: Path, place: DeployRoute) -> None:
    """A git that was killed while it wrote its index stops no later deploy."""
    push_to_branch(branch(remote), place, NOW)
    (place.state / "deploy.git" / "index.lock").touch()
    (place.public / "index.html").write_text("two")

    assert push_to_branch(branch(remote), place, NOW)

    assert git(remote, "show", "pages:index.html") == "two"
