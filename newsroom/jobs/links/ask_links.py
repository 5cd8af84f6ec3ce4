"""Ask for the links of a newsroom: a whole round, or those that were gone at one look so far.

One process at a time is at it. What came of each link is kept every few answers, so that a round
which breaks off is gone on with; what is dead is told to the coordinator once, when it ends.
"""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.database import links, reading, transaction
from newsroom.database.link_rounds import (
    RoundEnd,
    leave_round,
    renew_round,
    take_round,
    who_is_at_it,
)
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.links.dead_memo import leave_dead_memo
from newsroom.jobs.links.gather import LinkPlace
from newsroom.model.link import Lead, LinkAnswer
from newsroom.model.saying import say
from newsroom.outside.links.walk import Asks, host_of, walk

_TOGETHER = 20  # answers that are written at a time: what a killed process loses at most
_OUR_FAULT = 3  # silent hosts, when none has answered
_ENOUGH = 20  # of them to wait for


@dataclass(frozen=True, slots=True)
class LinkOffice:
    """What asking for links takes."""

    engine: Engine
    clock: Callable[[], datetime]  # the same on every machine
    zone: ZoneInfo
    lang: str  # that memos are written in
    who: str  # this process, as others are told of it
    visitor: Callable[[], AbstractAsyncContextManager[Asks]]


@dataclass(frozen=True, slots=True)
class RoundScope:
    """How a round is gone: what of it, and until when."""

    doubted_by: datetime | None = None  # those that were gone at one look by then, and no others
    limit: int | None = None
    not_since: datetime | None = None  # leave out what somebody asked for after this
    is_over: Callable[[], bool] = lambda: False
    progress: Callable[[int, int], object] = lambda _done, _of: None

    @property
    def is_second_look(self) -> bool:
        """Whether the round of before is left as it is."""
        return self.doubted_by is not None


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What came of it."""

    asked: int
    left: int  # of those that were to be asked; the next time goes on with them
    told: int  # dead links that the coordinator hears of now


def ask_links(
    office: LinkOffice,
    places: Mapping[str, tuple[LinkPlace, ...]],
    scope: RoundScope = RoundScope(),
) -> RoundOutcome:
    """Ask for the links that stand at these places.

    Raises StateError while another process is at it, and OutsideError when no host answers at all:
    then it is our own network that is down, and nothing is held against anybody.
    """
    mine = f"{office.who}:{secrets.token_hex(4)}"
    held = take_round(office.engine, mine, office.clock(), anew=not scope.is_second_look)
    if held is None:
        raise _others_are_at_it(office)
    end = RoundEnd.LEFT_AS_IT_IS
    try:
        urls = _to_ask(office, places, scope, held.begun)
        record = _Record(office, mine, scope, len(urls[: scope.limit]))
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


async def _ask(office: LinkOffice, urls: tuple[str, ...], record: "_Record") -> None:
    async with office.visitor() as visitor:
        try:
            await walk(visitor, urls, record.hear, record.is_over)
        finally:
            record.write()
    if record.net_is_down:
        raise OutsideError(
            say("no host of any link answers; is this machine on the network? Nothing was written")
        )


class _Record:
    """Answers as they come, kept a few at a time."""

    def __init__(self, office: LinkOffice, mine: str, scope: RoundScope, number: int) -> None:
        self._office = office
        self._mine = mine
        self._scope = scope
        self._number = number
        self._waiting: list[tuple[str, LinkAnswer, datetime]] = []
        self._silent: set[str] = set()  # hosts, until the first one answers
        self._has_answered = False
        self._was_taken = False  # another process holds the round by now
        self.heard = 0

    @property
    def net_is_down(self) -> bool:
        """Whether so many hosts are silent, and none has answered, that the fault must be ours."""
        return not self._has_answered and len(self._silent) >= _OUR_FAULT

    @property
    def was_cut_short(self) -> bool:
        """Whether links are left because nobody was to ask for more."""
        return self.is_over() or self._scope.limit is not None

    def is_over(self) -> bool:
        """Whether nothing more is to be asked."""
        return self._was_taken or self._scope.is_over() or len(self._silent) >= _ENOUGH

    def hear(self, url: str, answer: LinkAnswer) -> None:
        """Take an answer down."""
        self.heard += 1
        if answer.shows_a_net:
            self._has_answered = True
            self._silent.clear()
        elif answer.lead is not Lead.PRIVATE and not self._has_answered:
            self._silent.add(host_of(url))
        self._waiting.append((url, answer, self._office.clock()))
        if self._has_answered and len(self._waiting) >= _TOGETHER:
            self.write()
        self._scope.progress(self.heard, self._number)

    def write(self) -> None:
        """Keep what was taken down, unless it is our own network that was silent."""
        if self.net_is_down:
            return
        with transaction(self._office.engine) as connection:
            now = self._office.clock()
            self._was_taken = not renew_round(connection, self._mine, now)
            if not self._was_taken:
                for url, answer, at in self._waiting:
                    links.keep_answer(connection, url, answer, at, self._office.zone)
        self._waiting.clear()


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
