"""The facts about a file: its digest, and of a picture its size and whether it is whole."""

import warnings
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from newsroom.errors import ContentError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.render.pictures.bare import bare, orientation, png_chunks
from newsroom.render.pictures.drawing import clean_drawing, drawing_size

_LARGEST = 50_000_000  # bytes
_MOST_PIXELS = 64_000_000  # what the largest of usual cameras take, in memory a few hundred MB
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_OPAQUE = {0, 2}  # colour types of PNG: grey and RGB
_FORMATS = {
    "image/avif": ("AVIF", ".avif"),
    "image/gif": ("GIF", ".gif"),
    "image/jpeg": ("JPEG", ".jpg"),
    "image/png": ("PNG", ".png"),
    "image/webp": ("WEBP", ".webp"),
}
_AGAIN = "save the file again, or put another in its place"
_NOT_FOR_BROWSERS = {".bmp", ".heic", ".heif", ".jfif", ".jp2", ".jxl", ".psd", ".tif", ".tiff"}
_PAGES = ".htm .html .mht .mhtml .shtml .xht .xhtml"
_DATA = ".atom .mathml .mml .rdf .rss .xml .xsl .xslt .xul"  # may hold a page, or be shown as one
_PROGRAMS = ".cjs .class .hta .htc .jar .js .mjs .svgz .swf .wasm"
_ON_SERVERS = ".asp .aspx .cgi .jsp .phar .php .phtml"  # of web hotels
# What browsers open as a part of the site, with all that its own pages may do, or servers start.
_RUNS = frozenset(f"{_PAGES} {_DATA} {_PROGRAMS} {_ON_SERVERS}".split())


class Facts(NamedTuple):
    """What was found out about a file, in values that every cache can hold."""

    digest: str  # SHA-256 of the bytes, hexadecimal
    size: int  # bytes that readers get: a picture's without what the camera wrote beside it
    width: int | None = None  # pixels, as a picture is shown
    height: int | None = None
    animated: bool = False
    opaque: bool = False


class UnusableError(Exception):
    """A file that cannot be put on the site: what is wrong with it, and what to do."""

    def __init__(self, fault: str, fix: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.fix = fix


def measure(path: Path, media_type: str) -> Facts:
    """The facts of a file.

    Raises UnusableError, saying what is wrong and what to do, for a picture that is damaged, cut
    short, too large, or another than its name says; and for what would run as a part of the site.
    """
    if path.suffix.lower() in _RUNS:
        fix = say("save it as PDF, or pack it in a ZIP file, and name that file")
        raise UnusableError(say("is of a kind that runs as a part of the site"), fix)
    if path.suffix.lower() in _NOT_FOR_BROWSERS:
        fix = say("save it as JPEG, or as PNG if it is a drawing, and name that file")
        raise UnusableError(say("is of a kind that browsers do not show"), fix)
    try:
        if not media_type.startswith("image/"):
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
                return Facts(digest, file.tell())
        if path.stat().st_size > _LARGEST:
            fault = say("is larger than {most} MB", most=_LARGEST // 1_000_000)
            raise UnusableError(fault, say("save it smaller: 3000 pixels wide is plenty"))
        return _picture(path.read_bytes(), media_type, path.name)
    except OSError as error:
        fault = say("cannot be read ({reason})", reason=why(error))
        raise UnusableError(fault, say(_AGAIN)) from error
    except ContentError as error:
        raise UnusableError(error.args[0], say(_AGAIN)) from error


def _picture(content: bytes, media_type: str, name: str) -> Facts:
    digest = sha256(content).hexdigest()
    if not content:
        raise ContentError(say("is empty"))
    if media_type == "image/svg+xml":
        return Facts(digest, len(clean_drawing(content)), *drawing_size(content))
    _check_kind(content, media_type, name)
    return _raster(digest, content, media_type)


def _check_kind(content: bytes, media_type: str, name: str) -> None:
    """Refuse what is too large to be decoded, and what bears the name of another kind."""
    kind, size = _kind_and_size(content)
    if size[0] * size[1] > _MOST_PIXELS:
        raise UnusableError(
            say(
                "has {width} × {height} pixels and may have {most} million",
                width=size[0],
                height=size[1],
                most=_MOST_PIXELS // 1_000_000,
            ),
            say("save it smaller: 3000 pixels wide is plenty"),
        )
    if _FORMATS[media_type][0] != kind:
        ending = next((end for known, end in _FORMATS.values() if known == kind), None)
        better = say("rename it {name}, and name that file", name=f"{Path(name).stem}{ending}")
        fix = better if ending else say("save it as JPEG, and name that file")
        raise UnusableError(say("is a picture of another kind ({kind})", kind=kind), fix)


def _kind_and_size(content: bytes) -> tuple[str, tuple[int, int]]:
    from PIL import Image, UnidentifiedImageError

    bomb = Image.DecompressionBombWarning  # we have a limit of our own
    try:
        with (
            warnings.catch_warnings(action="ignore", category=bomb),
            Image.open(BytesIO(content)) as picture,
        ):
            return str(picture.format).replace("MPO", "JPEG"), picture.size
    except UnidentifiedImageError as error:
        raise ContentError(say("is not the picture its name says")) from error
    except Image.DecompressionBombError as error:
        raise UnusableError(
            say("has far too many pixels"), say("save it smaller: 3000 pixels wide is plenty")
        ) from error
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for damaged headers
        raise ContentError(say("is a damaged picture")) from error


def _raster(digest: str, content: bytes, media_type: str) -> Facts:
    """The facts of a picture; what could be freed of its notes has been found whole by that."""
    from PIL import Image

    whole = content if media_type == "image/avif" else bare(content, media_type, colours=True)
    try:
        with Image.open(BytesIO(whole)) as picture:
            width, height = picture.size
            turn = orientation(picture.info.get("exif", b""))
            animated = bool(getattr(picture, "is_animated", False))
            if media_type == "image/avif":
                picture.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ContentError(say("is a damaged picture")) from error
    if animated and media_type == "image/avif":
        raise ContentError(say("is an animation in AVIF, which cannot be freed of what it tells"))
    if turn in _SIDEWAYS:
        width, height = height, width
    opaque = media_type == "image/png" and _is_opaque(whole)
    return Facts(digest, len(whole), width, height, animated, opaque)


def _is_opaque(png: bytes) -> bool:
    kinds = dict(png_chunks(png))
    return kinds[b"IHDR"][9] in _OPAQUE and b"tRNS" not in kinds
