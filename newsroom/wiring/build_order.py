"""The inputs of a build as one digest: the same texts, program and options, the same site."""

from __future__ import annotations

import os
import sys
import zoneinfo
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from newsroom.program import PACKAGE, release

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.output.build_receipt import BuildOrder
    from newsroom.wiring.desk import Desk


def order_of(desk: Desk, options: BuildOptions, stamps: Callable[[], int]) -> BuildOrder | None:
    """All that a build goes by, but for the time, and where it may leave a receipt.

    None when something was written so lately that the next write might look the same, or when
    something cannot be looked at, which the build will tell of.
    """
    from newsroom.output.build_receipt import BuildOrder
    from newsroom.output.sight import sight

    if desk.is_adjusted:  # by what no receipt could tell
        return None
    root = desk.settings.root
    libraries = [_changed(place) for place in (*sys.path, *zoneinfo.TZPATH)]
    with suppress(OSError):
        texts = sight([root / "posts"], stamps)
        made_with = (root / "templates", *desk.template_folders, PACKAGE)
        program = sight(made_with, stamps, through_links=True)
        if texts is not None and program is not None:
            by = repr((texts, program, release(), libraries, root, options))
            receipt = desk.settings.var / "builds" / "site.receipt"
            return BuildOrder(sha256(by.encode()).digest(), receipt)
    return None


def _changed(place: str) -> int | None:
    """When something was last put into a folder or taken out of it."""
    try:
        return os.stat(place).st_mtime_ns  # noqa: PTH116 (some are no folders, or not there)
    except OSError:
        return None
