"""Strips metadata from picture files: place, camera, names, thumbnails."""

import re
import struct
from collections.abc import Callable, Iterator
from zlib import crc32

from newsroom.errors import ContentError
from newsroom.model.saying import say

_CUT_SHORT = "is cut short or damaged"
_ORIENTATION = 0x0112

# JPEG (ITU-T T.81, table B.1)
_SOI = b"\xff\xd8"
_EOI, _SOS, _FILL = 0xD9, 0xDA, 0xFF
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_OTHERS = {*range(0xE0, 0xF0), 0xFE}  # applications' own, and comments
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_JFIF_ALONE = 18  # bytes of that segment when it holds no thumbnail
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # neither a stuffed byte nor a restart

# PNG: what decides how the picture looks, animations included
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP"}
_PNG_KEPT |= {b"acTL", b"fcTL", b"fdAT"}

_GIF = (b"GIF87a", b"GIF89a")
_GIF_BLOCK, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B
_GIF_CONTROL, _GIF_APPLICATION = 0xF9, 0xFF
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")

_WEBP_KEPT = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"}
_WEBP_ICC, _WEBP_EXIF, _WEBP_XMP = 0x20, 0x08, 0x04  # flags in VP8X

Chunk = tuple[bytes, bytes]  # kind, content


def bare(content: bytes, media_type: str, *, colours: bool = False) -> bytes:
    """The same picture, pixel for pixel, with nothing else in the file than how it is turned.

    With `colours` its colour profile stays. Raises ContentError, saying what is wrong, when the
    file is cut short or damaged, or is of a kind that this cannot be done with.
    """
    strip = _STRIPPED.get(media_type)
    if strip is None:
        raise ContentError(
            say("is of a kind ({kind}) that cannot be freed of what it tells", kind=media_type)
        )
    try:
        return b"".join(strip(content, colours=colours))
    except (IndexError, ValueError, struct.error) as error:
        raise ContentError(say(_CUT_SHORT)) from error


def png_chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks of a PNG, checked against their sums. Raises ContentError when damaged."""
    if not content.startswith(_PNG):
        raise ContentError(say(_CUT_SHORT))
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">L4s", content, at)
        (checksum,) = struct.unpack_from(">L", content, at + 8 + size)
        if crc32(memoryview(content)[at + 4 : at + 8 + size]) != checksum:
            raise ContentError(say(_CUT_SHORT))
        yield kind, content[at + 8 : at + 8 + size]
        at += 12 + size


def webp_chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks of a WebP. Raises ContentError when damaged."""
    riff, size, form = struct.unpack_from("<4sL4s", content)
    end = 8 + size
    if riff != b"RIFF" or form != b"WEBP" or end > len(content) + 1:
        raise ContentError(say(_CUT_SHORT))
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sL", content, at)
        if at + 8 + length > len(content):
            raise ContentError(say(_CUT_SHORT))
        yield kind, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _jpeg(content: bytes, *, colours: bool) -> Iterator[bytes]:
    """The parts of a JPEG; what cameras put after its end is left behind too."""
    if not content.startswith(_SOI):
        raise ContentError(say(_CUT_SHORT))
    yield _SOI
    at = len(_SOI)
    while True:
        at = content.index(b"\xff", at)
        marker = content[at + 1]
        if marker == _EOI:
            break
        if marker == _FILL or marker in _STANDALONE:
            at += 1 if marker == _FILL else 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if marker == _SOS:  # its pixels follow, to the next segment
            following = _SCAN_END.search(content, end)
            end = following.start() if following else len(content)
        yield _jpeg_kept(marker, content[at:end], colours=colours)
        at = end
    yield bytes([_FILL, _EOI])


def _jpeg_kept(marker: int, segment: bytes, *, colours: bool) -> bytes:
    """What stays of one segment."""
    if marker not in _OTHERS or marker == _ADOBE:  # Adobe's says how the colours are written
        return segment
    if marker == _JFIF and len(segment) == _JFIF_ALONE:
        return segment
    if marker == _ICC and colours and segment[4:16] == b"ICC_PROFILE\0":
        return segment
    turned = _only_turn(segment[4:]) if segment[4:10] == b"Exif\0\0" else b""
    if not turned:
        return b""
    return struct.pack(">HH", 0xFF00 + _EXIF, 8 + len(turned)) + b"Exif\0\0" + turned


