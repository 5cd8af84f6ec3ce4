"""What is nobody else's to read on this machine: secrets, keys, the readers' list."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsroom.model.checkup import Check, Remark, check_of, fault, fine, warning
from newsroom.model.saying import say
from newsroom.settings import Settings

_OTHERS = 0o077  # permissions of the group and of everybody
_GOOD_LENGTH = 32  # characters of a secret that a person wrote


def key_checks(unusable: Iterable[str]) -> Iterator[Check]:
    """The files of keys that cannot sign: no mail leaves before they can."""
    for reason in unusable:
        fix = say("make a key with: {command}", command="newsroom dkim new")
        yield check_of("machine-keys", [fault(say("{fault}", fault=reason), fix)])


def judge_secrets(settings: Settings) -> Iterator[Remark]:
    """Whoever reads them can make links that unsubscribe others, or send in our name."""
    files = [settings.var / "secret", settings.root / ".env", *(k.path for k in settings.dkim)]
    for path in files:
        if path.is_file() and path.stat().st_mode & _OTHERS:
            yield fault(
                say("{file} can be read by others on this machine", file=path),
                say("close it to others"),
                f"chmod 600 {path}",
            )
    if len(settings.secret) < _GOOD_LENGTH:
        yield warning(
            say("NEWSROOM_SECRET has {count} characters", count=len(settings.secret)),
            say(
                "write one of {count} random characters in front of it, with a comma between",
                count=_GOOD_LENGTH,
            ),
        )
    yield fine(say("secrets are kept to newsroom's own account"))


def judge_folders(settings: Settings, public: Path) -> Iterator[Remark]:
    """What is private must not stand where the web server looks, nor be open to others here."""
    shown, private = public.resolve(), [settings.var, settings.root / ".env", settings.posts]
    private += [settings.outgoing] if settings.outgoing else []
    for path in private:
        if path.resolve().is_relative_to(shown):
            yield fault(
                say("{path} stands in the public folder {public}", path=path, public=shown),
                say("let deploy: in posts/site.yaml name a folder of its own, such as public"),
            )
    for path in (settings.var, public.parent):
        place = next(each for each in (path, *path.parents) if each.exists())
        if not os.access(place, os.W_OK):
            yield fault(
                say("{path} cannot be written", path=place),
                say("give it to the account that newsroom runs as"),
            )
    yield from _open_to_others(settings.var)
    yield fine(say("nothing private stands in the public folder"))


def _open_to_others(var: Path) -> Iterator[Remark]:
    """The readers' list, where others of this machine could read it."""
    if not var.is_dir() or not var.stat().st_mode & _OTHERS:
        return
    bare = [each for each in var.glob("newsroom.db*") if each.stat().st_mode & _OTHERS]
    if bare:
        yield fault(
            say(
                "{path} can be read by others on this machine, and it holds the list", path=bare[0]
            ),
            say("close it to others"),
            f"chmod 700 {var}",
        )
