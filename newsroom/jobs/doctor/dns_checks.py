"""The checks of the DNS: whether receivers can tell that mail is ours, and answers can come."""

from collections.abc import Iterator

from newsroom.domains.alignment import Identities, judge_alignment
from newsroom.domains.answers import Ask, Outcome
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.domains.dmarc import judge_dmarc
from newsroom.domains.exchangers import judge_exchangers
from newsroom.domains.spf import judge_spf
from newsroom.jobs.doctor.setup import Setup
from newsroom.model.saying import joined, say
from newsroom.model.verdict import Check, Remark, Verdict, one_check


def dns_checks(ask: Ask, setup: Setup) -> Iterator[Check]:
    """Every check that the DNS alone answers, in the order that receivers look."""
    yield from _spf(ask, setup)
    yield from _dkim(ask, setup)
    yield one_check("dns-dmarc", judge_dmarc(ask, setup.author), setup.author)
    yield one_check("dns-alignment", judge_alignment(ask, _identities(setup)), setup.author)
    yield from _exchangers(ask, setup)
    yield _extras(ask, setup.author)


def _spf(ask: Ask, setup: Setup) -> Iterator[Check]:
    """Of the domain of From; and of the one that bounces go to, which is the one receivers ask.

    What is wrong with the latter alone is a warning: a signature still speaks for the mail, and
    where nothing is signed that is a fault of its own.
    """
    is_other = setup.envelope != setup.author
    sender = None if is_other else setup.sender
    yield one_check("dns-spf", judge_spf(ask, setup.author, sender), setup.author)
    if is_other:
        remarks = judge_spf(ask, setup.envelope, setup.sender)
        yield one_check("dns-spf", [_milder(each) for each in remarks], setup.envelope)


def _milder(remark: Remark) -> Remark:
    if remark.verdict is not Verdict.FAIL:
        return remark
    return Remark(Verdict.WARN, remark.detail, remark.fix)


def _dkim(ask: Ask, setup: Setup) -> Iterator[Check]:
    selectors = setup.selectors or _usual(ask, setup)
    for selector in selectors:
        yield one_check("dns-dkim", judge_key(ask, selector), selector.record_name)
    if not selectors:
        yield _unknown_key(setup)
    if setup.signs_with and set(setup.signs_with) == {"ed25519"} and not setup.keys_elsewhere:
        yield Check(
            "dns-dkim",
            Verdict.WARN,
            say("mail is signed with Ed25519 alone, which many receivers do not verify"),
            say("add an RSA key beside it: {command}", command="newsroom dkim new SELECTOR"),
            setup.author,
        )


def _usual(ask: Ask, setup: Setup) -> tuple[Selector, ...]:
    """Where the company that sends for us usually puts its keys, if one of them is there."""
    usual = setup.sender.selectors if setup.sender else ()
    selectors = [Selector(name, setup.author) for name in usual]
    return tuple(
        each for each in selectors if ask(each.record_name, "TXT").outcome is Outcome.FOUND
    )


def _unknown_key(setup: Setup) -> Check:
    if setup.sender and setup.sender.selectors:
        names = ", ".join(setup.sender.selectors)
        detail = say(
            "none of the names where {sender} usually puts its key has one: {names}",
            sender=setup.sender.name,
            names=names,
        )
    else:
        detail = say("mail is not signed here, and where your provider's key stands is not known")
    return Check(
        "dns-dkim",
        Verdict.UNKNOWN,
        detail,
        say(
            "name it in posts/site.yaml, sender: {{selectors: [NAME]}}; a message that was "
            "received shows it: newsroom doctor --eml FILE"
        ),
        setup.author,
    )


def _identities(setup: Setup) -> Identities:
    sender = setup.sender
    return Identities(
        author=setup.author,
        envelope=setup.envelope,
        signers=tuple(dict.fromkeys(each.domain for each in setup.selectors)),
        signs_elsewhere=not setup.selectors,
        own_bounces=sender is not None and sender.own_bounces,
    )


def _exchangers(ask: Ask, setup: Setup) -> Iterator[Check]:
    """Who takes what comes back: one check for each domain, whatever comes there."""
    purposes = {setup.author: say("answers to the sender")}
    worst = {setup.author: Verdict.FAIL}
    if setup.replies != setup.author:
        purposes[setup.replies] = say("answers")
        worst[setup.replies] = Verdict.FAIL
    if setup.envelope not in purposes:
        purposes[setup.envelope] = say("bounces")
        worst[setup.envelope] = Verdict.WARN
    for domain, purpose in purposes.items():
        yield one_check("dns-mx", judge_exchangers(ask, domain, purpose, worst[domain]), domain)


def _extras(ask: Ask, domain: str) -> Check:
    """What is nice to have: told in one line, and never a fault."""
    wanted = (
        ("MTA-STS", f"_mta-sts.{domain}", "v=STSv1"),
        ("TLS-RPT", f"_smtp._tls.{domain}", "v=TLSRPTv1"),
        ("BIMI", f"default._bimi.{domain}", "v=BIMI1"),
    )
    told = []
    for name, place, begin in wanted:
        answer = ask(place, "TXT")
        if not answer.is_known:
            return Check("dns-extras", Verdict.UNKNOWN, answer.why_unknown, about=domain)
        has_it = any(text.startswith(begin) for text in answer.records)
        told.append(
            say("{name}: there", name=name) if has_it else say("{name}: not there", name=name)
        )
    return Check(
        "dns-extras",
        Verdict.OK,
        say("nice to have, and nobody asks for it: {what}", what=joined(", ", told)),
        about=domain,
    )
