"""Ask for the links of a newsroom: a whole round, or those that were gone at one look so far.

One process at a time is at it. What came of each link is kept every few answers, so that a round
which breaks off is gone on with; what is dead is told to the coordinator once, when it ends.
"""

import asyncio
import secrets
from collections.abc import Collection, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from newsroom.database import links, reading, transaction
from newsroom.database.link_rounds import (
    APART,
    RoundEnd,
    leave_round,
    take_round,
    who_is_at_it,
)
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.links.dead_memo import leave_dead_memo
from newsroom.jobs.links.gather import LinkPlace
from newsroom.jobs.links.round import LinkOffice, RoundScope
from newsroom.jobs.links.round_record import RoundRecord
from newsroom.model.saying import say
from newsroom.outside.links.walk import walk

_WITNESSES = 3  # links


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What came of it."""

    asked: int
    left: int  # of those that were to be asked; the next time goes on with them
    told: int  # dead links that the coordinator hears of now


def ask_links(
    office: LinkOffice,
    places: Mapping[str, tuple[LinkPlace, ...]],
    scope: RoundScope,
) -> RoundOutcome:
    """Ask for the links that stand at these places.

    Raises StateError while another process is at it, and OutsideError when no host answers at all:
    then it is our own network that is down, and nothing is held against anybody.
    """
    mine = f"{office.who}{APART}{secrets.token_hex(4)}"
    held = take_round(office.engine, mine, office.clock(), anew=not scope.is_second_look)
    if held is None:
        raise _others_are_at_it(office)
    end = RoundEnd.LEFT_AS_IT_IS
    try:
        urls = _to_ask(office, places, scope, held.begun)
        record = RoundRecord(office, mine, scope, len(urls[: scope.limit]))
        _run(_ask(office, urls[: scope.limit], record))
        left = len(urls) - record.heard
        end = _end(scope, is_cut_short=bool(left and record.was_cut_short))
    finally:
        with transaction(office.engine) as connection:
            leave_round(connection, mine, office.clock(), end)
    return RoundOutcome(record.heard, left, _tell(office, places))


def _end(scope: RoundScope, *, is_cut_short: bool) -> RoundEnd:
    if is_cut_short:
        return RoundEnd.CUT_SHORT
    return RoundEnd.LEFT_AS_IT_IS if scope.is_second_look else RoundEnd.FINISHED


def _run(asking: Coroutine[None, None, None]) -> None:
    """Ask until it is done; what goes wrong with one of the visitors is raised as it is."""
    try:
        asyncio.run(asking)
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from group


def _others_are_at_it(office: LinkOffice) -> StateError:
    with reading(office.engine) as connection:
        who = who_is_at_it(connection)
    return StateError(say("the links are being asked for already, by {who}", who=who or "-"))


def _to_ask(
    office: LinkOffice, places: Iterable[str], scope: RoundScope, begun: datetime
) -> tuple[str, ...]:
    """Those of the round that are still to be asked, after its links were written down."""
    if scope.doubted_by is not None:
        with reading(office.engine) as connection:
            return links.doubted_links(connection, scope.doubted_by)
    with transaction(office.engine) as connection:
        links.note_seen(connection, places, begun)
        return links.to_ask(connection, begun, scope.not_since or begun)


async def _ask(office: LinkOffice, urls: tuple[str, ...], record: RoundRecord) -> None:
    async with office.visitor() as visitor:
        try:
            await walk(visitor, urls, record.hear, record.is_over)
            if record.net_is_down:
                await walk(visitor, _witnesses(office, urls), record.hear_witness)
        finally:
            record.write()
    if record.net_is_down:
        raise OutsideError(
            say("no host of any link answers; is this machine on the network? Nothing was written")
        )


def _witnesses(office: LinkOffice, urls: Collection[str]) -> tuple[str, ...]:
    """A few others that should answer, if anybody can be reached at all."""
    with reading(office.engine) as connection:
        well = links.well_links(connection, _WITNESSES + len(urls))
    others = (url for url in (*well, *office.witnesses) if url not in urls)
    return tuple(islice(others, _WITNESSES))


def _tell(office: LinkOffice, places: Mapping[str, tuple[LinkPlace, ...]]) -> int:
    """Have the coordinator told of what is dead and was not told before."""
    now = office.clock()
    with transaction(office.engine) as connection:
        dead = links.dead_links(connection, now)
        new = [link for link in dead if link.told is None and link.url in places]
        if new:
            leave_dead_memo(connection, new, places, office.zone, office.lang, now)
            links.mark_told(connection, (link.url for link in new), now)
    return len(new)
