"""The keys that mail is signed with: whose they are and where they lie."""

import re
from dataclasses import dataclass
from pathlib import Path

from newsroom.model.saying import Saying, say
from newsroom.settings.mail import provider_of

_FORM = re.compile(
    r"([a-z0-9][a-z0-9.-]{0,62})@([a-z0-9-]+(?:\.[a-z0-9-]+)+):(\S.*)", re.ASCII | re.IGNORECASE
)
_EXAMPLE = "nyhetsbrev@example.se:var/dkim/nyhetsbrev.pem"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One key: `selector@domain:file`."""

    selector: str
    domain: str
    path: Path


def key_files(given: str | None, root: Path) -> tuple[KeyFile, ...]:
    """The keys that NEWSROOM_DKIM names, with commas between them."""
    found = map(_FORM.fullmatch, _listed(given))
    return tuple(
        KeyFile(key[1].lower(), key[2].lower(), (root / key[3]).absolute()) for key in found if key
    )


def key_faults(given: str | None, root: Path, mail: str) -> list[Saying]:
    """What keeps NEWSROOM_DKIM from being used."""
    if any(not _FORM.fullmatch(written) for written in _listed(given)):
        return [say("NEWSROOM_DKIM cannot be read; write {example}", example=_EXAMPLE)]
    keys = key_files(given, root)
    if keys and (provider := provider_of(mail)):
        return [
            say("NEWSROOM_DKIM: {provider} signs by itself; leave the line out", provider=provider)
        ]
    return [fault for key in keys for fault in _file_faults(key)]


def _file_faults(key: KeyFile) -> list[Saying]:
    if not key.path.is_file():
        return [
            say(
                "NEWSROOM_DKIM: {file} is not there; make it with: newsroom dkim new {selector}",
                file=key.path,
                selector=key.selector,
            )
        ]
    if key.path.stat().st_mode & 0o077:
        return [
            say(
                "NEWSROOM_DKIM: {file} is open to others on this machine; chmod 600 {file}",
                file=key.path,
            )
        ]
    return []


def _listed(given: str | None) -> list[str]:
    return [written.strip() for written in (given or "").split(",") if written.strip()]
