"""The checks of the DNS: whether receivers can tell that mail is ours, and answers can come."""

from collections.abc import Iterator
from dataclasses import replace

from newsroom.domains.alignment import Identities, judge_alignment
from newsroom.domains.answers import Ask, DnsOutcome
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.domains.dmarc import judge_dmarc
from newsroom.domains.exchangers import judge_exchangers
from newsroom.domains.spf import judge_spf
from newsroom.jobs.doctor.setup import MailSetup
from newsroom.model.checkup import (
    Check,
    CheckVerdict,
    Remark,
    check_of,
    fine,
    unchecked,
    warning,
)
from newsroom.model.saying import joined, say

_EXTRAS = (  # what each is called, where its record stands, and how that begins
    ("MTA-STS", "_mta-sts", "v=STSv1"),
    ("TLS-RPT", "_smtp._tls", "v=TLSRPTv1"),
    ("BIMI", "default._bimi", "v=BIMI1"),
)


def dns_checks(ask: Ask, setup: MailSetup) -> Iterator[Check]:
    """Every check that the DNS alone answers, in the order that receivers look."""
    yield from _spf(ask, setup)
    yield from _dkim(ask, setup)
    yield check_of("dns-dmarc", judge_dmarc(ask, setup.author), setup.author)
    yield check_of("dns-alignment", judge_alignment(ask, _identities(setup)), setup.author)
    yield from _exchangers(ask, setup)
    yield check_of("dns-extras", [_judge_extras(ask, setup.author)], setup.author)


def _spf(ask: Ask, setup: MailSetup) -> Iterator[Check]:
    """Of the domain of From; and of the one that bounces go to, which is the one receivers ask.

    What is wrong with the latter alone is a warning: a signature still speaks for the mail, and
    where nothing is signed that is a fault of its own.
    """
    is_other, way = setup.envelope != setup.author, setup.way_out
    of_author = judge_spf(ask, setup.author, way, is_asked=not is_other)
    yield check_of("dns-spf", of_author, setup.author)
    if is_other:
        remarks = judge_spf(ask, setup.envelope, way)
        yield check_of("dns-spf", [_milder(each) for each in remarks], setup.envelope)


def _milder(remark: Remark) -> Remark:
    is_fault = remark.verdict is CheckVerdict.FAIL
    return replace(remark, verdict=CheckVerdict.WARN) if is_fault else remark


def _dkim(ask: Ask, setup: MailSetup) -> Iterator[Check]:
    selectors = setup.selectors or _usual(ask, setup)
    for selector in selectors:
        yield check_of("dns-dkim", judge_key(ask, selector), selector.record_name)
    if not selectors:
        yield check_of("dns-dkim", [_unknown_key(setup)], setup.author)
    if setup.signs_with and set(setup.signs_with) == {"ed25519"} and not setup.keys_elsewhere:
        alone = warning(
            say("mail is signed with Ed25519 alone, which many receivers do not verify"),
            say("add an RSA key beside it: {command}", command="newsroom dkim new SELECTOR"),
        )
        yield check_of("dns-dkim", [alone], setup.author)


def _usual(ask: Ask, setup: MailSetup) -> tuple[Selector, ...]:
    """Where the company that sends for us usually puts its keys, if one of them is there."""
    usual = setup.sender.selectors if setup.sender else ()
    selectors = [Selector(name, setup.author) for name in usual]
    return tuple(
        each for each in selectors if ask(each.record_name, "TXT").outcome is DnsOutcome.FOUND
    )


def _unknown_key(setup: MailSetup) -> Remark:
    name_it = say(
        "name it in posts/site.yaml, sender: {{selectors: [NAME]}}; a message that was received "
        "shows it: newsroom doctor --eml FILE"
    )
    if setup.sender is None or not setup.sender.selectors:
        not_known = say(
            "mail is not signed here, and where your provider's key stands is not known"
        )
        return unchecked(not_known, name_it)
    return unchecked(
        say(
            "none of the names where {sender} usually puts its key has one: {names}",
            sender=setup.sender.name,
            names=", ".join(setup.sender.selectors),
        ),
        name_it,
    )


def _identities(setup: MailSetup) -> Identities:
    sender = setup.sender
    return Identities(
        author=setup.author,
        envelope=setup.envelope,
        signers=tuple(dict.fromkeys(each.domain for each in setup.selectors)),
        signs_elsewhere=not setup.selectors,
        own_bounces=sender is not None and sender.own_bounces,
    )


def _exchangers(ask: Ask, setup: MailSetup) -> Iterator[Check]:
    """Who takes what comes back: one check for each domain, whatever comes there."""
    purposes = {setup.author: say("answers to the sender")}
    worst = {setup.author: CheckVerdict.FAIL}
    if setup.replies != setup.author:
        purposes[setup.replies] = say("answers")
        worst[setup.replies] = CheckVerdict.FAIL
    if setup.envelope not in purposes:
        purposes[setup.envelope] = say("bounces")
        worst[setup.envelope] = CheckVerdict.WARN
    for domain, purpose in purposes.items():
        yield check_of("dns-mx", judge_exchangers(ask, domain, purpose, worst[domain]), domain)


def _judge_extras(ask: Ask, domain: str) -> Remark:
    """What is nice to have: told in one line, and never a fault."""
    told = []
    for name, place, begin in _EXTRAS:
        answer = ask(f"{place}.{domain}", "TXT")
        if not answer.is_known:
            return unchecked(answer.why_unknown)
        has_it = any(text.startswith(begin) for text in answer.records)
        told.append(
            say("{name}: there", name=name) if has_it else say("{name}: not there", name=name)
        )
    return fine(joined(", ", told))
