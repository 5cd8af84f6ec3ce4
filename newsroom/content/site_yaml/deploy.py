"""`deploy:` in site.yaml: where the built site is brought to."""

import re

from newsroom.content.front.fields import Fields
from newsroom.model import Deploy, DeployKind
from newsroom.model.saying import say

_FOLDER = "deploy: {to: folder, path: public}"
_BRANCH = re.compile(r"(?![-./])(?!.*(?:\.\.|//|@\{|\.lock$|[./]$))[A-Za-z0-9._/@-]{1,100}")


def read_deploy(site: Fields) -> Deploy:
    """The one place that the site is brought to."""
    usual = Deploy()
    fields = site.nested("deploy", _FOLDER)
    if fields is None:
        return usual
    command, path, git = fields.text("command"), fields.text("path"), fields.text("git")
    branch = fields.read("branch", _branch, usual.branch, say("the name of a branch"), "pages")
    likely = DeployKind.COMMAND if command else DeployKind.GIT if git else DeployKind.FOLDER
    kind = fields.choice("to", DeployKind, likely)
    named = {DeployKind.FOLDER: path, DeployKind.COMMAND: command, DeployKind.GIT: git}
    if any(target and other is not kind for other, target in named.items()):
        message = say("deploy names more than one place")
        fields.error(_more_than_one(named, kind), "bad-deploy", message, say("keep one of them"))
    if kind is DeployKind.GIT:
        return Deploy(kind, git or fields.required("git", say("git@example.se:site.git")), branch)
    if kind is DeployKind.COMMAND:
        return Deploy(kind, command or fields.required("command", "rsync …"))
    return Deploy(kind, path or usual.target)


def _branch(name: str) -> str | None:
    """A name that git takes for a branch (git-check-ref-format), in letters that all take."""
    return name if _BRANCH.fullmatch(name) else None


def _more_than_one(named: dict[DeployKind, str | None], kind: DeployKind) -> str:
    """The field that is one too many."""
    fields = {DeployKind.FOLDER: "path", DeployKind.COMMAND: "command", DeployKind.GIT: "git"}
    return next(fields[other] for other, target in named.items() if target and other is not kind)
