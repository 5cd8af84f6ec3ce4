"""Whether a piece is public: the one rule that all pages, feeds and mails go by."""

from datetime import datetime
from enum import StrEnum
from math import inf
from typing import NamedTuple


class Standing(StrEnum):
    """Where a piece stands with its readers."""

    DRAFT = "draft"  # somebody is still writing it
    WITHDRAWN = "withdrawn"  # taken back, for good
    WAITING = "waiting"  # its time has not come
    EXPIRED = "expired"  # its time is over
    PUBLIC = "public"

    @property
    def has_readers(self) -> bool:
        """Whether readers see it now, or will when its time comes, if nobody does a thing."""
        return self in {Standing.PUBLIC, Standing.WAITING}


class Span(NamedTuple):
    """From when a piece is for its readers, and until when; None where it sets no such time."""

    since: datetime | None = None  # aware
    until: datetime | None = None

    def seconds(self) -> tuple[float, float]:
        """Both as POSIX seconds, which compare as instants; times of one zone would not."""
        since, until = self
        return since.timestamp() if since else -inf, until.timestamp() if until else inf


def standing(*, draft: bool, withdrawn: bool, since: float, until: float, now: float) -> Standing:
    """Where a piece stands at `now`; all times are POSIX seconds, and `until` is no longer in it.

    A draft is that whatever else it says, and what was taken back has no time to come.
    """
    if draft:
        return Standing.DRAFT
    if withdrawn:
        return Standing.WITHDRAWN
    if now < since:
        return Standing.WAITING
    if until <= now:
        return Standing.EXPIRED
    return Standing.PUBLIC
