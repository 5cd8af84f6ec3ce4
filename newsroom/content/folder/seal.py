"""Bytes that tell whether they are whole: a disk, or a program killed halfway, may spoil them."""

from collections.abc import Iterable
from zlib import crc32

_WHOLE = 0x2144DF1C  # the CRC-32 of whatever ends in its own CRC-32


def sealed(content: bytes) -> bytes:
    """The same bytes with their seal behind them, where marshal and pickle do not look."""
    return content + crc32(content).to_bytes(4, "little")


def are_whole(contents: Iterable[bytes]) -> bool:
    """Whether all of these are as they were when they were sealed."""
    return set(map(crc32, contents)) <= {_WHOLE}
