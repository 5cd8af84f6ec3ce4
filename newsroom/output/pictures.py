"""The pictures of the site: each made once, kept while it is shown, forgotten when it is not."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath

from newsroom.errors import ContentError, StateError
from newsroom.model import Addresses, Asset
from newsroom.model.address import RECIPE
from newsroom.model.saying import joined, say
from newsroom.render.page import Page
from newsroom.render.pictures.pictures import Variant, variants
from newsroom.whole_file import write

_DRAWING = "image/svg+xml"
_DIGEST = sha256().digest_size


def picture_pages(
    shown: Iterable[Asset],
    offered: Iterable[Asset],
    addresses: Addresses,
    find: Callable[[PurePosixPath], Path],
    cache: Path,
) -> tuple[Page, ...]:
    """The files of all pictures among some assets, each once.

    Those that pages show come in the widths of the web, those that readers are offered to save as
    large as they are. `find` says where a source is; in the folder `cache` the made ones are kept,
    so that a site built from nothing need not make them again.
    """
    from PIL import __version__ as pillow

    darkroom = _Darkroom(find, cache, f"{RECIPE} {pillow}")
    found: dict[str, Page] = {}
    for asset in shown:
        if is_picture(asset):
            for variant in variants(asset, addresses):
                found[variant.address] = darkroom.page(asset, variant)
    for asset in offered:
        if is_picture(asset):
            uncut = Variant(addresses.asset(asset), asset.media_type, None, None)
            found[uncut.address] = darkroom.page(asset, uncut)
    return tuple(found.values())


def is_picture(asset: Asset) -> bool:
    """Whether the file is a picture, which is never put on the site as it came."""
    return asset.media_type.startswith("image/")


def sweep(cache: Path, pages: Iterable[Page]) -> None:
    """Take out of the cache what none of these pages is, a portrait that was erased among it."""
    wanted = {page.digest for page in pages}
    with suppress(FileNotFoundError), os.scandir(cache) as entries:
        for entry in entries:
            if entry.name not in wanted:
                Path(entry.path).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Darkroom:
    """Where pictures are made, and how."""

    find: Callable[[PurePosixPath], Path]
    cache: Path
    recipe: str  # ours, and the version of the library that goes by it

    def page(self, asset: Asset, variant: Variant) -> Page:
        """One file. What it is made from is told by a digest, since there are thousands."""
        told = f"{asset.digest} {variant.media_type} {variant.width} {self.recipe}"
        inputs = blake2b(told.encode(), digest_size=16).digest()
        return Page(variant.address, inputs, partial(self._make, asset, variant, inputs))

    def _make(self, asset: Asset, variant: Variant, inputs: bytes) -> bytes:
        """The file's bytes; those that take time come from the cache when they are there."""
        kept, width = self.cache / inputs.hex(), variant.width
        try:
            if not width or asset.animated or asset.media_type in {_DRAWING, "image/gif"}:
                return _freed(self._content(asset), asset)
            known = _find(kept)
            if known is not None:
                return known
            from newsroom.output.raster import fitted  # heavy, and pictures seldom change

            made = fitted(self._content(asset), asset.media_type, width, variant.media_type)
        except ContentError as error:
            again = say("save it again, or put another in its place")
            raise ContentError(
                joined("", (f"{asset.source} ", error.sentence, "; ", again))
            ) from error
        _keep(kept, made)
        return made

    def _content(self, asset: Asset) -> bytes:
        """The bytes of the source; the address is for those that were read, and for no others."""
        content = self.find(asset.source).read_bytes()
        if sha256(content).hexdigest() != asset.digest:
            raise StateError(
                say(
                    "{source} was changed while the site was built; build again",
                    source=asset.source,
                )
            )
        return content


def _freed(content: bytes, asset: Asset) -> bytes:
    """The picture as large as it came, without notes and without what could run."""
    from newsroom.output.raster import fitted
    from newsroom.render.pictures.bare import bare
    from newsroom.render.pictures.drawing import clean_drawing

    if asset.media_type == _DRAWING:
        return clean_drawing(content)
    if asset.media_type == "image/avif":
        return fitted(content, asset.media_type, asset.width or 1, asset.media_type)
    return bare(content, asset.media_type, colours=True)


def _find(kept: Path) -> bytes | None:
    """What the cache has, if it is whole."""
    try:
        found = kept.read_bytes()
    except OSError:
        return None
    digest, content = found[:_DIGEST], found[_DIGEST:]
    return content if sha256(content).digest() == digest else None


def _keep(kept: Path, content: bytes) -> None:
    """Put it in the cache in one step; a disk that refuses costs no more than making it again."""
    with suppress(OSError):
        write(kept, sha256(content).digest() + content, lasting=False)
