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
    meant: frozenset[str] = frozenset()  # the settings that were misspelt, as far as one can tell


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
    return _read(path, text)


def legible_dotenv(path: Path) -> Dotenv:
    """What can be read of a file that has faults; a line with a letter that cannot is left out.

    Of one that is shut to us nothing is known: whatever it is about may be meant otherwise.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except FileNotFoundError:
        return Dotenv({})
    except OSError:
        return Dotenv({}, meant=frozenset(_KNOWN))
    return _read(path, "\n".join(line for line in text.splitlines() if "\ufffd" not in line))


def _read(path: Path, text: str) -> Dotenv:
    values, faults, meant = dict[str, str](), list[Saying](), set[str]()
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        name, _, value = (part.strip() for part in line.partition("="))
        if fault := _fault(name, is_pair="=" in line):
            faults.append(say("{file}:{line}: {fault}", file=path, line=number, fault=fault))
            meant.add(_meant(name))
        else:
            values[name] = value.strip("\"'")
    return Dotenv(values, tuple(faults), frozenset(meant))


def _fault(name: str, *, is_pair: bool) -> Saying | None:
    """What is wrong with a line, of which only the name is shown: the rest may be secret."""
    if not is_pair or not _NAME.fullmatch(name):
        return say("this is no setting; write NAME=value, or # before a remark")
    if not name.startswith(_OURS) or name.startswith(_OF_CHANNELS) or name in _KNOWN:
        return None
    return say('there is no setting "{name}"; did you mean {meant}?', name=name, meant=_meant(name))


def _meant(name: str) -> str:
    """The setting whose name is most like one."""
    from difflib import get_close_matches

    return (get_close_matches(name, _KNOWN, 1) or get_close_matches(name, _KNOWN, 1, 0))[0]
