"""What differs between machines or is secret: the environment, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, joined, say

_DATABASES = ("sqlite", "postgresql")
_SHORTEST_SECRET = 16  # characters
_MAILS = ("folder", "smtp", "smtp+starttls", "smtps")
# What follows the scheme of a provider: the key to the account, and where in it.
_KEY = r"[\w.~%=+-]{8,}"
_PROVIDERS = {
    "postmark": (rf"{_KEY}(@[\w-]+)?", "postmark://TOKEN@broadcast"),
    "brevo": (_KEY, "brevo://KEY"),
    "ses": (rf"\w{{8,}}:{_KEY}@[a-z]{{2}}(-[a-z]+)+-\d", "ses://KEY_ID:SECRET@eu-north-1"),
    "resend": (_KEY, "resend://KEY"),
}


_PASSWORD = (r"[\x21-\x7e]{16,}", "USER:PASSWORD")
_SIGNED = (r"whsec_(?:[A-Za-z0-9+/]{4}){6,}(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?", "whsec_…")
_TOPIC = r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+"
# How a provider that tells us what came back proves who it is: NEWSROOM_HOOK_POSTMARK and so on.
_HOOKS = {
    "postmark": _PASSWORD,
    "brevo": _PASSWORD,
    "ses": (rf"{_TOPIC}(?:\s*,\s*{_TOPIC})*", "arn:aws:sns:eu-north-1:123456789012:studsar"),
    "resend": _SIGNED,
    "generic": _SIGNED,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The machine's side of a newsroom. Secrets are kept out of `repr`."""

    root: Path  # the folder that holds `posts/`
    database: str  # sqlite:////absolute/path or postgresql://…
    mail: str  # where messages go: folder:/absolute/path, smtp://host:port, …
    inbox: str | None  # where mail comes back to: imaps://user:password@host, when it is read
    secret: bytes  # keys of tokens and of the suppression list
    old_secrets: tuple[bytes, ...] = ()  # still accepted in links from earlier mails
    hooks: tuple[tuple[str, str], ...] = ()  # providers whose webhooks are heard, and their proof

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

    @property
    def consents(self) -> Path:
        """Where it is written down, outside the database, how far the log of consents goes."""
        return self.var / "consents"

    @property
    def outgoing(self) -> Path | None:
        """The folder that mail is written to, when it goes to one."""
        folder = self.mail.removeprefix("folder:")
        return None if folder == self.mail else Path(folder)

    @classmethod
    def from_env(cls, root: Path, environ: Mapping[str, str]) -> "Settings":
        """Settings from the environment over `.env` in the root.

        Raises SettingsError that lists every bad value at once.
        """
        values = {**_dotenv(root / ".env"), **environ}
        database = values.get("NEWSROOM_DATABASE", "sqlite:///var/newsroom.db")
        mail = values.get("NEWSROOM_MAIL", "folder:var/outgoing")
        inbox = values.get("NEWSROOM_INBOX") or None
        given = values.get("NEWSROOM_SECRET")
        faults = [*_database_faults(database), *_mail_faults(mail)]
        hooks = {name: values.get(f"NEWSROOM_HOOK_{name.upper()}") for name in _HOOKS}
        heard = tuple((name, proof) for name, proof in hooks.items() if proof)
        faults += [*_inbox_faults(inbox), *_secret_faults(given), *_hook_faults(heard)]
        if faults:
            raise SettingsError(joined("; ", faults))
        newest, *older = _secrets(root, given)
        return cls(
            root=root,
            database=_anchored(database, "sqlite:///", root),
            mail=_anchored(mail, "folder:", root),
            inbox=inbox,
            secret=newest,
            old_secrets=tuple(older),
            hooks=heard,
        )


def find_root(start: Path) -> Path:
    """The nearest folder upward of `start` that holds `posts/`."""
    for folder in (start, *start.parents):
        if (folder / "posts").is_dir():
            return folder
    raise SettingsError(
        say(
            "{start}: no newsroom here, nor in any folder above it; run this where posts/ is, "
            "give --root DIR, or make one with: newsroom init DIR",
            start=start,
        )
    )


def _database_faults(database: str) -> list[Saying]:
    if urlsplit(database).scheme in _DATABASES:
        return []
    scheme = database.partition(":")[0]
    return [
        say(
            'NEWSROOM_DATABASE begins with "{scheme}:"; '
            "write sqlite:///var/newsroom.db or postgresql://user:password@host/name",
            scheme=scheme,
        )
    ]


def _mail_faults(mail: str) -> list[Saying]:
    scheme, _, rest = mail.partition("://")
    if scheme in _PROVIDERS:
        return _provider_faults(scheme, rest)
    parts = urlsplit(mail)
    if parts.scheme not in _MAILS:
        return [
            say(
                'NEWSROOM_MAIL begins with "{scheme}:"; '
                "write smtp+starttls://user:password@host:587, smtps://…, smtp://127.0.0.1:1025, "
                "folder:var/outgoing or a provider: {providers}",
                scheme=mail.partition(":")[0],
                providers=", ".join(f"{name}://…" for name in _PROVIDERS),
            )
        ]
    if parts.scheme == "folder":
        return []
    faults = []
    if not parts.hostname:
        example = f"{parts.scheme}://host:port"
        faults.append(say("NEWSROOM_MAIL names no host; write {example}", example=example))
    if parts.scheme == "smtp" and parts.password:
        faults.append(
            say(
                "NEWSROOM_MAIL would send its password in clear; write smtp+starttls:// or smtps://"
            )
        )
    if not _is_port(parts):
        example = f"{parts.scheme}://host:587"
        faults.append(
            say("NEWSROOM_MAIL has a port that is none; write {example}", example=example)
        )
    return faults


def _inbox_faults(inbox: str | None) -> list[Saying]:
    if inbox is None:
        return []
    parts = urlsplit(inbox)
    is_whole = parts.hostname and parts.username and parts.password
    if parts.scheme == "imaps" and is_whole and _is_port(parts):
        return []
    return [say("NEWSROOM_INBOX is no inbox; write imaps://user:password@host")]


def _hook_faults(hooks: tuple[tuple[str, str], ...]) -> list[Saying]:
    """What is no proof of a provider's; what was written instead is not told."""
    return [
        say(
            "NEWSROOM_HOOK_{name} cannot be read; write {example}, at least 16 characters and "
            "no space",
            name=name.upper(),
            example=_HOOKS[name][1],
        )
        for name, proof in hooks
        if not re.fullmatch(_HOOKS[name][0], proof, re.ASCII)
    ]


def _provider_faults(scheme: str, rest: str) -> list[Saying]:
    """What keeps a provider's address from being read; the key in it is not told."""
    form, example = _PROVIDERS[scheme]
    if re.fullmatch(form, rest, re.ASCII):
        return []
    return [
        say(
            "NEWSROOM_MAIL cannot be read; write {example}, with what is neither letter nor digit "
            "in a key as in a URL (/ as %2F)",
            example=example,
        )
    ]


def _is_port(parts: SplitResult) -> bool:
    """Whether the port is a number that a port can have, or is left to the scheme."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _secret_faults(given: str | None) -> list[Saying]:
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


def _split(given: str) -> list[str]:
    """The secrets that a variable names, newest first."""
    return [secret.strip() for secret in given.split(",") if secret.strip()]


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
    """The secrets, newest first: those given, else the one that is made on first use."""
    path = root / "var" / "secret"
    kept = _split(given) if given else _kept_secrets(path)
    return [secret.encode() for secret in kept]


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
