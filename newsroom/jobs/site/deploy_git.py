"""Bring the built site to a branch of a repository: what Pages services publish from.

The repository that commits are made in is newsroom's own, in its `var/` folder: nobody's working
tree or index is touched. Nothing is forced, and what somebody else has committed to the branch is
never written over: a branch whose last commit is not newsroom's is refused.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Protocol

from newsroom.errors import OutsideError
from newsroom.jobs.site.deploy_command import (
    TIME,
    Ended,
    has_program,
    no_program,
    run,
    without_login,
)
from newsroom.model.last_words import why_it_said
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.output.paths import WAITING

_TRAILER = "Published-by: newsroom"  # by which newsroom knows its own commits, on any machine
_TRIES = 3  # to push, while another machine pushes too
_ROLES = ("AUTHOR", "COMMITTER")
_AS_IT_IS = "* -text -ident -filter -working-tree-encoding\n"  # whatever attributes the site has
_TELLING = ("fatal:", "remote:", "!")  # of what git says, the lines that tell why
_ELSEWHERE = {  # what would have git work on another repository, as where a hook runs us
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX"),
}
# An address, or `host:path` as ssh takes it; anything else is a path of this machine.
_IS_ELSEWHERE = re.compile(r"(?!file:)[A-Za-z][\w+.-]*://|[^/:]+:")
_CONFIG = tuple(
    part
    for setting in (
        "core.autocrlf=false",
        "core.fileMode=false",
        f"core.hooksPath={os.devnull}",
        f"core.excludesFile={os.devnull}",
        "gc.autoDetach=false",
    )
    for part in ("-c", setting)
)


class GitPlace(Protocol):
    """From where, and with what."""

    @property
    def root(self) -> Path:
        """The newsroom's folder, to which a repository's path is relative."""
        ...

    @property
    def public(self) -> Path:
        """The built site."""
        ...

    @property
    def state(self) -> Path:
        """The folder in which repositories are kept."""
        ...

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment of git."""
        ...


@dataclass(frozen=True, slots=True)
class Branch:
    """Where to, and who commits."""

    remote: str = field(repr=False)  # an address or a path
    name: str
    author: str
    email: str
    url: str  # of the site, for the message


def push_to_branch(branch: Branch, place: GitPlace, now: datetime) -> bool:
    """Commit the built site and push it; false when the branch has it already.

    Raises OutsideError when git cannot, or the branch is somebody else's.
    """
    git = _Git(branch, place, now)
    tree = git.tree()
    for left in reversed(range(_TRIES)):
        tip = git.tip()
        if tip and git.tree_of(tip) == tree:
            return False
        commit = git.commit(tree, tip)
        refusal = git.push(commit)
        if refusal is None:
            git.do("update-ref", "refs/newsroom/deployed", commit)  # so that nothing is pruned
            return True
        if not left or git.tip() == tip:  # nobody else has pushed meanwhile
            raise git.fault(refusal)
    return True


def require_repository(branch: Branch, place: GitPlace) -> None:
    """Pass a repository that is there, as far as this machine can tell: no other one is asked.

    Raises OutsideError, and writes nothing.
    """
    if not has_program("git", place):
        raise _fault(branch, no_program("git"))
    if _IS_ELSEWHERE.match(branch.remote):
        return
    words = ["git", *_CONFIG, "ls-remote", "--quiet", "--", branch.remote]
    ended = run(words, place.root, {**_own(place), "LC_ALL": "C"}, TIME)
    if ended.status != 0:
        raise _fault(branch, _why(ended))


def _own(place: GitPlace) -> dict[str, str]:
    """The environment, without what would have git work on another repository."""
    return {name: value for name, value in place.environ.items() if name not in _ELSEWHERE}


def _why(ended: Ended) -> str:
    """The lines of a git that failed that say why, which may not be the last."""
    telling = [line for line in ended.err if line.startswith(_TELLING)]
    return why_it_said("; ".join(telling[-2:])) if telling else ended.said


def _fault(branch: Branch, reason: str) -> OutsideError:
    return OutsideError(
        say(
            "deploy: git cannot push to {branch} in {remote}: {why}",
            branch=branch.name,
            remote=without_login(branch.remote),
            why=reason,
        )
    )


