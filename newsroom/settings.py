"""What differs between machines or is secret: the environment, read once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from newsroom.errors import SettingsError

_DATABASES = ("sqlite", "postgresql")
_MAILS = ("folder", "smtp", "smtp+starttls", "smtps")


@dataclass(frozen=True, slots=True)
class Settings:
    """The machine's side of a newsroom. Secrets are kept out of `repr`."""

    root: Path  # the folder that holds `posts/`
    database: str  # sqlite:////absolute/path or postgresql://…
    mail: str  # where messages go: folder:/absolute/path, smtp://host:port, …
    secret: bytes  # keys of tokens and of the suppression list
    old_secrets: tuple[bytes, ...] = ()  # still accepted in links from earlier mails

    def __repr__(self) -> str:
        return f"Settings(root={self.root})"

    @property
    def posts(self) -> Path:
        """The content folder."""
        return self.root / "posts"

    @property
    def var(self) -> Path:
        """What the program keeps for itself: database, cache, locks."""
        return self.root / "var"

    @classmethod
    def from_env(cls, root: Path, environ: Mapping[str, str]) -> "Settings":
        """Settings from the environment over `.env` in the root.

        Raises SettingsError that lists every bad value at once.
        """
        values = {**_dotenv(root / ".env"), **environ}
        database = values.get("NEWSROOM_DATABASE", "sqlite:///var/newsroom.db")
        mail = values.get("NEWSROOM_MAIL", "folder:var/outgoing")
        faults = [*_database_faults(database), *_mail_faults(mail)]
        if faults:
            raise SettingsError("; ".join(faults))
        newest, *older = _secrets(root, values.get("NEWSROOM_SECRET"))
        return cls(
            root=root,
            database=_anchored(database, "sqlite:///", root),
            mail=_anchored(mail, "folder:", root),
            secret=newest,
            old_secrets=tuple(older),
        )


def find_root(start: Path) -> Path:
    """The nearest folder upward of `start` that holds `posts/`."""
    for folder in (start, *start.parents):
        if (folder / "posts").is_dir():
            return folder
    raise SettingsError(
        f"{start}: no newsroom here, nor in any folder above it; "
        "run this where posts/ is, give --root DIR, or make one with: newsroom init DIR"
    )


def _database_faults(database: str) -> list[str]:
    if urlsplit(database).scheme in _DATABASES:
        return []
    scheme = database.partition(":")[0]
    return [
        f'NEWSROOM_DATABASE begins with "{scheme}:"; '
        "write sqlite:///var/newsroom.db or postgresql://user:password@host/name"
    ]


def _mail_faults(mail: str) -> list[str]:
    parts = urlsplit(mail)
    if parts.scheme not in _MAILS:
        return [
            f'NEWSROOM_MAIL begins with "{mail.partition(":")[0]}:"; '
            "write smtp+starttls://user:password@host:587, smtps://…, smtp://127.0.0.1:1025 "
            "or folder:var/outgoing"
        ]
    if parts.scheme != "folder" and not parts.hostname:
        return [f"NEWSROOM_MAIL names no host; write {parts.scheme}://host:port"]
    return []


def _anchored(value: str, prefix: str, root: Path) -> str:
    """A path that follows `prefix`, made absolute below the root."""
    if not value.startswith(prefix):
        return value
    return f"{prefix}{(root / value.removeprefix(prefix)).absolute()}"


def _dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; blank lines and `#` comments are passed over."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _secrets(root: Path, given: str | None) -> list[bytes]:
    """The secrets, newest first: given, comma-separated, or made on first use and kept in var/."""
    if given:
        return [secret.strip().encode() for secret in given.split(",") if secret.strip()]
    path = root / "var" / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return [line.encode() for line in path.read_text().split()]
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    return [line.encode() for line in path.read_text().split()]
