"""The secrets that sign the links in mails: given in the environment, or made on first use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from newsroom import whole_file
from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say

_SHORTEST_SECRET = 16  # characters
_LEAKED = "leaked"  # shorter than a secret may be


@dataclass(frozen=True, slots=True)
class LinkSecret:
    """One of the secrets in `var/secret`."""

    word: str = field(repr=False)
    since: date | None = None  # when it became the newest, where that is known
    leaked: bool = False  # somebody has seen it: it opens nothing that is not for everybody


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
    return list(given_secrets(given)) if given else [s.encode() for s in _kept_secrets(path)]


def given_secrets(given: str) -> tuple[bytes, ...]:
    """The secrets that NEWSROOM_SECRET names, newest first."""
    return tuple(secret.encode() for secret in _split(given))


def secrets_in_file(root: Path) -> tuple[LinkSecret, ...]:
    """The secrets that `var/secret` holds, newest first; none when there is no such file."""
    try:
        return read_secrets((root / "var" / "secret").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()


def secrets_known(root: Path, keys: Sequence[bytes]) -> tuple[LinkSecret, ...]:
    """These secrets, wherever they are named, with what `var/secret` says of each."""
    said = {one.word.encode(): one for one in secrets_in_file(root)}
    return tuple(said.get(key) or LinkSecret(key.decode()) for key in keys)


def merged_secrets(
    here: Sequence[LinkSecret], others: Sequence[LinkSecret]
) -> tuple[LinkSecret, ...]:
    """The secrets here, and behind them others; one that either side calls leaked is."""
    both = {one.word: one for one in here}
    for other in others:
        one = both.get(other.word, other)
        leaked, since = one.leaked or other.leaked, one.since or other.since
        both[other.word] = replace(one, leaked=leaked, since=since)
    return tuple(both.values())


def write_secrets(root: Path, kept: Sequence[LinkSecret]) -> None:
    """Let `var/secret` hold these, newest first. Whoever reads it finds the old ones or the new."""
    path = root / "var" / "secret"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole_file.write(path, written_secrets(kept).encode(), mode=0o600)


def read_secrets(text: str) -> tuple[LinkSecret, ...]:
    """Words; behind each may stand a day, and that it was seen by somebody."""
    found: list[LinkSecret] = []
    for word in text.split():
        if found and word == _LEAKED:
            found[-1] = replace(found[-1], leaked=True)
        elif found and re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            found[-1] = replace(found[-1], since=date.fromisoformat(word))
        else:
            found.append(LinkSecret(word))
    return tuple(found)


def written_secrets(secrets: Sequence[LinkSecret]) -> str:
    """The same, a line for each."""
    return "".join(map(_line, secrets))


def _line(secret: LinkSecret) -> str:
    said = (secret.word, str(secret.since or ""), _LEAKED if secret.leaked else "")
    return " ".join(word for word in said if word) + "\n"


def _kept_secrets(path: Path) -> list[str]:
    """The secrets in `var/secret`, a line each. Two processes that are first at once share one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        import secrets

        whole_file.write_new(path, f"{secrets.token_urlsafe(32)}\n".encode(), mode=0o600)
    kept = [one.word for one in read_secrets(path.read_text(encoding="utf-8"))]
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
