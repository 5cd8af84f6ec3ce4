"""Which program and which templates: when either changes, every page is made again."""

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
        for path in _files(folder):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".po"} and not path.name.startswith(".")
    )