def _png(content: bytes, *, colours: bool) -> Iterator[bytes]:
    """The chunks of a PNG, how it is turned before its pixels."""
    kept = _PNG_KEPT | {b"iCCP"} if colours else _PNG_KEPT
    (first, header), *others = png_chunks(content)
    turned = [_only_turn(inside) for kind, inside in others if kind == b"eXIf"]
    yield _PNG + _png_chunk(first, header)
    yield from (_png_chunk(b"eXIf", exif) for exif in turned[:1] if exif)
    yield from (_png_chunk(kind, inside) for kind, inside in others if kind in kept)


def _png_chunk(kind: bytes, inside: bytes) -> bytes:
    checksum = struct.pack(">L", crc32(kind + inside))
    return struct.pack(">L", len(inside)) + kind + inside + checksum


def _gif(content: bytes, *, colours: bool) -> Iterator[bytes]:  # noqa: ARG001 (it has no profile)
    """The parts of a GIF: its pictures, their times, and how often they are shown."""
    if not content.startswith(_GIF):
        raise ContentError(say(_CUT_SHORT))
    at = 13 + _gif_colours(content[10])
    yield content[:at]
    while at < len(content) and content[at] != _GIF_END:
        start, sign = at, content[at]
        if sign == _GIF_IMAGE:
            at = _after_blocks(content, at + 11 + _gif_colours(content[at + 9]))
            yield content[start:at]
        elif sign == _GIF_BLOCK:
            kind, name = content[at + 1], content[at + 3 : at + 14]
            at = _after_blocks(content, at + 2)
            if kind == _GIF_CONTROL or (kind == _GIF_APPLICATION and name in _GIF_LOOPS):
                yield content[start:at]
        else:
            raise ContentError(say(_CUT_SHORT))
    yield bytes([_GIF_END])


def _gif_colours(flags: int) -> int:
    """How many bytes a table of colours takes, by what the flags before it say."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += 1 + content[at]
    return at + 1


def _webp(content: bytes, *, colours: bool) -> Iterator[bytes]:
    kept: list[Chunk] = []
    for kind, inside in webp_chunks(content):
        if kind == b"EXIF":
            turned = _only_turn(inside)
            kept += [(kind, turned)] if turned else []
        elif kind in _WEBP_KEPT | {b"VP8X"} or (colours and kind == b"ICCP"):
            kept.append((kind, inside))
    kinds = {kind for kind, _ in kept}
    parts = [
        _riff(kind, _webp_flags(inside, kinds) if kind == b"VP8X" else inside)
        for kind, inside in kept
    ]
    yield struct.pack("<4sL4s", b"RIFF", 4 + sum(map(len, parts)), b"WEBP")
    yield from parts


def _webp_flags(header: bytes, kinds: set[bytes]) -> bytes:
    """The extended header, which tells of what is still there only."""
    flags = header[0] & ~(_WEBP_ICC | _WEBP_EXIF | _WEBP_XMP)
    flags |= _WEBP_ICC if b"ICCP" in kinds else 0
    flags |= _WEBP_EXIF if b"EXIF" in kinds else 0
    return bytes([flags]) + header[1:]


def _riff(kind: bytes, inside: bytes) -> bytes:
    return kind + struct.pack("<L", len(inside)) + inside + b"\0" * (len(inside) % 2)


def _only_turn(exif: bytes) -> bytes:
    """An EXIF block that says how the picture is turned and no more; empty when it is upright."""
    turn = orientation(exif)
    if turn == 1:
        return b""
    return b"II*\0" + struct.pack("<LHHHLHHL", 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)


def orientation(exif: bytes) -> int:
    """How the camera was held, from 1 (upright) to 8, as a block of EXIF has it."""
    exif = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(exif[:2], "<")
    try:
        (at,) = struct.unpack_from(f"{order}L", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHLH", exif, entry)
            if tag == _ORIENTATION and 1 <= value <= 8:  # noqa: PLR2004
                return int(value)
    except struct.error:
        return 1
    return 1


_STRIPPED: dict[str, Callable[..., Iterator[bytes]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/gif": _gif,
    "image/webp": _webp,
}
