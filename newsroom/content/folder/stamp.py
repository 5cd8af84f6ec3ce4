"""What decides how a text is read, beside the text: the program, and a part of the site."""

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from newsroom import __version__
from newsroom.model import Sender, Site

_PACKAGE = Path(__file__).parent.parent.parent
# Where the code stands that decides what is kept of a text.
_READS = ("content", "content/folder", "model", "render")
_STANDS_ON = ("yaml", "markdown", "nh3")


def program_stamp() -> bytes:
    """A digest of the program as its files are now, of its Python, and of what it stands on."""
    states = sorted((file.name, *_state(file.stat())) for file in _code())
    libraries = [(name, *_state(_home(name).stat())) for name in _STANDS_ON]
    return sha256(repr((__version__, sys.version, states, libraries)).encode()).digest()


def site_stamp(site: Site) -> bytes:
    """A digest of a site."""
    return sha256(repr(site).encode()).digest()


def as_read(site: Site) -> Site:
    """The site with only what decides how a piece is read, so that nothing else can.

    Who changes the pace of sending, or a word in the menu, then has no text read again.
    """
    return Site(
        name="",
        url=site.url,
        first_url=site.first_url,
        language=site.language,
        timezone=site.timezone,
        sender=Sender("", ""),
        path_words=site.path_words,
        checks=site.checks,
    )


def _code() -> Iterator["os.DirEntry[str]"]:
    for room in _READS:
        with os.scandir(_PACKAGE / room) as entries:
            yield from (entry for entry in entries if entry.name.endswith(".py"))


def _home(library: str) -> Path:
    """The file that is read when a library is imported; importing it would be slow."""
    spec = find_spec(library)
    return Path(spec.origin if spec and spec.origin else __file__)


def _state(facts: os.stat_result) -> tuple[int, ...]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