class _Git:
    """Git, in a repository of our own, on the built site."""

    def __init__(self, branch: Branch, place: GitPlace, now: datetime) -> None:
        self._branch, self._place = branch, place
        self._folder = place.state / "deploy.git"
        who = {
            "NAME": branch.author,
            "EMAIL": branch.email,
            "DATE": f"{int(now.timestamp())} +0000",
        }
        self._environ = {
            **_own(place),
            **{f"GIT_{role}_{key}": value for role in _ROLES for key, value in who.items()},
            "GIT_DIR": str(self._folder),
            "GIT_WORK_TREE": str(place.public),
            "GIT_TERMINAL_PROMPT": "0",  # nobody is there to type a password
            "SSH_ASKPASS_REQUIRE": "never",
            "LC_ALL": "C",
        }
        if not (self._folder / "HEAD").is_file():
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self.do("init", "--quiet")
        (self._folder / "info").mkdir(exist_ok=True)
        (self._folder / "info" / "attributes").write_text(_AS_IT_IS, encoding="ascii")

    def tree(self) -> str:
        """The built site as git keeps it, byte for byte."""
        # Nobody else is at work here: a lock is what a git that was killed has left.
        (self._folder / "index.lock").unlink(missing_ok=True)
        self.do(
            "add", "--all", "--force", "--", ".", f":(exclude){WAITING}", folder=self._place.public
        )
        empty = self.do("hash-object", "-w", "--stdin")
        # GitHub's Pages would else leave out files whose names begin with a line.
        self.do("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll")
        return self.do("write-tree")

    def tip(self) -> str | None:
        """The last commit of the branch where it is pushed to, fetched; None when it is new.

        Raises OutsideError for one that is not newsroom's.
        """
        name = f"refs/heads/{self._branch.name}"
        commit = self.do("ls-remote", "--", self._branch.remote, name).partition(" ")[0]
        if not commit:
            return None
        if self._run("cat-file", "-e", commit).status != 0:
            self.do("fetch", "--quiet", "--no-tags", "--", self._branch.remote, name)
        message = self._run("log", "-1", "--format=%B", commit).out
        if _TRAILER not in message:
            raise self._foreign(commit)
        return commit

    def tree_of(self, commit: str) -> str:
        """What a commit holds."""
        return self.do("rev-parse", f"{commit}^{{tree}}")

    def commit(self, tree: str, parent: str | None) -> str:
        """A commit of the site on top of another."""
        message = f"{self._branch.url}\n\n{_TRAILER}\n"
        return self.do("commit-tree", tree, *(["-p", parent] if parent else []), "-m", message)

    def push(self, commit: str) -> Ended | None:
        """Push, without force; what git said when it was refused."""
        target = f"{commit}:refs/heads/{self._branch.name}"
        ended = self._run("push", "--quiet", "--", self._branch.remote, target)
        return ended if ended.status != 0 else None

    def do(self, *words: str, folder: Path | None = None) -> str:
        """The last line that git says. Raises OutsideError when it fails."""
        ended = self._run(*words, folder=folder)
        if ended.status != 0:
            raise self.fault(ended)
        return next(iter(ended.out[-1:]), "")

    def fault(self, ended: Ended) -> OutsideError:
        """What is told of a git that failed."""
        return _fault(self._branch, _why(ended))

    def _foreign(self, commit: str) -> OutsideError:
        about = self.do("log", "-1", "--format=%h, %an: %s", commit)
        return OutsideError(
            say(
                "deploy: the last commit of the branch {branch} in {remote} is not newsroom's "
                "({commit}), and nobody's work is written over; name another branch in site.yaml",
                branch=self._branch.name,
                remote=without_login(self._branch.remote),
                commit=about,
            )
        )

    def _run(self, *words: str, folder: Path | None = None) -> Ended:
        try:
            return run(["git", *_CONFIG, *words], folder or self._place.root, self._environ, TIME)
        except FileNotFoundError as error:
            raise _fault(self._branch, no_program("git")) from error
        except OSError as error:
            raise _fault(self._branch, why(error)) from error
        except TimeoutExpired as error:
            late = say("it took longer than {minutes} minutes", minutes=round(TIME / 60))
            raise _fault(self._branch, late) from error
