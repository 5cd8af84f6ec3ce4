"""The DNS tree walk (RFC 9989 section 4.10): whose policy holds for a domain, and whose it is.

It took the place of the Public Suffix List: what an organisation is, is what the DNS says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.domains.answers import Ask, DnsAnswer, parent
from newsroom.domains.dmarc_record import DmarcRecord, is_dmarc, parse_dmarc

_MOST_LABELS = 7  # of the second name that is asked, so that no walk takes more than 8 questions


@dataclass(frozen=True, slots=True)
class WalkStop:
    """One question of a walk."""

    domain: str
    answer: DnsAnswer
    records: tuple[str, ...]  # those that begin as DMARC records must

    @property
    def record(self) -> DmarcRecord | None:
        """The record that counts there: two at one name are both passed over."""
        return parse_dmarc(self.records[0]) if len(self.records) == 1 else None


@dataclass(frozen=True, slots=True)
class TreeWalk:
    """A walk from a domain upward."""

    start: str
    stops: tuple[WalkStop, ...]

    @property
    def unknown(self) -> DnsAnswer | None:
        """The first question that the DNS did not answer, so that whose the start is, is open.

        A top-level domain is left out: were it a public suffix that says so, the one below it would
        be the organisation all the same.
        """
        return next(
            (stop.answer for stop in self.stops if not stop.answer.is_known and "." in stop.domain),
            None,
        )

    @property
    def organisation(self) -> str:
        """The organisational domain (section 4.10.2)."""
        found = [(stop.domain, stop.record) for stop in self.stops if stop.record]
        for domain, record in found:
            if record.psd == "n":
                return domain
            if record.psd == "y" and domain != self.start:
                return _one_below(domain, self.start)
        return found[-1][0] if found else self.start

    @property
    def policy_at(self) -> WalkStop | None:
        """Where the policy for the start stands (section 4.10.1).

        At the domain itself, else at its organisation, else at the public suffix above that.
        """
        by_domain = {stop.domain: stop for stop in self.stops if stop.record}
        for domain in (self.start, self.organisation):
            if domain in by_domain:
                return by_domain[domain]
        suffixes = (stop for stop in by_domain.values() if stop.record and stop.record.psd == "y")
        return next(suffixes, None)


def walk_up(ask: Ask, start: str) -> TreeWalk:
    """Walk from a domain up to the root, or until a record says `psd=y` or `psd=n`."""
    stops = []
    for domain in _names(start):
        answer = ask(f"_dmarc.{domain}", "TXT")
        records = tuple(text for text in answer.records if is_dmarc(text))
        stops.append(WalkStop(domain, answer, records))
        record = stops[-1].record
        if record is not None and record.psd != "u":
            break
    return TreeWalk(start, tuple(stops))


def _names(start: str) -> Iterator[str]:
    """The names that are asked, the longest first: eight at most."""
    yield start
    labels = start.split(".")[1:][-_MOST_LABELS:]
    while labels:
        yield ".".join(labels)
        labels = labels[1:]


def _one_below(suffix: str, start: str) -> str:
    """The domain one label below a suffix, on the way to the start."""
    domain = start
    while parent(domain) != suffix:
        domain = parent(domain)
    return domain
