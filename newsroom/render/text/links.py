"""Where the addresses in a text lead: from what an editor writes to the site's own."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsroom.model import Addresses, Asset, Newsroom
from newsroom.model.filing import all_cards, without_page
from newsroom.model.unicode_form import composed
from newsroom.render.pictures.pictures import COLUMN, srcset, variants
from newsroom.render.text.rendered import ANCHOR, NOWHERE, Rendered, Target
from newsroom.render.words import Words


class Links:
    """The addresses of everything in a newsroom, by the file it stands in, as they are at `now`.

    What has no page then is not linked to: of such a link only the words are shown.
    """

    def __init__(self, newsroom: Newsroom, now: datetime) -> None:
        self._addresses = Addresses(newsroom.site)
        cards = all_cards(newsroom)
        self._pages = {card.source: card.address for card in cards}
        self._langs = {card.source: card.lang for card in cards}
        for source, address in tuple(self._pages.items()):
            if source.endswith("/index.md"):  # linked to by its folder too
                self._pages[source.removesuffix("/index.md")] = address
        self._hidden = frozenset(_spellings(without_page(newsroom, now)))
        self._assets = {str(asset.source): asset for asset in newsroom.assets}
        self._language = newsroom.site.language

    def asset(self, file: PurePosixPath) -> Asset | None:
        """What is known of a file, named from the newsroom's root; None when it is not there."""
        return self._assets.get(str(file))

    def file(self, file: PurePosixPath, base: str, *, narrow: bool = False) -> Target | None:
        """Where a file is read, with `base` before its path; None when it is not there.

        Of a picture it is the widest variant, or the narrowest where it is shown small.
        """
        asset = self._assets.get(str(file))
        return self._target(asset, base, narrow=narrow) if asset else None

    def offered(self, file: PurePosixPath, base: str) -> str | None:
        """Where a file is saved from, as it is; None when it is not there."""
        asset = self._assets.get(str(file))
        return base + quote(self._addresses.asset(asset)) if asset else None

    def lead(self, path: str) -> Target | None:
        """What a file of the folder is to readers, below the site's root: a page, or a file."""
        if path in self._hidden:
            return NOWHERE
        page = self._pages.get(path)
        if page is not None:
            return Target(page)
        return self._target(self._assets[path], "") if path in self._assets else None

    def _target(
        self, asset: Asset, base: str, lang: str | None = None, *, narrow: bool = False
    ) -> Target:
        if not asset.media_type.startswith("image/"):
            size = Words(lang or self._language).size(asset.size)
            return Target(base + quote(self._addresses.asset(asset)), size=size)
        widths = variants(asset, self._addresses)
        shown = widths[-1 if narrow else 0]
        others = None if narrow or _is_elsewhere(base) else srcset(widths, base)
        url = base + quote(shown.address)
        return Target(url, shown.width, shown.height, others, COLUMN if others else None)

    def resolver(
        self, source: PurePosixPath, base: str, *, narrow: bool = False
    ) -> Callable[[str], Target]:
        """What leads where from the file `source`, with `base` before paths on the site.

        A base with a host (`https://example.se/`) makes every address absolute, fragments too, and
        pictures have one width there: `narrow` says that it is the least.
        """
        page = base + self._pages.get(str(source), "")

        def resolve(address: str) -> Target:
            parts = _split(address)
            if parts is None:
                return Target(address)
            path, rest = parts
            if not path:  # a fragment, nothing at all, or another host over the same protocol
                return Target(urljoin(page, address) if _is_elsewhere(base) else address)
            meant = _beside(source, path)
            if meant in self._hidden:
                return NOWHERE
            if meant in self._pages:
                return Target(base + _with_rest(self._pages[meant], rest))
            if meant in self._assets:
                lang = self._langs.get(str(source))
                known = self._target(self._assets[meant], base, lang, narrow=narrow)
                return replace(known, url=known.url + rest)
            if meant.endswith(".md"):  # there is none, or it has errors
                return NOWHERE
            return Target(_on_site(base, page, address))

        return resolve


def _spellings(hidden: Iterable[tuple[str, str]]) -> Iterator[str]:
    """How links name what has no page: by its file, by its folder, or by its address."""
    for source, address in hidden:
        yield source
        if source.endswith("/index.md"):
            yield source.removesuffix("/index.md")
        if "#" not in address:
            yield f"/{address.rstrip('/')}"


def _is_elsewhere(base: str) -> bool:
    """Whether what is written will be read on other hosts: in feeds and mails."""
    return bool(urlsplit(base).netloc)


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
    return composed(unquote(parts.path)), address[len(parts.path) :]


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
