"""Which program this is: its own code, and the libraries on which the bytes of a page hang."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from newsroom import __version__

PACKAGE: Final = Path(__file__).parent
# The rooms whose code or words decide what a text means and what becomes of it. What the others
# do, such as writing files, leaves the bytes as they are.
MAKE_PAGES: Final = tuple(PACKAGE / room for room in ("content", "locale", "model", "render"))
_STANDS_ON = (
    *("babel", "css_inline", "dateutil", "feedgen", "icalendar", "jinja2", "lxml", "markdown"),
    *("markupsafe", "nh3", "yaml"),
)

State = tuple[str, int, int]  # name, size, when its bytes were changed (nanoseconds)


def release() -> tuple[str, str, tuple[State, ...]]:
    """This version, its Python, and the state of each library that it makes pages with."""
    return __version__, sys.version, tuple(_state(name, _home(name)) for name in _STANDS_ON)


def code() -> Iterator[State]:
    """The state of each file of the code that makes pages."""
    for room in MAKE_PAGES:
        for place, _, names in os.walk(room):
            for name in names:
                if name.endswith(".py"):
                    yield _state(name, Path(place, name))


def _home(library: str) -> Path:
    """The file that is read when a library is imported; importing it would be slow."""
    spec = find_spec(library)
    return Path(spec.origin if spec and spec.origin else __file__)


def _state(name: str, file: Path) -> State:
    facts = file.stat()
    return name, facts.st_size, facts.st_mtime_ns
