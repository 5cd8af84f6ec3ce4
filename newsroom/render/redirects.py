"""The files by which web servers know what has moved and what has been withdrawn.

Each holds the same lines in the words of one server, which takes them in as a map: nothing of them
is ever a rule of its own, and no address can become one, since an address with any character that
means something to a server stands in none of its files. (The page at the old address still leads
readers on there.) Our own server reads the JSON.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from newsroom.render.page import Page

FILE = "_redirects.json"
GONE = "gone"  # stands in the servers' maps where a new address would
_LINES = {  # a line of each map; what is in it is plain
    "_redirects.nginx.conf": '"{old}" "{new}";\n',
    "_redirects.apache.txt": "{old} {new}\n",
    "_redirects.caddy": '"{old}" "{new}"\n',
}
_PLAIN = re.compile(r"/[A-Za-z0-9._~/-]*")
_LONGEST = 500  # characters; nginx has a limit for what its maps hold


@dataclass(frozen=True, slots=True)
class Redirects:
    """Where to send those who ask for an old path, and which paths lead nowhere any more."""

    moved: Mapping[str, str]  # old path, as it is once %-codes are read; new one, as browsers want
    gone: frozenset[str]

    def target(self, path: str) -> str | None:
        """The new path of an old one, whether it has its last slash or not."""
        return self.moved.get(path) or self.moved.get(f"{path}/")

    def is_gone(self, path: str) -> bool:
        """Whether a path was withdrawn."""
        return path in self.gone or f"{path}/" in self.gone


NOWHERE = Redirects({}, frozenset())


def redirect_pages(
    moved: Iterable[tuple[str, str]], gone: Iterable[str], link: Callable[[str], str]
) -> tuple[Page, ...]:
    """The map of old addresses, for our own server and for each of three others.

    `link` makes the path that a server sees from an address. A reader is sent on once: the old
    address of an old address leads straight to the newest. What goes round in a circle is left out.
    """
    found = resolve(((link(old), link(new)) for old, new in moved), map(link, gone))
    inputs = (tuple(sorted(found.moved.items())), tuple(sorted(found.gone)))
    return (
        Page(FILE, inputs, lambda: _json(found)),
        *(_map_page(path, line, found, inputs) for path, line in _LINES.items()),
    )


def resolve(moved: Iterable[tuple[str, str]], gone: Iterable[str]) -> Redirects:
    """One hop from each old path to where its page is now; what is gone moves nowhere."""
    withdrawn = frozenset(path for path in gone if _is_path(path))
    homes: dict[str, str] = {}
    for old, new in moved:
        if _is_path(old) and _is_path(new) and old not in withdrawn:
            homes.setdefault(old, new)
    ends = {old: _end(old, homes) for old in homes}
    return Redirects(
        {old: quote(end, safe="/#~") for old, end in ends.items() if end is not None}, withdrawn
    )


def read_redirects(text: str) -> Redirects:
    """What a build wrote. Raises ValueError when it is something else."""
    match json.loads(text):
        case {"moved": dict(moved), "gone": list(gone)}:
            pairs = ((str(old), str(new)) for old, new in moved.items())
            return Redirects({old: new for old, new in pairs if _is_path(new)}, frozenset(gone))
        case _:
            raise ValueError(f"{FILE} is not one of ours")


def _is_path(path: str) -> bool:
    """Whether this is a path that people can see, on this site, never `//host`, never `..`."""
    parts = path.split("/")
    if "" in parts[1:-1] or {".", ".."} & set(parts):
        return False
    return path.startswith("/") and path.isprintable()


def _end(old: str, homes: Mapping[str, str]) -> str | None:
    """Where the last of the moves went; None when it never ends."""
    seen = {old}
    new = homes[old]
    while new in homes and new not in seen:
        seen.add(new)
        new = homes[new]
    return None if new in seen else new


def _json(found: Redirects) -> bytes:
    kept = {"moved": dict(sorted(found.moved.items())), "gone": sorted(found.gone)}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def _map_page(path: str, line: str, found: Redirects, inputs: tuple[object, ...]) -> Page:
    return Page(path, inputs, lambda: _map(line, found).encode())


def _map(line: str, found: Redirects) -> str:
    lines = {**found.moved, **dict.fromkeys(found.gone, GONE)}
    return "".join(
        line.format(old=spelt, new=new)
        for old, new in sorted(lines.items())
        if _PLAIN.fullmatch(old) and len(old) <= _LONGEST and len(new) <= _LONGEST
        for spelt in _spellings(old)
    )


def _spellings(path: str) -> tuple[str, ...]:
    """A folder's path with its last slash, and without."""
    return (path, path.removesuffix("/")) if path.endswith("/") and path != "/" else (path,)
