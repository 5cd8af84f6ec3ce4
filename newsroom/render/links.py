"""Where the addresses in a text lead: from what an editor writes to the site's own."""

import posixpath
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsroom.model import Addresses, Asset, Newsroom
from newsroom.render.markdown import ANCHOR, Target


class Links:
    """The addresses of everything in a newsroom, by the file it stands in."""

    def __init__(self, newsroom: Newsroom) -> None:
        addresses = Addresses(newsroom.site)
        self._pages: dict[str, str] = {}
        for piece in newsroom.pieces():
            self._pages[str(piece.source)] = addresses.piece(piece)
            if piece.source.name == "index.md":  # linked to by its folder too
                self._pages[str(piece.source.parent)] = addresses.piece(piece)
        self._assets = {str(asset.source): asset for asset in newsroom.assets}
        self._files = {
            name: Target(quote(addresses.asset(asset)), asset.width, asset.height)
            for name, asset in self._assets.items()
        }

    def asset(self, file: PurePosixPath) -> Asset | None:
        """What is known of a file, named from the newsroom's root; None when it is not there."""
        return self._assets.get(str(file))

    def file(self, file: PurePosixPath, base: str) -> Target | None:
        """Where a file is read, with `base` before its path; None when it is not there."""
        known = self._files.get(str(file))
        return known and Target(base + known.url, known.width, known.height)

    def resolver(self, source: PurePosixPath, base: str) -> Callable[[str], Target]:
        """What leads where from the file `source`, with `base` before paths on the site.

        A base with a host (`https://example.se/`) makes every address absolute, fragments too.
        """
        page = base + self._pages.get(str(source), "")
        absolute = bool(urlsplit(base).netloc)

        def resolve(address: str) -> Target:
            parts = _split(address)
            if parts is None:
                return Target(address)
            path, rest = parts
            if not path:  # a fragment, nothing at all, or another host over the same protocol
                return Target(urljoin(page, address) if absolute else address)
            beside = posixpath.normpath(posixpath.join(source.parent, path))
            if beside in self._pages:
                return Target(base + _with_rest(self._pages[beside], rest))
            if beside in self._files:
                known = self._files[beside]
                return Target(base + known.url + rest, known.width, known.height)
            return Target(_on_site(base, page, address))

        return resolve


def _split(address: str) -> tuple[str, str] | None:
    """An address as its path on the site and what follows it; None when it is absolute."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme:
        return None
    if parts.netloc:
        return "", ""
    return unquote(parts.path), address[len(parts.path) :]


def _on_site(base: str, page: str, address: str) -> str:
    """A path that names no file: from the root of the site, or beside the page it stands on."""
    return base + address[1:] if address.startswith("/") else urljoin(page, address)


def _with_rest(address: str, rest: str) -> str:
    """An address with the query and fragment that were asked for.

    A contact's address already ends in a fragment; ids in texts carry their prefix.
    """
    if "#" in address:
        return address
    before, sign, fragment = rest.partition("#")
    return f"{address}{before}{sign}{ANCHOR if fragment else ''}{fragment}"
