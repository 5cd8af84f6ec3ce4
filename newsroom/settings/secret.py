"""The secrets that all links in mails hang on: given, or made on first use."""

import os
from collections.abc import Sequence
from pathlib import Path

from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say

_SHORTEST_SECRET = 16  # characters


def secret_faults(given: str | None) -> list[Saying]:
    """What keeps NEWSROOM_SECRET from being used."""
    if given is None:
        return []
    short = [secret for secret in _split(given) if len(secret) < _SHORTEST_SECRET]
    if _split(given) and not short:
        return []
    return [
        say(
            "NEWSROOM_SECRET needs at least {count} characters, each one of several; "
            "write a long random word, or leave it out and one is made in var/secret",
            count=_SHORTEST_SECRET,
        )
    ]


def secrets_of(root: Path, given: str | None) -> list[bytes]:
    """The secrets, newest first: those given, else the one that is made on first use."""
    path = root / "var" / "secret"
    kept = _split(given) if given else _kept_secrets(path)
    return [secret.encode() for secret in kept]


def secrets_in_file(root: Path) -> tuple[str, ...]:
    """The secrets that `var/secret` holds, newest first; none when there is no such file."""
    try:
        return tuple((root / "var" / "secret").read_text().split())
    except FileNotFoundError:
        return ()


def write_secrets(root: Path, kept: Sequence[str]) -> None:
    """Let `var/secret` hold these, newest first. Whoever reads it finds the old ones or the new."""
    path = root / "var" / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"secret.{os.getpid()}")
    made.unlink(missing_ok=True)
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(f"{secret}\n" for secret in kept))
        file.flush()
        os.fsync(descriptor)
    made.replace(path)


def _kept_secrets(path: Path) -> list[str]:
    """The secrets in `var/secret`, a line each. Two processes that are first at once share one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        import secrets

        made = path.with_name(f"secret.{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(32) + "\n")
        try:
            os.link(made, path)  # whole from the first moment, and never over another's
        except FileExistsError:
            pass
        finally:
            made.unlink()
    kept = path.read_text().split()
    if not kept:
        raise SettingsError(
            say(
                "{path} is empty; bring it back from a backup, since the links in earlier mails "
                "hang on it, or delete it to have a new one made",
                path=path,
            )
        )
    return kept


def _split(given: str) -> list[str]:
    """The secrets that a variable names, newest first."""
    return [secret.strip() for secret in given.split(",") if secret.strip()]
