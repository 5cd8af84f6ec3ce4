"""Build, unless the site of the last build still stands."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from newsroom.output.build_receipt import BuildOrder, still_stands
from newsroom.output.tally import Tally


def build_if_needed(order: BuildOrder | None, build: Callable[[], Tally], now: datetime) -> Tally:
    """What a build at `now` tells; where one by the same order stands, what that one told.

    Without an order nobody knows what the site would go by, so it is built.
    """
    if order is not None:
        with suppress(OSError, sqlite3.Error):  # the build will say what is in the way
            told = still_stands(order.receipt, order.seen, now)
            if told is not None:
                return told
    return build()
