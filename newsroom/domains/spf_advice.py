"""The SPF record to publish: one that really lets our mail leave, and nobody else's stay behind.

A domain has one record (RFC 7208 section 3.2), so whoever has one changes it; and no record takes
more than ten look-ups (section 4.6.4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom.domains.answers import Ask
from newsroom.domains.known_senders import KnownSender, keeper_of
from newsroom.domains.spf_record import VERSION, SpfRecord, parse_spf
from newsroom.domains.spf_walk import MOST_LOOKUPS, mail_hosts, walk_spf
from newsroom.domains.way_out import WayOut, addresses_of, spf_term
from newsroom.model.saying import Saying, joined, say

_SOFT, _HARD = "~all", "-all"
_TO_FILL_IN = "ip4:ADDRESS"
_FEW = 3  # terms that are told


@dataclass(frozen=True, slots=True)
class SpfAdvice:
    """What to do about a domain's record, and how it reads then; None where nobody here knows."""

    fix: Saying
    record: str | None = None


def new_record(ask: Ask, domain: str, way: WayOut) -> SpfAdvice:
    """The first record of a domain. It ends in ~all: who else sends as the domain is not known."""
    office = _office(ask, domain)
    if way.sender is not None:
        fix = say(
            "publish this TXT record of {domain}, with whoever else sends as {domain} added",
            domain=domain,
        )
        return SpfAdvice(fix, _record((*office, _include(way.sender))))
    if way.is_here:
        fix = say(
            "ask whoever runs this machine from which address its mail leaves, and publish this "
            "TXT record of {domain} with it, and with whoever else sends as {domain}",
            domain=domain,
        )
        return SpfAdvice(fix, _record((*office, _TO_FILL_IN)))
    if way.relay is None:
        return SpfAdvice(
            say("first name the way out, NEWSROOM_MAIL in .env; then the record is told here")
        )
    return _behind_a_relay(ask, domain, way.relay, office)


def _behind_a_relay(ask: Ask, domain: str, relay: str, office: tuple[str, ...]) -> SpfAdvice:
    """A relay may send from other addresses than the one that it is reached at."""
    term = spf_term(ask, relay)
    if term is None:
        fix = say(
            "ask whoever keeps {relay} what SPF must say for it, and publish it as a TXT record of "
            "{domain}",
            relay=relay,
            domain=domain,
        )
        return SpfAdvice(fix)
    fix = say(
        "ask whoever keeps {relay} whether it sends from other addresses than its own; if not, "
        "publish this TXT record of {domain}, with whoever else sends as {domain} added",
        relay=relay,
        domain=domain,
    )
    return SpfAdvice(fix, _record((*office, term)))


@dataclass(frozen=True, slots=True)
class SpfChange:
    """What is to be otherwise in a record."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    end: str | None = None

    def of(self, text: str) -> str:
        """A record with the change made; what is added stands before what ends it."""
        words = [word for word in _words(text) if word not in self.drop]
        at = next((n for n, word in enumerate(words) if _ends(word)), len(words))
        words[at:at] = self.add
        if self.end is not None:
            words = [*(word for word in words if not _is_all(word)), self.end]
        return " ".join((VERSION, *words))


def changed_record(ask: Ask, domain: str, text: str, change: SpfChange) -> SpfAdvice | None:
    """The record of a domain with a change made; None where that changes nothing."""
    changed = change.of(text)
    if _words(changed) == _words(text):
        return None
    number, dear = _price(ask, domain, changed)
    if change.add and number > MOST_LOOKUPS:
        fix = say(
            "put in {terms}; the record then takes {number} look-ups, and 10 are allowed, so first "
            "take out what no longer sends for you ({costs})",
            terms=" ".join(change.add),
            number=number,
            costs=dear,
        )
        return SpfAdvice(fix)
    return _in_place(domain, changed)


def one_record(ask: Ask, domain: str, texts: Sequence[str], way: WayOut) -> SpfAdvice:
    """Several records as the one that a domain may have. Raises SpfFaultError for unreadable ones.

    A redirect becomes an include: in a record with terms of its own nobody would follow it.
    """
    records = [parse_spf(text) for text in texts]
    terms = [word for record in records for word in _own_terms(record)]
    if way.sender is not None and not {f"include:{n}" for n in way.sender.includes} & {*terms}:
        terms.append(_include(way.sender))
    is_hard = all(_words(text)[-1:] == [_HARD] for text in texts)
    merged = _record(terms, _HARD if is_hard else _SOFT)
    number, dear = _price(ask, domain, merged)
    if number > MOST_LOOKUPS:
        fix = say(
            "make one record of them; all in one they take {number} look-ups, and 10 are allowed, "
            "so leave out what no longer sends for you ({costs})",
            number=number,
            costs=dear,
        )
        return SpfAdvice(fix)
    return _in_place(domain, merged)


def costs(ask: Ask, domain: str, record: SpfRecord) -> Saying:
    """The terms that take the most look-ups, with how many."""
    alone = ((walk_spf(ask, domain, SpfRecord((term,)))[0].lookups, term) for term in record.terms)
    dear = sorted(((number, term.text) for number, term in alone if number), reverse=True)
    if record.redirect:
        dear.append((1, f"redirect={record.redirect}"))
    told = (say("{term} takes {number}", term=term, number=number) for number, term in dear[:_FEW])
    return joined(", ", told)


def _price(ask: Ask, domain: str, text: str) -> tuple[int, Saying]:
    """How many look-ups a record takes, and which of its terms take the most."""
    record = parse_spf(text)
    return walk_spf(ask, domain, record)[0].lookups, costs(ask, domain, record)


def _in_place(domain: str, text: str) -> SpfAdvice:
    return SpfAdvice(say("let the only SPF record of {domain} (TXT) read", domain=domain), text)


def _office(ask: Ask, domain: str) -> tuple[str, ...]:
    """What lets those send who keep the domain's mailboxes, so that their mail still arrives."""
    hosts = tuple(mail_hosts(ask(domain, "MX")))
    keeper = keeper_of(hosts)
    if keeper is not None:
        return (_include(keeper),)
    return ("mx",) if any(addresses_of(ask, host) for host in hosts) else ()


def _include(sender: KnownSender) -> str:
    return f"include:{sender.includes[0]}"


def _words(text: str) -> list[str]:
    """The terms of a record as they are written, without its version."""
    return [word for word in text.split(" ")[1:] if word]


def _record(terms: Sequence[str], end: str = _SOFT) -> str:
    return " ".join((VERSION, *dict.fromkeys(terms), end))


def _own_terms(record: SpfRecord) -> Iterator[str]:
    """What a record lets through, its end left out."""
    yield from (term.text for term in record.terms if term.name != "all")
    if record.redirect and record.everybody is None:
        yield f"include:{record.redirect}"


def _ends(word: str) -> bool:
    """Whether nothing that stands behind a word is looked at."""
    return _is_all(word) or word.lower().startswith("redirect=")


def _is_all(word: str) -> bool:
    return word.lower().lstrip("+-~?") == "all"
