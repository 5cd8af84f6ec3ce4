"""Whether replies and bounces can arrive: who takes mail for a domain (RFC 5321 section 5.1)."""

from newsroom.domains.answers import TRY_LATER, Ask, DnsAnswer, DnsOutcome
from newsroom.model.checkup import CheckVerdict, Remark, fine, unchecked, warning
from newsroom.model.saying import say

_FEW = 3  # hosts that are told


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
    hosts = [record.partition(" ")[2] for record in answer.records]
    if any(host in {"", "."} for host in hosts):
        return (
            Remark(
                missing,
                say(
                    "{domain} takes no mail (null MX), and {purpose} go there",
                    domain=domain,
                    purpose=purpose,
                ),
                say("write an address that can be answered in posts/site.yaml"),
            ),
        )
    asked = [_addresses(ask, host) for host in hosts]
    if any(answer.outcome is DnsOutcome.FOUND for answer in asked):
        named = ", ".join(hosts[:_FEW])
        return (fine(say("{domain}: {hosts}", domain=domain, hosts=named)),)
    if unknown := [each for each in asked if not each.is_known]:
        return (_unknown(unknown[0]),)
    return (
        Remark(
            missing,
            say(
                "{hosts} is to take the mail of {domain} and has no address",
                hosts=", ".join(hosts[:_FEW]),
                domain=domain,
            ),
            say("mend the MX record of {domain}", domain=domain),
        ),
    )


def _without(ask: Ask, domain: str, purpose: str, missing: CheckVerdict) -> Remark:
    """No MX: mail goes to the domain's own address, where it has one (section 5.1)."""
    own = _addresses(ask, domain)
    if not own.is_known:
        return _unknown(own)
    fix = say("publish an MX record of {domain}", domain=domain)
    if own.outcome is DnsOutcome.FOUND:
        return warning(
            say("{domain} has no MX record; mail is tried at its own address", domain=domain),
            fix,
        )
    return Remark(
        missing,
        say(
            "nobody takes mail for {domain}, and {purpose} go there", domain=domain, purpose=purpose
        ),
        fix,
    )


def _addresses(ask: Ask, host: str) -> DnsAnswer:
    found = ask(host, "A")
    return ask(host, "AAAA") if found.is_void else found


def _unknown(answer: DnsAnswer) -> Remark:
    return unchecked(
        answer.why_unknown,
        TRY_LATER,
    )
