"""Where the addresses in a text lead: from what an editor writes to the site's own."""

import posixpath
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsroom.model import Addresses, Newsroom
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
        self._files = {
            str(asset.source): Target(quote(addresses.asset(asset)), asset.width, asset.height)
            for asset in newsroom.assets
        }

    def resolver(self, source: PurePosixPath, base: str) -> Callable[[str], Target]:
        """What leads where from the file `source`, with `base` before paths on the site.

        A base with a host (`https://example.se/`) makes every address absolute, fragments too.
        """
        page = base + self._pages.get(str(source), "")
        absolute = bool(urlsplit(base).netloc)

        def resolve(address: str) -> Target:
            parts = _split(address)
            if parts is None or not address:
                return Target(address)
            path, rest = parts
            if not path:
                return Target(urljoin(page, address) if absolute else address)
            beside = posixpath.normpath(posixpath.join(source.parent, path))
            if beside in self._pages:
                return Target(base + _with_rest(self._pages[beside], rest))
            if beside in self._files:
                file = self._files[beside]
                return Target(base + file.url + rest, file.width, file.height)
            return Target(_on_site(base, page, address))

        return resolve


def _split(address: str) -> tuple[str, str] | None:
    """An address as its path and what follows it; None when it leads away from the site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
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
