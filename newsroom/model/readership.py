"""The figures of the subscriber list: how many, since when, and what each issue reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from newsroom.model.delivery import Counts
from newsroom.model.subscriber import SubscriberState


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the list."""

    first: date
    joined: int
    left: int  # by themselves, or erased
    kept_out: int  # since mail to them came back, or they called it unwanted
    active: int  # at its end


@dataclass(frozen=True, slots=True)
class Readership:
    """The list and the issues at one moment."""

    states: Mapping[SubscriberState, int]
    languages: Mapping[str, int]  # of those who get the newsletter
    months: tuple[Month, ...]  # from the first with a reader to the present one
    issues: tuple[Counts, ...]  # those that were frozen, the first one first
    entries: int  # in the log of consents
    broken: int | None  # the first entry of it that is not as it was written
