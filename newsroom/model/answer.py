"""What came back of one request over HTTP, or how far it got."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """An answer of somebody's interface that arrived whole."""

    status: int
    headers: Mapping[str, str]  # by name in small letters
    body: bytes  # its beginning, when it is long

    @property
    def is_good(self) -> bool:
        """Whether it says yes (RFC 9110 section 15.3)."""
        return 200 <= self.status < 300  # noqa: PLR2004

    @property
    def wait(self) -> timedelta | None:
        """How long we are asked to stay away: seconds, or a date (RFC 9110 section 10.2.3)."""
        asked = self.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit():
            return timedelta(seconds=min(int(asked), _LONGEST_WAIT))
        try:
            then, sent = parsedate_to_datetime(asked), self.sent
            return max(then - sent, timedelta(0)) if sent else None
        except (TypeError, ValueError):
            return None

    @property
    def sent(self) -> datetime | None:
        """When it was sent by the server's own clock (RFC 9110 section 6.6.1)."""
        try:
            return parsedate_to_datetime(self.headers["date"])
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A request that was not answered."""

    reason: str
    may_have_arrived: bool  # it had begun to leave: nobody knows what became of it
    untrusted: bool = False  # whoever was there could not show that it was them


_LONGEST_WAIT = 7 * 24 * 3600  # seconds; what asks for more asks for a person
