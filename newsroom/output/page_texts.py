"""What pages say, as they lie on the disk: the part of each that is searched."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsroom.model.digest import digest_of

_OWN_PART = re.compile(rb"<([a-z]+)[^>]*\sdata-pagefind-body\b.*</\1>", re.DOTALL)


def appearance(out: Path, pages: Iterable[str]) -> str:
    """A digest of how the pages' files look from outside: when it is the same, so are the texts."""
    looks = [_size_and_time(f"{out}/{address}index.html") for address in pages]
    return digest_of(looks).hex()


def texts(out: Path, pages: Iterable[str], lang: str) -> dict[str, bytes]:
    """By their addresses, each page cut down to what its template marks as its own.

    That leaves menus and neighbours out, so that a text is the same when only those change. A page
    without the mark, or without a file, is not among them.
    """
    return dict(_texts(out, pages, lang))


def _texts(out: Path, pages: Iterable[str], lang: str) -> Iterator[tuple[str, bytes]]:
    for address in pages:
        try:
            page = (out / f"{address}index.html").read_bytes()
        except FileNotFoundError:
            continue
        if own := _OWN_PART.search(page):
            yield address, b'<!doctype html><html lang="%b"><body>%b' % (lang.encode(), own[0])


def _size_and_time(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 (thousands: a Path costs as much again)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
