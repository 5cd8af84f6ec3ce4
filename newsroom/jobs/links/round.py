"""A round of links: what asking takes, and how far it goes."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.outside.links.walk import Asks


@dataclass(frozen=True, slots=True)
class LinkOffice:
    """What asking for links takes."""

    engine: Engine
    clock: Callable[[], datetime]  # the same on every machine
    zone: ZoneInfo
    lang: str  # that memos are written in
    who: str  # this process, as others are told of it
    visitor: Callable[[], AbstractAsyncContextManager[Asks]]
    witnesses: tuple[str, ...] = ()  # links of newsroom's own, to be asked when no host answers


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
