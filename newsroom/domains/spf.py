"""The verdict on a domain's SPF: whether receivers can use it, and whom it lets through."""

from collections.abc import Iterable, Iterator

from newsroom.domains.answers import TRY_LATER, Ask
from newsroom.domains.known_senders import KnownSender
from newsroom.domains.spf_record import SpfFaultError, parse_spf
from newsroom.domains.spf_walk import (
    MOST_LOOKUPS,
    MOST_VOID,
    Reach,
    SpfWalk,
    near_misses,
    spf_records,
    walk_spf,
)
from newsroom.model.checkup import CheckVerdict, Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say

_FEW = 3  # names told of many


def judge_spf(ask: Ask, domain: str, sender: KnownSender | None) -> tuple[Remark, ...]:
    """What is to be said of the SPF of a domain that mail is sent from by `sender`."""
    answer = ask(domain, "TXT")
    if not answer.is_known:
        return (unchecked(answer.why_unknown, TRY_LATER),)
    found = spf_records(answer)
    if not found:
        return (_missing(domain, near_misses(answer), sender),)
    if len(found) > 1:
        return (
            fault(
                say("{domain} has {number} SPF records", domain=domain, number=len(found)),
                say(
                    "make one of them: receivers take two for none (RFC 7208 section 4.5); "
                    "gather all include: and ip4: in it, and remove the others"
                ),
            ),
        )
    try:
        record = parse_spf(found[0])
    except SpfFaultError as error:
        return (
            fault(
                say("{fault} in {record}", fault=error.sentence, record=found[0]),
                say("mend the TXT record of {domain}", domain=domain),
            ),
        )
    walk, reach = walk_spf(ask, domain, record)
    remarks = (*_faults(walk), *_end(reach), *_provider(walk, sender, domain), *_doubts(walk))
    if remarks:
        return remarks
    detail = say(
        "{domain}: one record, {number} of 10 look-ups, ends in {end}",
        domain=domain,
        number=walk.lookups,
        end=reach.value,
    )
    return (fine(detail),)


def _missing(domain: str, meant: tuple[str, ...], sender: KnownSender | None) -> Remark:
    include = f"include:{sender.includes[0]} " if sender else ""
    record = f"v=spf1 mx {include}-all"
    fix = say("publish a TXT record of {domain}: {record}", domain=domain, record=record)
    if meant:
        detail = say(
            "{domain} has no SPF record; this is not one: {record}", domain=domain, record=meant[0]
        )
        return fault(detail, say("let it begin with v=spf1 and a blank"))
    return fault(say("{domain} has no SPF record", domain=domain), fix)


def _faults(walk: SpfWalk) -> Iterator[Remark]:
    """What makes receivers stop, and what they may not have been told."""
    for found in dict.fromkeys(walk.faults):
        yield fault(found, say("mend it: receivers stop there"))
    if walk.lookups > MOST_LOOKUPS:
        yield fault(
            say("it takes {number} look-ups, and 10 are allowed", number=walk.lookups),
            say("remove what no longer sends for you, or write ip4: instead of a: and mx"),
        )
    if len(walk.void) > MOST_VOID:
        yield fault(
            say(
                "{number} of its look-ups lead nowhere ({names}), and 2 are allowed",
                number=len(walk.void),
                names=_some(walk.void),
            ),
            say("remove the names that are gone"),
        )
    elif walk.void:
        yield warning(
            say("{names} leads nowhere", names=_some(walk.void)),
            say("remove the names that are gone"),
        )
    for term in dict.fromkeys(walk.open_to_all):
        yield fault(
            say('"{term}" lets anybody send in your name', term=term),
            say("remove it"),
        )
    for answer in walk.unknown[:_FEW]:
        yield unchecked(answer.why_unknown, TRY_LATER)


def _end(reach: Reach) -> Iterator[Remark]:
    if reach is Reach.EVERYBODY:
        yield fault(
            say("it ends in +all, which lets anybody send in your name"),
            say("let it end in -all, or in ~all while you try it out"),
        )
    elif reach in {Reach.UNSAID, Reach.MISSING}:
        end = reach.value or say("nothing")
        yield warning(
            say("it ends in {end}, which says nothing of strangers", end=end),
            say("let it end in -all, or in ~all while you try it out"),
        )


def _provider(walk: SpfWalk, sender: KnownSender | None, domain: str) -> Iterator[Remark]:
    """Whether the company that sends for us is let through; by its own names only."""
    if sender is None or walk.unknown or set(sender.includes) & set(walk.included):
        return
    verdict = CheckVerdict.WARN if sender.own_bounces else CheckVerdict.FAIL
    yield Remark(
        verdict,
        say("it does not let {sender} send for {domain}", sender=sender.name, domain=domain),
        say("put into the record: {include}", include=f"include:{sender.includes[0]}"),
    )


def _doubts(walk: SpfWalk) -> Iterator[Remark]:
    for doubt in dict.fromkeys(walk.doubts):
        yield warning(doubt, say("replace it with ip4: and ip6: of your own servers"))


def _some(names: Iterable[str]) -> Saying | str:
    listed = list(dict.fromkeys(names))
    if len(listed) <= _FEW:
        return ", ".join(listed)
    first = ", ".join(listed[:_FEW])
    return say("{first} and {number} more", first=first, number=len(listed) - _FEW)
