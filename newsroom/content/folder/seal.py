"""Checksums on cached bytes: a disk or a killed program may have spoiled them."""

from collections.abc import Iterable
from zlib import crc32

_SEAL = 4  # bytes
_WHOLE = 0x2144DF1C  # the CRC-32 of whatever ends in its own CRC-32


def sealed(content: bytes, length: int) -> bytes:
    """The same bytes made up to a length, with a seal at the end; marshal does not look there."""
    content = content.ljust(length - _SEAL, b"\0")
    return content + crc32(content).to_bytes(_SEAL, "little")


def fits(content: bytes, length: int) -> bool:
    """Whether so many bytes hold the content with its seal."""
    return len(content) + _SEAL <= length


def are_whole(contents: Iterable[bytes]) -> bool:
    """Whether all of these are as they were when they were sealed."""
    return set(map(crc32, contents)) <= {_WHOLE}
