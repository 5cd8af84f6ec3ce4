"""What is nobody else's to read on this machine: secrets, keys, the readers' list."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsroom.model.saying import say
from newsroom.model.verdict import Check, Remark, Verdict
from newsroom.settings import Settings

_OTHERS = 0o077  # permissions of the group and of everybody
_GOOD_LENGTH = 32  # characters of a secret that a person wrote


def key_checks(unusable: Iterable[str]) -> Iterator[Check]:
    """The files of keys that cannot sign: no mail leaves before they can."""
    for fault in unusable:
        fix = say("make a key with: {command}", command="newsroom dkim new")
        yield Check("machine-keys", Verdict.FAIL, say("{fault}", fault=fault), fix)


def judge_secrets(settings: Settings) -> Iterator[Remark]:
    """Whoever reads them can make links that unsubscribe others, or send in our name."""
    files = [settings.var / "secret", settings.root / ".env", *(k.path for k in settings.dkim)]
    for path in files:
        if os.name != "posix":
            yield Remark(
                Verdict.UNKNOWN,
                say("who may read {file} is not looked at on this system", file=path.name),
                say("let nobody but newsroom's own account read it"),
            )
        elif path.is_file() and path.stat().st_mode & _OTHERS:
            yield Remark(
                Verdict.FAIL,
                say("{file} can be read by others on this machine", file=path),
                say("chmod 600 {file}", file=path),
            )
    if len(settings.secret) < _GOOD_LENGTH:
        yield Remark(
            Verdict.WARN,
            say("NEWSROOM_SECRET has {count} characters", count=len(settings.secret)),
            say(
                "write one of {count} random characters in front of it, with a comma between",
                count=_GOOD_LENGTH,
            ),
        )
    yield Remark(Verdict.OK, say("secrets are kept to newsroom's own account"))


def judge_folders(settings: Settings, public: Path) -> Iterator[Remark]:
    """What is private must not stand where the web server looks, nor be open to others here."""
    shown, private = public.resolve(), [settings.var, settings.root / ".env", settings.posts]
    private += [settings.outgoing] if settings.outgoing else []
    for path in private:
        if path.resolve().is_relative_to(shown):
            yield Remark(
                Verdict.FAIL,
                say("{path} stands in the public folder {public}", path=path, public=shown),
                say("let deploy: in posts/site.yaml name a folder of its own, such as public"),
            )
    for path in (settings.var, public.parent):
        place = next(each for each in (path, *path.parents) if each.exists())
        if not os.access(place, os.W_OK):
            yield Remark(
                Verdict.FAIL,
                say("{path} cannot be written", path=place),
                say("give it to the account that newsroom runs as"),
            )
    if os.name == "posix":
        yield from _open_to_others(settings.var)
    yield Remark(Verdict.OK, say("nothing private stands in the public folder"))


def _open_to_others(var: Path) -> Iterator[Remark]:
    """The readers' list, where others of this machine could read it."""
    if not var.is_dir() or not var.stat().st_mode & _OTHERS:
        return
    bare = [each for each in var.glob("newsroom.db*") if each.stat().st_mode & _OTHERS]
    if bare:
        yield Remark(
            Verdict.FAIL,
            say(
                "{path} can be read by others on this machine, and it holds the list", path=bare[0]
            ),
            say("chmod 700 {folder}", folder=var),
        )
