"""The sheets of the last reading, so that only texts that changed are parsed again."""

import os
import pickle
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

import yaml

from newsroom import __version__
from newsroom.content.folder.save import keep
from newsroom.content.folder.sheet import Sheet
from newsroom.model import Site

_NAME = "sheets.pickle"
_PACKAGE = Path(__file__).parent.parent.parent
# Where the code stands that decides what is on a sheet.
_MAKES_SHEETS = ("content", "content/folder", "model", "render")


@dataclass(slots=True)
class SheetCache:
    """Sheets by path and by the digest of the text, never by its date: a text is its bytes.

    The file lies in `var/`, which is the program's own: whoever can write there has its secret
    too. It is read only when its own digest, the site, the program, its Python and its YAML are the
    same as when it was written; else everything is parsed anew.
    """

    folder: Path | None
    stamp: bytes
    known: Mapping[tuple[PurePosixPath, str], Sheet]
    used: dict[tuple[PurePosixPath, str], Sheet] = field(default_factory=dict)

    def find(self, source: PurePosixPath, text: str) -> Sheet | None:
        """The sheet of this text in this file, if it was read before."""
        key = _key(source, text)
        sheet = self.known.get(key)
        if sheet is not None:
            self.used[key] = sheet
        return sheet

    def keep(self, sheet: Sheet, text: str) -> Sheet:
        """The same sheet, remembered."""
        self.used[_key(sheet.source, text)] = sheet
        return sheet

    def save(self) -> None:
        """Write the sheets that were used, if they are not those that were known."""
        if self.folder is None or self.used.keys() == self.known.keys():
            return
        payload = pickle.dumps(self.used, protocol=5)
        keep(self.folder / _NAME, self.stamp + sha256(payload).digest() + payload)


def open_cache(folder: Path | None, site: Site) -> SheetCache:
    """The cache in that folder; empty when it is missing, damaged or of another time."""
    if folder is None:
        return SheetCache(None, b"", {})
    stamp = _stamp(site)
    try:
        kept = (folder / _NAME).read_bytes()
    except OSError:
        return SheetCache(folder, stamp, {})
    size = len(stamp)
    payload = kept[2 * size :]
    if kept[: 2 * size] != stamp + sha256(payload).digest():
        return SheetCache(folder, stamp, {})
    return SheetCache(folder, stamp, pickle.loads(payload))  # noqa: S301 (see the class)


def _key(source: PurePosixPath, text: str) -> tuple[PurePosixPath, str]:
    return source, sha256(text.encode()).hexdigest()


def _stamp(site: Site) -> bytes:
    """A digest of the site, of the program as its files are now, and of what it stands on."""
    files = (entry for room in _MAKES_SHEETS for entry in _python(_PACKAGE / room))
    states = sorted((entry.name, *_state(entry)) for entry in files)
    versions = (__version__, sys.version, yaml.__version__)
    return sha256(repr((versions, states, site)).encode()).digest()


def _python(folder: Path) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if entry.name.endswith(".py")]


def _state(entry: os.DirEntry[str]) -> tuple[int, int]:
    facts = entry.stat()
    return facts.st_size, facts.st_mtime_ns
