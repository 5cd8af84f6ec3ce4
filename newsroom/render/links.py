"""Where the addresses in a text lead: from what an editor writes to the site's own."""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsroom.model import Addresses, Asset, Newsroom
from newsroom.model.filing import homes
from newsroom.render.markdown import ANCHOR, Rendered, Target


class Links:
    """The addresses of everything in a newsroom, by the file it stands in."""

    def __init__(self, newsroom: Newsroom) -> None:
        addresses = Addresses(newsroom.site)
        self._pages = dict(homes(newsroom))
        for source, address in tuple(self._pages.items()):
            if source.endswith("/index.md"):  # linked to by its folder too
                self._pages[source.removesuffix("/index.md")] = address
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
        return known and replace(known, url=base + known.url)

    def lead(self, path: str) -> Target | None:
        """What a file of the folder is to readers, below the site's root: a page, or a file."""
        page = self._pages.get(path)
        return Target(page) if page is not None else self._files.get(path)

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
            meant = _beside(source, path)
            if meant in self._pages:
                return Target(base + _with_rest(self._pages[meant], rest))
            if meant in self._files:
                known = self._files[meant]
                return replace(known, url=base + known.url + rest)
            return Target(_on_site(base, page, address))

        return resolve


def leads(source: PurePosixPath, texts: Iterable[Rendered]) -> tuple[str, ...]:
    """The files of the folder that the addresses in some texts of `source` may mean, in order."""
    split = (_split(address) for text in texts for address in text.addresses)
    return tuple(sorted({_beside(source, parts[0]) for parts in split if parts and parts[0]}))


def _beside(source: PurePosixPath, path: str) -> str:
    """The file that a path in the file `source` means."""
    return posixpath.normpath(posixpath.join(source.parent, path))


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
