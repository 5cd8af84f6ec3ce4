"""How a long feed is cut into documents that stay as they are (RFC 5005, section 4).

A feed is cut by month, and a month into parts of fifteen entries counted from its oldest. So a part
that is full never gets another entry, and only the newest part of all grows. The document that
people subscribe to holds the newest parts that together are no more than site.yaml allows, and
each older part is a document of its own.

Parts are counted, not weighed: where each entry stands is then known without opening it, and a
correction that makes a text longer moves no other. One new entry makes at most one part leave the
subscription document. Then that part gets its document, and the document before it a link to it;
no other changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

PART = 15  # entries


@dataclass(frozen=True, slots=True)
class Part:
    """Some entries of one month that stand in a feed together."""

    month: int  # 202604
    number: int  # 1 for the oldest of the month
    first: int  # its newest entry, counted from the newest of the feed
    end: int  # the entry after its oldest

    @property
    def name(self) -> str:
        """What its document is called: 2026-04, 2026-04-2."""
        name = f"{self.month // 100:04}-{self.month % 100:02}"
        return name if self.number == 1 else f"{name}-{self.number}"


def parts(months: Sequence[int]) -> tuple[Part, ...]:
    """The parts of a feed, newest first, from the month of each entry in the order of the feed."""
    found: list[Part] = []
    first = 0
    for month, group in groupby(months):
        oldest = first + len(list(group))
        for number in range(ceil((oldest - first) / PART), 0, -1):
            end = oldest - (number - 1) * PART
            found.append(Part(month, number, max(first, end - PART), end))
        first = oldest
    return tuple(found)


def subscribed(cut: Sequence[Part], limit: int) -> int:
    """How many of the newest parts the subscription document holds: one at least."""
    for number, part in enumerate(cut):
        if number and part.end > limit:
            return number
    return len(cut)
