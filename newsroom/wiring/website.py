"""Building and publishing the site with the real parts."""

from __future__ import annotations

import time
from functools import cache, partial
from typing import TYPE_CHECKING

from newsroom.wiring.build_order import order_of
from newsroom.wiring.restored import require_confirmed
from newsroom.wiring.workshop import make_workshop_ready, workshop

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.jobs.site.preview import Press
    from newsroom.jobs.site.publish import Published
    from newsroom.output.tally import Tally
    from newsroom.wiring.desk import Desk


def build(desk: Desk, options: BuildOptions, stamps: Callable[[], int] = time.time_ns) -> Tally:
    """Make the site as it should be now; at once when it is, and nothing has happened since.

    `stamps` gives the nanoseconds of the time that files are stamped with.
    """
    from newsroom.jobs.site.build_if_needed import build_if_needed

    order, now = order_of(desk, options, stamps), desk.clock()

    def build_now() -> Tally:
        reading = desk.read(partial(make_workshop_ready, desk))
        from newsroom.jobs.site import build as job  # its modules were taken in meanwhile

        return job.build(reading, partial(workshop, desk, options, now, order), now, options)

    return build_if_needed(order, build_now, now)


def press(desk: Desk, options: BuildOptions) -> Press:
    """Makes the site again and again with the same parts: for a process that stays."""
    from newsroom.jobs.site.preview import Press

    shop = cache(partial(workshop, desk, options, desk.clock(), None))
    return Press(desk.read, shop, desk.clock, options)


def publish(desk: Desk, *, by_hand: bool = False) -> Published:
    """Build, deploy, announce; what was deployed before is deployed again when a person asks.

    Raises UnconfirmedError where that reaches out of a newsroom that was just brought back.
    """
    from newsroom.jobs.site import publish as job
    from newsroom.jobs.site.build_options import BuildOptions
    from newsroom.wiring import announcing
    from newsroom.wiring.site_folder import bring, leaves_folder

    if desk.site.announce or leaves_folder(desk):
        require_confirmed(desk)
    return job.publish(
        build=lambda: build(desk, BuildOptions(hold=True)),
        deploy=partial(bring, desk, again=by_hand),
        announce=partial(announcing.announce, desk),
    )
