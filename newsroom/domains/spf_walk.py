"""How an SPF record is evaluated for a stranger's address: every question that it may ask.

The limits of RFC 7208 section 4.6.4 hold for a whole evaluation, with everything that is included.
How far one comes hangs on who asks, so what counts is the longest way, on which nothing matches.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from newsroom.domains.answers import Ask, DnsAnswer, DnsOutcome
from newsroom.domains.spf_record import (
    SpfFaultError,
    SpfRecord,
    Term,
    is_spf,
    looks_like_spf,
    parse_spf,
)
from newsroom.model.saying import Saying, say

MOST_LOOKUPS = 10
MOST_VOID = 2
_MOST_HOSTS = 10  # of one `mx` (section 4.6.4)
_GIVE_UP = 40  # questions: a record that asks so many needs no exact number
_WIDE4, _WIDE6 = 8, 16  # bits: a network so large holds strangers


class Reach(StrEnum):
    """Whom a record lets through at its end."""

    NOBODY = "-all"
    SUSPECT = "~all"
    UNSAID = "?all"
    EVERYBODY = "+all"
    MISSING = ""  # it ends without `all`, which says as little as ?all


@dataclass(slots=True)
class SpfWalk:
    """What came to light on the way."""

    lookups: int = 0
    void: list[str] = field(default_factory=list)  # names that gave nothing
    included: list[str] = field(default_factory=list)  # domains whose records were read
    faults: list[Saying] = field(default_factory=list)  # what ends an evaluation (permerror)
    doubts: list[Saying] = field(default_factory=list)  # what works, and should not be there
    unknown: list[DnsAnswer] = field(default_factory=list)  # what the DNS did not say
    open_to_all: list[str] = field(default_factory=list)  # what lets anybody through


def spf_records(answer: DnsAnswer) -> tuple[str, ...]:
    """The SPF records among the TXT records of a name."""
    return tuple(text for text in answer.records if is_spf(text))


def near_misses(answer: DnsAnswer) -> tuple[str, ...]:
    """The TXT records that were meant as SPF, and that nobody takes for it."""
    return tuple(text for text in answer.records if looks_like_spf(text))


def walk_spf(ask: Ask, domain: str, record: SpfRecord) -> tuple[SpfWalk, Reach]:
    """Evaluate a record of a domain as far as it goes, and say how it ends."""
    walk = SpfWalk(included=[domain])
    return walk, _Evaluation(ask, walk).follow(domain, record, (domain,))


@dataclass(frozen=True, slots=True)
class _Evaluation:
    ask: Ask
    walk: SpfWalk

    def follow(self, domain: str, record: SpfRecord, way: tuple[str, ...]) -> Reach:
        """Look at each term up to `all`, then at the redirect where there is no `all`."""
        for term in record.terms:
            if term.name == "all":
                return Reach(f"{term.qualifier}all")
            if self.walk.lookups > _GIVE_UP:
                return Reach.MISSING
            self._look_at(term, domain, way)
        if record.redirect is None:
            return Reach.MISSING
        self.walk.lookups += 1
        return self._read(record.redirect, way, f"redirect={record.redirect}")

    def _look_at(self, term: Term, domain: str, way: tuple[str, ...]) -> None:
        target = term.domain or domain
        match term.name:
            case "ip4" | "ip6":
                self._weigh_network(term)
                return
            case "include":
                self.walk.lookups += 1
                reach = self._read(target, way, term.text)
                if reach is Reach.EVERYBODY and term.qualifier == "+":
                    self.walk.open_to_all.append(term.text)
                return
            case "ptr":
                self.walk.doubts.append(say('"{term}" should not be used', term=term.text))
        if term.is_endless and term.qualifier == "+":
            self.walk.open_to_all.append(term.text)
        self.walk.lookups += 1
        if "%" in target or term.name == "ptr":
            return  # which name is asked hangs on who sends
        hosts = self._mail_hosts(target, term) if term.name == "mx" else (target,)
        for host in hosts:
            self._look_up_addresses(host, only_ip4=term.name == "exists")

    def _read(self, domain: str, way: tuple[str, ...], term: str) -> Reach:
        """The record of another domain, and how that ends."""
        if "%" in domain:
            return Reach.MISSING  # whose record is read hangs on who sends
        if domain in way:
            circle = " → ".join((*way[way.index(domain) :], domain))
            self.walk.faults.append(say("it includes itself: {circle}", circle=circle))
            return Reach.MISSING
        record = self._record_of(domain, term)
        if record is None:
            return Reach.MISSING
        self.walk.included.append(domain)
        return self.follow(domain, record, (*way, domain))

    def _record_of(self, domain: str, term: str) -> SpfRecord | None:
        """The one record of a domain; why there is none is noted."""
        answer = self.ask(domain, "TXT")
        self._note(answer)
        if not answer.is_known:
            return None
        found = spf_records(answer)
        if not found:
            self.walk.faults.append(say('"{term}" leads to no SPF record', term=term))
            return None
        if len(found) > 1:
            self.walk.faults.append(
                say('"{term}" leads to {number} SPF records', term=term, number=len(found))
            )
            return None
        try:
            return parse_spf(found[0])
        except SpfFaultError as error:
            self.walk.faults.append(
                say("{fault} (in the record of {domain})", fault=error.sentence, domain=domain)
            )
            return None

    def _mail_hosts(self, domain: str, term: Term) -> tuple[str, ...]:
        answer = self.ask(domain, "MX")
        self._note(answer)
        hosts = tuple(mail_hosts(answer))
        if len(hosts) > _MOST_HOSTS:
            self.walk.faults.append(
                say(
                    '"{term}" names {number} hosts, and 10 are allowed',
                    term=term.text,
                    number=len(hosts),
                )
            )
        return hosts[:_MOST_HOSTS]

    def _look_up_addresses(self, host: str, *, only_ip4: bool) -> None:
        """Whether a host has an address; `exists` asks for A always (section 5.7)."""
        answer = self.ask(host, "A")
        if answer.is_void and not only_ip4:
            answer = self.ask(host, "AAAA")
        self._note(answer)

    def _note(self, answer: DnsAnswer) -> None:
        if not answer.is_known:
            self.walk.unknown.append(answer)
        elif answer.is_void:
            self.walk.void.append(answer.name)

    def _weigh_network(self, term: Term) -> None:
        if term.network is None or term.qualifier != "+":
            return
        if term.network.prefixlen == 0:
            self.walk.open_to_all.append(term.text)
        elif term.network.prefixlen < (_WIDE4 if term.name == "ip4" else _WIDE6):
            self.walk.doubts.append(
                say('"{term}" lets through a large part of the internet', term=term.text)
            )


def mail_hosts(answer: DnsAnswer) -> Iterator[str]:
    """The hosts of MX records, but for the dot that says no mail is taken (RFC 7505)."""
    if answer.outcome is not DnsOutcome.FOUND:
        return
    for record in answer.records:
        host = record.partition(" ")[2]
        if host not in {"", "."}:
            yield host
