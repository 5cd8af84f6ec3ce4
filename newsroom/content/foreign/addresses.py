"""The addresses in a foreign text, led to where the same things are here."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from newsroom.content.foreign.liquid import old_address
from newsroom.content.front.notes import Notes
from newsroom.content.lint.markup import Markup
from newsroom.model.saying import say

_TEXT_SUFFIXES = {".md", ".markdown", ".html"}
_BEFORE = r"(\]\(\s*<?|\]:[ \t]*<?|\b(?:src|href)=[\"'])"
_AFTER = r"(?=[\s)>\"']|$)"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the things of the old site are now."""

    posts: Mapping[str, PurePosixPath]  # old address without the last slash -> our file
    find_asset: Callable[[str], str | None]  # a path as written -> its path among the assets
    old_site: str | None = None  # https://old.example: where what is not imported still is
    file_hosts: frozenset[str] = frozenset()  # other hosts that had the old site's files

    def post(self, path: str) -> PurePosixPath | None:
        """Our file of the post that was at a path of the old site, or in a file of that name."""
        pure = PurePosixPath(path)
        bare = path.removesuffix(pure.suffix) if pure.suffix in _TEXT_SUFFIXES else path
        return self.posts.get(bare.rstrip("/")) or self.posts.get(
            old_address(PurePosixPath(bare).name).rstrip("/")
        )


@dataclass(slots=True)
class Move:
    """One post on its way to the file `here`, and the files that come along with it."""

    here: PurePosixPath
    places: Places
    notes: Notes
    names: dict[str, str] = field(default_factory=dict)  # path among the assets -> name here

    def bring(self, asset: str) -> str:
        """The name that a file gets beside its post; no two get the same."""
        if asset not in self.names:
            path = PurePosixPath(asset)
            stem = re.sub(r"[^\w.-]+", "-", path.stem)
            taken, number, name = set(self.names.values()), 1, f"{stem}{path.suffix}"
            while name in taken:
                number += 1
                name = f"{stem}-{number}{path.suffix}"
            self.names[asset] = name
        return self.names[asset]

    def lead_home(self, body: str, first_line: int) -> str:
        """The text with each local address led to a file beside it, a post here or the old site."""
        markup = Markup(body)
        homes: dict[str, str] = {}
        for link in markup.addresses:
            address = link.address or ""
            if address not in homes and _is_local(address, self.places):
                line = first_line + markup.line(link.at)
                homes[address] = self._home(address) or self._away(address, line)
        for address, home in homes.items():
            if home != address:
                body = _replace(body, address, home)
        return body

    def _home(self, address: str) -> str | None:
        """The address from here of what is imported; None when it is not."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        asset = self.places.find_asset(path)
        if asset is not None:
            return self.bring(asset)
        post = self.places.post(path)
        if post is None:
            return None
        way = posixpath.relpath(str(post), str(self.here.parent))
        return f"{way}#{parts.fragment}" if parts.fragment else way

    def _away(self, address: str, line: int) -> str:
        """The address on the old site, where that is known; either way somebody is told."""
        old_site = self.places.old_site
        if urlsplit(address).hostname in self.places.file_hosts:
            return address  # it is whole, and leads where it led
        if old_site is None:
            message = say("{address} was not imported, so the link leads nowhere", address=address)
            self.notes.warning(
                line, "old-address", message, say("name the old site, or mend the link")
            )
            return address
        away = address if address.startswith(old_site) else f"{old_site}/{address.lstrip('/')}"
        message = say(
            "{address} was not imported, so the link leads to {away}", address=address, away=away
        )
        self.notes.note(line, "old-address", message, say("see that the page stays there"))
        return away


def _is_local(address: str, places: Places) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if places.old_site and address.startswith(places.old_site):
        return True
    if parts.hostname in places.file_hosts:
        return True
    return not parts.scheme and not parts.netloc and bool(parts.path)


def _replace(body: str, address: str, home: str) -> str:
    written = re.compile(_BEFORE + re.escape(address) + _AFTER, re.MULTILINE)
    return written.sub(lambda match: match[1] + home, body)
