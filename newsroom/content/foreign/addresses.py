"""The addresses in a foreign text, led to where the same things are here."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from newsroom.content.foreign.liquid import old_address
from newsroom.content.front.notes import Notes
from newsroom.content.lint.markup import Markup
from newsroom.model.saying import say

_TEXT_SUFFIXES = {".md", ".markdown", ".html"}
_BEFORE = r"(\]\(\s*<?|\]:[ \t]*<?|\b(?:src|href)=[\"'])"
_AFTER = r"(?=[\s)>\"']|$)"

LineOf = Callable[[str, int], int | None]
"""The line of an address in its source, given the one it stands on in the text, from 0."""


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

    def lead_home(self, body: str, line_of: LineOf) -> str:
        """The text with each local address led to a file beside it, a post here or the old site."""
        markup = Markup(body)
        pictures = {picture.at for picture in markup.pictures}
        homes: dict[str, str] = {}
        for link in markup.addresses:
            address = link.address or ""
            if address in homes or not _is_local(address, self.places):
                continue
            home = self._home(address)
            if home is None:
                is_picture = link.at in pictures or body[link.at :].startswith("<img")
                home = self._away(address)
                self._tell(address, home, line_of(address, markup.line(link.at)), is_picture)
            homes[address] = home
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
        post = self.places.post(path) or self.places.posts.get(address_on_site(address))
        if post is None:
            return None
        way = posixpath.relpath(str(post), str(self.here.parent))
        return f"{way}#{parts.fragment}" if parts.fragment else way

    def _away(self, address: str) -> str:
        """The address on the old site, where that is known."""
        old_site = self.places.old_site
        if old_site is None or urlsplit(address).netloc:
            return address
        return f"{old_site}/{address.lstrip('/')}"

    def _tell(self, address: str, away: str, line: int | None, is_picture: bool) -> None:  # noqa: FBT001
        """Somebody is told of what does not come along, whatever becomes of it."""
        if is_picture:
            message = say(
                "the picture {address} is not among the assets, so it is not shown", address=address
            )
            fix = say("give the folder it is in, or put it beside {file}", file=self.here)
            self.notes.warning(line, "missing-file", message, fix)
        elif urlsplit(away).netloc:
            message = say(
                "{address} was not imported, so the link leads to {away}",
                address=address,
                away=away,
            )
            if away == address:
                message = say("{address} was not imported; the link leads there", address=address)
            fix = say("see that it stays there, or mend the link in {file}", file=self.here)
            self.notes.note(line, "old-address", message, fix)
        else:
            message = say("{address} was not imported, so the link leads nowhere", address=address)
            fix = say("name the old site, or mend the link in {file}", file=self.here)
            self.notes.warning(line, "old-address", message, fix)


def address_on_site(address: str) -> str:
    """What an address is known by on its own site: its path, else its query, as in `?p=12`."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    return path if path or not parts.query else f"?{parts.query}"


def _is_local(address: str, places: Places) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return bool(parts.path)
    if parts.scheme not in {"http", "https", ""}:
        return False
    return parts.hostname in places.file_hosts or _is_on(parts, places.old_site)


def _is_on(parts: SplitResult, site: str | None) -> bool:
    """Whether an address is on a site, with `www.` or without, over http or https."""
    if site is None:
        return False
    old = urlsplit(site)
    if _bare(parts.hostname) != _bare(old.hostname) or parts.port != old.port:
        return False
    home = old.path.rstrip("/")
    return parts.path == home or parts.path.startswith(f"{home}/")


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _replace(body: str, address: str, home: str) -> str:
    written = re.compile(_BEFORE + re.escape(address) + _AFTER, re.MULTILINE)
    return written.sub(lambda match: match[1] + home, body)
