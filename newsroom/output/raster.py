"""Photographs and drawings in pixels, made as wide as they are shown and as small as they can be.

The same bytes in give the same bytes out with the same Pillow; another version of it may write
others, which is why its version is among what a picture is made from.
"""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsroom.errors import ContentError
from newsroom.model.saying import say
from newsroom.render.pictures.bare import bare, orientation, webp_chunks

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = {
    "image/avif": "AVIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}
_MEDIA_TYPES = {name: media_type for media_type, name in _FORMATS.items()}
# The first is used; the next ones when the picture comes out larger than it went in.
_QUALITIES = {
    "image/avif": (60, 50, 40, 25),
    "image/jpeg": (82, 70, 58, 46, 30, 15),
    "image/png": (0,),
    "image/webp": (80, 70, 58, 46, 30, 15),
}
_WORTH_IT = 0.8  # a picture is written anew at its own width only to become a fifth smaller
_SHOWN_AS_IT_IS = {"1", "L", "LA", "P", "RGB", "RGBA"}
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height


class _Style(NamedTuple):
    """How pixels are written."""

    media_type: str
    palette: bool = False  # a few colours, as the original had
    lossless: bool = False
    sharp: bool = False  # no coarser in colour than in light


def fitted(content: bytes, media_type: str, width: int, wanted: str) -> bytes:
    """The picture `width` pixels wide, upright, in the web's colours, as a file of type `wanted`.

    At its own width the file is no larger than the original is without its notes. Raises
    ContentError, saying what is wrong, when it cannot be decoded.
    """
    from PIL import Image

    stripped = content if media_type == "image/avif" else bare(content, media_type, colours=True)
    try:
        with Image.open(BytesIO(stripped), formats=[_FORMATS[media_type]]) as picture:
            own = width == _own_width(picture)
            as_it_is = own and wanted == media_type and _is_plain(picture)
            style = _style(picture, stripped, wanted)
            if as_it_is and style.palette:  # nothing is smaller, and other colours may be worse
                return bare(content, media_type)
            made = _write(_pixels(picture, width), style, len(stripped) if own else None)
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise ContentError(say("cannot be decoded ({reason})", reason=str(error))) from error
    if as_it_is and len(made) > _WORTH_IT * len(stripped):
        return bare(content, media_type)
    return made


def _own_width(picture: "Image") -> int:
    return picture.height if _turn(picture) in _SIDEWAYS else picture.width


def _turn(picture: "Image") -> int:
    return orientation(picture.info.get("exif", b""))


def _is_plain(picture: "Image") -> bool:
    """Whether every browser shows the file as it is the same way."""
    upright, plain = _turn(picture) == 1, picture.mode in _SHOWN_AS_IT_IS
    return upright and plain and picture.format != "AVIF" and not _profile(picture)


def _profile(picture: "Image") -> bytes | None:
    """The colour profile, where it says anything else than what browsers take for granted."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return None
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):  # damaged: browsers take no notice of it either
        return None
    return None if name.startswith("sRGB") else bytes(profile)


def _pixels(picture: "Image", width: int) -> "Image":
    """The pixels as they are shown, `width` wide: decoded small, turned and coloured last."""
    from PIL.Image import Resampling

    turn, profile = _turn(picture), _profile(picture)
    box = _box(picture.size, width, sideways=turn in _SIDEWAYS)
    picture.draft("", box)  # a JPEG is decoded at half its size, or a quarter, where that will do
    pixels = _in_eight_bits(picture)
    if pixels.size != box:
        pixels = pixels.resize(box, Resampling.LANCZOS, reducing_gap=2.0)
    pixels = _upright(_in_web_colours(pixels, profile), turn)
    pixels.info.clear()
    return pixels


def _box(size: tuple[int, int], width: int, *, sideways: bool) -> tuple[int, int]:
    """How large the picture is made, as it lies in the file."""
    across, down = size[::-1] if sideways else size
    height = max(1, round(down * width / across))
    return (height, width) if sideways else (width, height)


def _in_eight_bits(picture: "Image") -> "Image":
    """The pixels in a mode that can be resized, with nothing lost but the finest shades."""
    mode, see_through = picture.mode, "transparency" in picture.info
    if mode.startswith("I;16"):
        return picture.convert("I").point(lambda light: light / 256).convert("L")
    if mode in {"P", "PA", "LA"} or see_through:
        return picture.convert("RGBA" if see_through or mode != "P" else "RGB")
    return picture.convert("L") if mode == "1" else picture


def _in_web_colours(pixels: "Image", profile: bytes | None) -> "Image":
    """The pixels in sRGB, which needs no profile to say so."""
    wanted = pixels.mode if pixels.mode in {"L", "RGBA"} else "RGB"
    if profile is None:
        return pixels.convert(wanted)
    from PIL import ImageCms

    web, between = ImageCms.createProfile("sRGB"), "RGBA" if wanted == "RGBA" else "RGB"
    try:
        shown = ImageCms.profileToProfile(pixels, BytesIO(profile), web, outputMode=between)
    except (ImageCms.PyCMSError, OSError):  # a profile for other pixels than these
        shown = pixels
    return (shown or pixels).convert(wanted)


def _upright(pixels: "Image", turn: int) -> "Image":
    from PIL.Image import Transpose

    turned = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return pixels.transpose(turned[turn]) if turn in turned else pixels


def _style(picture: "Image", content: bytes, wanted: str) -> _Style:
    webp = webp_chunks(content) if picture.format == "WEBP" else ()
    lossless = any(kind == b"VP8L" for kind, _ in webp)
    sharp = wanted != _MEDIA_TYPES[str(picture.format)]
    return _Style(wanted, palette=picture.mode == "P", lossless=lossless, sharp=sharp)


def _write(pixels: "Image", style: _Style, most: int | None) -> bytes:
    """The picture as a file, no larger than `most` bytes where a lower quality makes it so."""
    made = b""
    for quality in _QUALITIES[style.media_type]:
        made = _file(pixels, style, quality)
        if most is None or len(made) <= most:
            break
    return made


def _file(pixels: "Image", style: _Style, quality: int) -> bytes:
    file = BytesIO()
    match style.media_type:
        case "image/jpeg":
            sampling = 0 if style.sharp else 2
            options = {"progressive": True, "optimize": True, "subsampling": sampling}
            still = pixels if pixels.mode == "L" else pixels.convert("RGB")
            still.save(file, "JPEG", quality=quality, **options)
        case "image/webp":
            pixels.save(file, "WEBP", quality=quality, method=4, lossless=style.lossless)
        case "image/avif":
            pixels.save(file, "AVIF", quality=quality, speed=8, max_threads=1)
        case _:
            _fewest_colours(pixels, style).save(file, "PNG", compress_level=7)
    return file.getvalue()


def _fewest_colours(pixels: "Image", style: _Style) -> "Image":
    """The same without transparency where nothing is seen through, and with a palette as before."""
    from PIL.Image import Dither, Quantize

    if pixels.mode == "RGBA" and pixels.getchannel("A").getextrema() == (255, 255):
        pixels = pixels.convert("RGB")
    if not style.palette:
        return pixels
    method = Quantize.FASTOCTREE if pixels.mode == "RGBA" else Quantize.MEDIANCUT
    return pixels.quantize(256, method=method, dither=Dither.NONE)
