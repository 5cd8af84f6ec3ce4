"""Which program and which templates: when either changes, every page is made again."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from newsroom import __version__

_PACKAGE = Path(__file__).parent.parent
_MAKES_PAGES = ("render", "model", "locale")  # rooms whose words or code end up in pages


def version(templates: Iterable[Path]) -> str:
    """A digest of the release, of the code that renders, and of every template's bytes."""
    digest = sha256(__version__.encode())
    for folder in (*(_PACKAGE / room for room in _MAKES_PAGES), *templates):
        for name in sorted(_files(str(folder))):
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 (each build reads them all)
                content = file.read()
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """What makes pages, by its path below the folder."""
    for place, _, names in os.walk(folder):
        inside = place[len(folder) :].lstrip("/")
        for name in names:
            if not name.endswith((".pyc", ".po")) and not name.startswith("."):
                yield f"{inside}/{name}"
