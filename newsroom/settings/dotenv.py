"""Reading `.env`: lines of NAME=value. A line that would have no effect is an error."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say
from newsroom.settings.announce import CHANNEL_SETTINGS
from newsroom.settings.hooks import HOOK_SETTINGS

_KNOWN = (
    "NEWSROOM_DATABASE",
    "NEWSROOM_MAIL",
    "NEWSROOM_INBOX",
    "NEWSROOM_SECRET",
    "NEWSROOM_DKIM",
    "NEWSROOM_DNS",
    "NEWSROOM_LOG",
    "NEWSROOM_METRICS",
    "NEWSROOM_FOLDER",  # and the next are read by serve/docker/compose*.yaml
    "NEWSROOM_POSTGRES_PASSWORD",
    *HOOK_SETTINGS,
    *CHANNEL_SETTINGS,
)
_OURS, _OF_CHANNELS = "NEWSROOM_", "NEWSROOM_ANNOUNCE_"  # what these end in is their own to check
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Dotenv:
    """What a file says, and what of it would say nothing to anybody."""

    values: Mapping[str, str]
    faults: tuple[Saying, ...] = ()


def read_dotenv(path: Path) -> Dotenv:
    """`NAME=value` lines; blank lines and `#` comments are passed over.

    Raises SettingsError for a file in another encoding.
    """
    if not path.is_file():
        return Dotenv({})
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            say("{file}: it is not in UTF-8; save it as UTF-8", file=path)
        ) from error
    values, faults = dict[str, str](), list[Saying]()
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        name, _, value = (part.strip() for part in line.partition("="))
        if fault := _fault(name, is_pair="=" in line):
            faults.append(say("{file}:{line}: {fault}", file=path, line=number, fault=fault))
        else:
            values[name] = value.strip("\"'")
    return Dotenv(values, tuple(faults))


def _fault(name: str, *, is_pair: bool) -> Saying | None:
    """What is wrong with a line, of which only the name is shown: the rest may be secret."""
    if not is_pair or not _NAME.fullmatch(name):
        return say("this is no setting; write NAME=value, or # before a remark")
    if not name.startswith(_OURS) or name.startswith(_OF_CHANNELS) or name in _KNOWN:
        return None
    from difflib import get_close_matches

    meant = get_close_matches(name, _KNOWN, 1) or get_close_matches(name, _KNOWN, 1, 0)
    return say('there is no setting "{name}"; did you mean {meant}?', name=name, meant=meant[0])
