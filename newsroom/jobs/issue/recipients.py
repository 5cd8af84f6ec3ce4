"""For whom an issue is, as far as can be told before it is frozen."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from newsroom.delivery.ledger.audience import readers_of
from newsroom.model import Audience, Issue, Problem, Severity
from newsroom.model.saying import say

_SHOWN = 12  # domains that are named; the rest are summed up


@dataclass(frozen=True, slots=True)
class Recipients:
    """How many would get an issue now, by where their mail goes and by their language."""

    total: int
    domains: tuple[tuple[str, int], ...]  # the largest first
    other_domains: int  # how many more domains there are,
    at_other_domains: int  # and how many readers at them
    languages: tuple[tuple[str, int], ...]  # that their letters are in, the largest first


def nobody(issue: Issue) -> Problem:
    """That nobody would get an issue, which forbids sending it."""
    message = say("the list is empty: nobody would get it")
    fix = say("add readers: newsroom subscribers add, or wait until somebody has signed up")
    return Problem(issue.source, None, Severity.ERROR, "no-readers", message, fix)


def recipients_of(
    connection: Connection, audience: Audience, languages: tuple[str, ...], default: str
) -> Recipients:
    """Count the active readers whom an issue is for; no address leaves this function."""
    domains, spoken = Counter[str](), Counter[str]()
    for reader in readers_of(connection, audience):
        domains[reader.email.rpartition("@")[2]] += 1
        spoken[reader.letter(languages, default)] += 1
    ordered = sorted(domains.items(), key=lambda each: (-each[1], each[0]))
    return Recipients(
        total=domains.total(),
        domains=tuple(ordered[:_SHOWN]),
        other_domains=len(ordered[_SHOWN:]),
        at_other_domains=sum(number for _, number in ordered[_SHOWN:]),
        languages=tuple(sorted(spoken.items(), key=lambda each: (-each[1], each[0]))),
    )
