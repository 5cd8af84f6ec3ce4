"""Whether replies and bounces can arrive: who takes mail for a domain (RFC 5321 section 5.1)."""

from collections.abc import Iterator

from newsroom.domains.answers import TRY_LATER, Ask, DnsAnswer, DnsOutcome, parent
from newsroom.model.checkup import CheckVerdict, Remark, fine, unchecked, warning
from newsroom.model.saying import Saying, say

_FEW = 3  # hosts that are told
_NOWHERE = {"", "."}  # the host of a null MX (RFC 7505)


def judge_exchangers(
    ask: Ask, domain: str, purpose: str, missing: CheckVerdict
) -> tuple[Remark, ...]:
    """What is to be said of a domain that mail is to come to.

    `purpose` says what comes there; `missing` is how bad it is when nothing can.
    """
    answer = ask(domain, "MX")
    if not answer.is_known:
        return (_unknown(answer),)
    if answer.outcome is not DnsOutcome.FOUND:
        return (_without(ask, domain, purpose, missing),)
    hosts = _hosts(answer)
    if _NOWHERE & {*hosts}:
        none = say(
            "{domain} takes no mail (null MX), and {purpose} go there",
            domain=domain,
            purpose=purpose,
        )
        fix = say("write an address that can be answered in posts/site.yaml")
        return (Remark(missing, none, fix),)
    return (_reached(ask, domain, hosts, missing),)


def _reached(ask: Ask, domain: str, hosts: tuple[str, ...], missing: CheckVerdict) -> Remark:
    """Whether one of the hosts that are to take the mail has an address."""
    asked = [_addresses(ask, host) for host in hosts]
    named = ", ".join(hosts[:_FEW])
    if any(answer.outcome is DnsOutcome.FOUND for answer in asked):
        return fine(say("{domain}: {hosts}", domain=domain, hosts=named))
    if unknown := [each for each in asked if not each.is_known]:
        return _unknown(unknown[0])
    gone = say(
        "{hosts} is to take the mail of {domain} and has no address", hosts=named, domain=domain
    )
    return Remark(missing, gone, _ask_the_keeper(domain))


def _without(ask: Ask, domain: str, purpose: str, missing: CheckVerdict) -> Remark:
    """No MX: mail goes to the domain's own address, where it has one (section 5.1)."""
    own = _addresses(ask, domain)
    if not own.is_known:
        return _unknown(own)
    fix, record = _publish(ask, domain)
    if own.outcome is DnsOutcome.FOUND:
        tried = say("{domain} has no MX record; mail is tried at its own address", domain=domain)
        return warning(tried, fix, record)
    nobody = say(
        "nobody takes mail for {domain}, and {purpose} go there", domain=domain, purpose=purpose
    )
    return Remark(missing, nobody, fix, record)


def _publish(ask: Ask, domain: str) -> tuple[Saying, str | None]:
    """The record to publish: that of a domain above it, or one that its keeper knows."""
    for above in _above(domain):
        answer = ask(above, "MX")
        if answer.outcome is DnsOutcome.FOUND and not _NOWHERE & {*_hosts(answer)}:
            fix = say(
                "publish what {above} has as MX of {domain} too, and ask whoever keeps those hosts "
                "to take its mail",
                above=above,
                domain=domain,
            )
            return fix, ", ".join(answer.records)
    return _ask_the_keeper(domain), None


def _ask_the_keeper(domain: str) -> Saying:
    return say(
        "ask whoever keeps the mailboxes of {domain} for its MX record, and publish that; where "
        "there are no mailboxes, write another address in posts/site.yaml",
        domain=domain,
    )


def _above(domain: str) -> Iterator[str]:
    """The domains above one, without the top."""
    above = parent(domain)
    while "." in above:
        yield above
        above = parent(above)


def _hosts(answer: DnsAnswer) -> tuple[str, ...]:
    return tuple(record.partition(" ")[2] for record in answer.records)


def _addresses(ask: Ask, host: str) -> DnsAnswer:
    found = ask(host, "A")
    return ask(host, "AAAA") if found.is_void else found


def _unknown(answer: DnsAnswer) -> Remark:
    return unchecked(answer.why_unknown, TRY_LATER)
