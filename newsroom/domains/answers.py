"""Answers of the DNS, in which "there is none" and "nobody answered" are kept apart.

That a name is not there is knowledge, and so is that it has no such record. That a server failed
or nobody answered is not: whoever asked knows nothing, and no verdict may follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from newsroom.model.saying import Saying, say

TRY_LATER = say("try again later; if it goes on, ask whoever keeps the domain's name servers")


class DnsOutcome(StrEnum):
    """How a question to the DNS ended."""

    FOUND = "found"
    NO_RECORD = "no such record"  # the name is there, with other records (RFC 2308 section 2.2)
    NO_NAME = "no such name"  # NXDOMAIN (RFC 8020)
    FAILED = "server failed"  # SERVFAIL, REFUSED: a broken zone, a bad signature
    SILENT = "no answer"  # nobody answered in time, or there is nobody to ask


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """The records of one name and type; aliases (CNAME) have been followed.

    A TXT record is one text, its strings joined with nothing between them. An MX record is its
    preference and its host, in small letters and without the last dot: `10 mx.example.se`.
    """

    name: str
    outcome: DnsOutcome
    records: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether something follows from it."""
        return self.outcome not in {DnsOutcome.FAILED, DnsOutcome.SILENT}

    @property
    def is_void(self) -> bool:
        """Whether the DNS says that there is nothing (RFC 7208 section 4.6.4)."""
        return self.outcome in {DnsOutcome.NO_RECORD, DnsOutcome.NO_NAME}

    @property
    def why_unknown(self) -> Saying:
        """Why nothing follows from it."""
        if self.outcome is DnsOutcome.FAILED:
            return say("the name servers of {name} fail (SERVFAIL)", name=self.name)
        return say("the DNS does not answer about {name}", name=self.name)


Ask = Callable[[str, str], DnsAnswer]  # a name and a type: ("example.se", "TXT")


def is_there(ask: Ask, domain: str) -> bool | None:
    """Whether a domain is there as DMARC means it: it has an A, AAAA or MX record (RFC 9989).

    None where the DNS did not say.
    """
    answers = []
    for kind in ("A", "AAAA", "MX"):
        answers.append(ask(domain, kind))
        if answers[-1].outcome is DnsOutcome.FOUND:
            return True
    return False if all(answer.is_known for answer in answers) else None


def parent(domain: str) -> str:
    """The domain one label above."""
    return domain.partition(".")[2]
