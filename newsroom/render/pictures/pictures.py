"""Which widths of a picture the site has, and where each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from newsroom.model import Addresses, Asset

LARGE = 1440  # pixels: the column of text on a dense screen
SMALL = 720  # lists, telephones, mail
_NOT_WORTH_IT = 960  # up to this width a second, smaller one saves nobody much
_DRAWING = "image/svg+xml"
_PHOTO = 1.0  # bytes for each pixel: no drawing takes so many in a PNG

COLUMN = "(min-width: 43em) 40em, calc(100vw - 3em)"  # how wide a picture in a text is shown


@dataclass(frozen=True, slots=True)
class Variant:
    """One width of a picture."""

    address: str  # below the site's root, not quoted
    media_type: str
    width: int | None  # pixels; drawings may have none
    height: int | None


def variants(asset: Asset, addresses: Addresses) -> tuple[Variant, ...]:
    """The widths of a picture, the widest first; of drawings and GIFs there is one.

    None is wider than the picture itself.
    """
    width, height, kind = asset.width, asset.height, asset.media_type
    if kind == _DRAWING or not width or not height:
        return (Variant(addresses.asset(asset), kind, width, height),)
    name, _, ending = addresses.asset(asset).rpartition(".")
    if _is_photo(asset):
        kind, ending = "image/jpeg", "jpg"
    return tuple(
        Variant(f"{name}-{shown}.{ending}", kind, shown, round(height * shown / width) or 1)
        for shown in _widths(asset, width)
    )


def srcset(found: Iterable[Variant], base: str) -> str | None:
    """The widths as HTML writes them, with `base` before each address; None for a single one."""
    written = [f"{base}{quote(v.address)} {v.width}w" for v in found]
    return ", ".join(written) if len(written) > 1 else None


def _widths(asset: Asset, width: int) -> tuple[int, ...]:
    if asset.animated or asset.media_type == "image/gif":
        return (width,)
    largest = min(width, LARGE)
    return (largest, SMALL) if largest > _NOT_WORTH_IT else (largest,)


def _is_photo(asset: Asset) -> bool:
    """Whether a PNG is a photograph, which becomes a fifth as large as a JPEG."""
    pixels = (asset.width or 0) * (asset.height or 0)
    still = asset.media_type == "image/png" and asset.opaque and not asset.animated
    return still and asset.size > max(_PHOTO * pixels, 50_000)
