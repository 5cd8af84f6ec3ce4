"""What came back of one request over HTTP, or how far it got."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """An answer of a provider's or a channel's HTTP interface that arrived whole."""

    status: int
    headers: Mapping[str, str]  # by name in small letters
    body: bytes  # its beginning, when it is long

    @property
    def is_good(self) -> bool:
        """Whether it says yes (RFC 9110 section 15.3)."""
        return 200 <= self.status < 300  # noqa: PLR2004

    @property
    def wait(self) -> timedelta | None:
        """How long we are asked to stay away, a week at most (RFC 9110 section 10.2.3).

        The header has seconds or a date, which is reckoned from the server's own clock.
        """
        asked = self.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit():
            return min(timedelta(seconds=int(asked[:_DIGITS])), _LONGEST_WAIT)
        try:
            then, sent = parsedate_to_datetime(asked), self.sent
            return min(max(then - sent, timedelta(0)), _LONGEST_WAIT) if sent else None
        except (TypeError, ValueError):
            return None

    @property
    def sent(self) -> datetime | None:
        """When it was sent by the server's own clock (RFC 9110 section 6.6.1)."""
        try:
            return parsedate_to_datetime(self.headers["date"])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def json(self) -> object:
        """What its body holds as JSON; None where it holds something else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):  # no JSON; lists in lists without an end
            return None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A request that was not answered."""

    reason: str
    may_have_arrived: bool  # it had begun to leave: nobody knows what became of it
    untrusted: bool = False  # the server's certificate could not be trusted


_LONGEST_WAIT = timedelta(days=7)  # a server that asks for more than this needs a person
_DIGITS = 9  # of seconds: thirty years, and no overflow
