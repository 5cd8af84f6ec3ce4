"""A year of the newsroom in numbers, for an annual report: nobody's name or address is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SentIssue:
    """An issue that was sent, and what became of its copies."""

    name: str
    sent: date
    frozen: int  # readers whom it was for
    accepted: int  # taken by their mail servers; nobody knows more
    refused: int
    excluded: int  # left before their turn came
    unknown: int
    bounced: int  # of those accepted


@dataclass(frozen=True, slots=True)
class Readers:
    """The list of subscribers over the year."""

    before: int  # at its beginning
    joined: int
    left: int  # by themselves, or erased
    kept_out: int  # since mail to them came back, or they called it unwanted
    after: int  # at its end, or now


@dataclass(frozen=True, slots=True)
class Members:
    """The organisations that belong to the network."""

    joined: int
    left: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearInReview:
    """One year; of the present one, what there has been of it."""

    year: int
    posts: tuple[int, ...]  # published, January first
    categories: Mapping[str, int]  # the same by category, the commonest first
    events: tuple[int, ...]  # that were to take place, January first
    cancelled: int  # of those
    publications: int
    issues: tuple[SentIssue, ...]  # the first one first
    readers: Readers
    returned: Mapping[str, int]  # mails that came back, by kind
    members: Members
    dead_links: int | None  # on the site now; None when nobody has looked
