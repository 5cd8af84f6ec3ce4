"""What this machine published earlier (events, addresses, ids), and the advice that follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from newsroom.content.folder import Reading
    from newsroom.jobs.advice.lost_addresses import Lost
    from newsroom.jobs.advice.unsaid_changes import UnsaidChange
    from newsroom.jobs.writing.mend import Mended
    from newsroom.model import Card, Newsroom, Problem
    from newsroom.wiring.desk import Desk


def unsaid_changes(desk: Desk, newsroom: Newsroom) -> tuple[UnsaidChange, ...]:
    """The changes of published events that their files do not tell of."""
    from newsroom.jobs.advice import unsaid_changes as job
    from newsroom.output.announced import recall

    published = recall(events_announced(desk), newsroom.site.timezone)
    return job.unsaid_changes(newsroom, published, desk.clock())


def lost_addresses(desk: Desk, newsroom: Newsroom, unusable: tuple[Card, ...] = ()) -> Lost:
    """What was published and is no longer where it was."""
    from newsroom.jobs.advice import lost_addresses as job

    memory, root = addresses_published(desk), desk.settings.root
    return job.lost_addresses(newsroom, memory, desk.clock(), root, unusable)


def problems_since_published(desk: Desk, reading: Reading) -> tuple[Problem, ...]:
    """What is to be said of both, which only who knows what was published can tell."""
    from newsroom.jobs.advice import address_advice, first_address
    from newsroom.jobs.advice.unsaid_changes import problems_of

    newsroom, root = reading.newsroom, desk.settings.root
    if newsroom is None:
        return ()
    unsaid = unsaid_changes(desk, newsroom)
    before = first_address.lost_first_address(newsroom.site, first_address_kept(desk))
    return (
        *([first_address.problem_of(before, newsroom.site)] if before else ()),
        *(problem for change in unsaid for problem in problems_of(change, root)),
        *address_advice.problems_of(lost_addresses(desk, newsroom, reading.unusable), root),
    )


def mend(desk: Desk) -> tuple[Mended, ...]:
    """Mend what needs no judgement, and what follows from what was published."""
    from newsroom.jobs.advice.first_address import lost_first_address
    from newsroom.jobs.writing import mend as job

    root = desk.settings.root
    of_schedule = tuple(job.recode(root, desk.schedule_problems()))
    of_content = job.mend(
        root,
        desk.read,
        first_address=lambda site: lost_first_address(site, first_address_kept(desk)),
        unsaid=partial(unsaid_changes, desk),
        moved=lambda newsroom: lost_addresses(desk, newsroom).moved,
    )
    return (*of_content, *of_schedule)


def events_announced(desk: Desk) -> Path:
    """The file that remembers what this machine has published of each event."""
    return desk.settings.var / "builds" / "events.json"


def addresses_published(desk: Desk) -> Path:
    """The file that remembers where this machine has published each piece."""
    return desk.settings.var / "builds" / "published.json"


def first_address_kept(desk: Desk) -> Path:
    """The file that remembers the address this machine has made ids from."""
    return desk.settings.var / "builds" / "first-address"
