"""A link to another site: what the last request for it gave, and what is known of it since."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_DAYS_TO_BE_SURE = 2  # one day's answer may be a slip of theirs
_SILENT_FOR = timedelta(days=21)  # a fault of theirs that stays this long is worth a person's look


class Lead(StrEnum):
    """Where a link leads, by the last answer to it."""

    GOOD = "good"
    MOVED = "moved"  # it is there, and its site says that it has another address for good
    GONE = "gone"  # "not found", "gone", or a name that does not exist
    DISTRUSTED = "distrusted"  # readers are warned of its certificate
    SILENT = "silent"  # no answer, or a fault of the server: it may pass
    CLOSED = "closed"  # not told to programs, whether it is there or not (403, 429, 999)
    PRIVATE = "private"  # it leads into somebody's own network, and is never asked for


class LinkState(StrEnum):
    """What a person has to know of a link."""

    WELL = "well"
    MOVED = "moved"
    DOUBTED = "doubted"  # gone, at one look so far
    DEAD = "dead"  # gone on two days, or more
    SILENT = "silent"  # for weeks
    PRIVATE = "private"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What asking for a link once gave."""

    lead: Lead
    why: str  # a saying, for whoever mends it; "" when all is well
    moved_to: str | None = None  # its address for good
    host_is_down: bool = False  # nothing else of that host would have answered
    host_wants_rest: bool = False  # it told programs to ask less

    @property
    def shows_a_net(self) -> bool:
        """Whether it proves that our own network works: a host that is silent or down does not."""
        silent = self.host_is_down or self.lead in {Lead.SILENT, Lead.PRIVATE}
        return not silent

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should open it: a site may refuse a program what it shows to people."""
        return self.lead not in {Lead.GOOD, Lead.MOVED, Lead.CLOSED}


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link on record."""

    url: str
    first_seen: datetime  # aware, as all times here
    asked: datetime | None = None  # the last time
    lead: Lead | None = None
    why: str = ""  # a saying
    moved_to: str | None = None
    last_good: datetime | None = None
    bad_since: datetime | None = None  # the first of the looks in a row at which it was not there
    bad_days: int = 0  # on how many days it was found gone, in a row
    told: datetime | None = None  # when the coordinator heard that it is dead

    def state(self, now: datetime) -> LinkState:
        """What a person has to know of it now."""
        match self.lead:
            case Lead.GONE | Lead.DISTRUSTED:
                return LinkState.DEAD if self.bad_days >= _DAYS_TO_BE_SURE else LinkState.DOUBTED
            case Lead.SILENT if self.bad_since and now - self.bad_since >= _SILENT_FOR:
                return LinkState.SILENT
            case Lead.GOOD:
                return LinkState.WELL
            case Lead.MOVED:
                return LinkState.MOVED
            case Lead.PRIVATE:
                return LinkState.PRIVATE
        return LinkState.UNKNOWN
