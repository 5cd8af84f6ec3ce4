"""The verdict on a domain's SPF: whether receivers can use it, and whom it lets through."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newsroom.domains.answers import TRY_LATER, Ask
from newsroom.domains.known_senders import KnownSender
from newsroom.domains.spf_advice import (
    SpfChange,
    changed_record,
    costs,
    new_record,
    one_record,
)
from newsroom.domains.spf_record import SpfFaultError, SpfRecord, parse_spf
from newsroom.domains.spf_walk import (
    MOST_LOOKUPS,
    MOST_VOID,
    Reach,
    SpfWalk,
    near_misses,
    spf_records,
    walk_spf,
)
from newsroom.domains.way_out import WayOut
from newsroom.model.checkup import Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say

_FEW = 3  # names told of many

# How bad it is, what it is, and what to do where no changed record can be told.
Slip = tuple[Callable[..., Remark], Saying, Saying]


def judge_spf(ask: Ask, domain: str, way: WayOut, *, is_asked: bool = True) -> tuple[Remark, ...]:
    """What is to be said of the SPF of a domain.

    `is_asked` says whether receivers ask it about our mail: then it must let the way out through.
    """
    answer = ask(domain, "TXT")
    if not answer.is_known:
        return (unchecked(answer.why_unknown, TRY_LATER),)
    found = spf_records(answer)
    if not found:
        return (_missing(ask, domain, near_misses(answer), way),)
    if len(found) > 1:
        return (_several(ask, domain, found, way),)
    try:
        record = parse_spf(found[0])
    except SpfFaultError as error:
        unreadable = say("{fault} in {record}", fault=error.sentence, record=found[0])
        return (fault(unreadable, say("mend the TXT record of {domain}", domain=domain)),)
    return _OneRecord(ask, domain, found[0], record).remarks(way if is_asked else WayOut())


def _missing(ask: Ask, domain: str, meant: tuple[str, ...], way: WayOut) -> Remark:
    if meant:
        near_miss = say(
            "{domain} has no SPF record; this is not one: {record}", domain=domain, record=meant[0]
        )
        return fault(near_miss, say("let it begin with v=spf1 and a blank"))
    advice = new_record(ask, domain, way)
    return fault(say("{domain} has no SPF record", domain=domain), advice.fix, advice.record)


def _several(ask: Ask, domain: str, found: tuple[str, ...], way: WayOut) -> Remark:
    """Receivers take two records for none (RFC 7208 section 4.5)."""
    two = say(
        "{domain} has {number} SPF records, which receivers take for none",
        domain=domain,
        number=len(found),
    )
    try:
        advice = one_record(ask, domain, found, way)
    except SpfFaultError as error:
        mend = say("make one of them, and mend it: {fault}", fault=error.sentence)
        return fault(two, mend)
    return fault(two, advice.fix, advice.record)


@dataclass(frozen=True, slots=True)
class _OneRecord:
    """The record of a domain, and what a stranger's evaluation of it brings to light."""

    ask: Ask
    domain: str
    text: str
    record: SpfRecord

    def remarks(self, way: WayOut) -> tuple[Remark, ...]:
        """Everything that is to be said of it."""
        walk, reach = walk_spf(self.ask, self.domain, self.record)
        if self.record.everybody:  # told by its own text, however far the evaluation came
            reach = Reach(f"{self.record.everybody.qualifier}all")
        remarks = (
            *_faults(walk),
            *self._costs(walk),
            *_void(walk),
            *self._slips(walk, reach, way.sender),
            *_doubts(walk),
        )
        return remarks or (fine(_in_order(self.domain, walk, reach)),)

    def _costs(self, walk: SpfWalk) -> Iterator[Remark]:
        if walk.lookups > MOST_LOOKUPS:
            yield fault(
                say("it takes {number} look-ups, and 10 are allowed", number=walk.lookups),
                say(
                    "remove what no longer sends for you, or write ip4: instead of a: and mx "
                    "({costs})",
                    costs=costs(self.ask, self.domain, self.record),
                ),
            )

    def _slips(self, walk: SpfWalk, reach: Reach, sender: KnownSender | None) -> Iterator[Remark]:
        """What one change of the record mends: too many let in, us left out, no word at its end."""
        too_open = tuple(dict.fromkeys(walk.open_to_all))
        left_out = sender if sender and not _lets_through(walk, sender) else None
        change = SpfChange(
            add=(f"include:{left_out.includes[0]}",) if left_out else (),
            drop=too_open,
            end=None if self.record.redirect or _is_plain(reach) else "~all",
        )
        advice = changed_record(self.ask, self.domain, self.text, change)
        for weigh, detail, otherwise in (
            *_open_to_all(too_open),
            *_end(reach),
            *_left_out(left_out, self.domain),
        ):
            fix, record = (advice.fix, advice.record) if advice else (otherwise, None)
            yield weigh(detail, fix, record)


def _in_order(domain: str, walk: SpfWalk, reach: Reach) -> Saying:
    return say(
        "{domain}: one record, {number} of 10 look-ups, ends in {end}",
        domain=domain,
        number=walk.lookups,
        end=reach.value,
    )


def _faults(walk: SpfWalk) -> Iterator[Remark]:
    """What makes receivers stop, and what they may not have been told."""
    for found in dict.fromkeys(walk.faults):
        yield fault(found, say("mend it: receivers stop there"))
    for answer in walk.unknown[:_FEW]:
        yield unchecked(answer.why_unknown, TRY_LATER)


def _void(walk: SpfWalk) -> Iterator[Remark]:
    """Names that lead nowhere: two are allowed (section 4.6.4)."""
    remove = say("remove the names that are gone")
    if len(walk.void) > MOST_VOID:
        too_many = say(
            "{number} of its look-ups lead nowhere ({names}), and 2 are allowed",
            number=len(walk.void),
            names=_some(walk.void),
        )
        yield fault(too_many, remove)
    elif walk.void:
        yield warning(say("{names} leads nowhere", names=_some(walk.void)), remove)


def _is_plain(reach: Reach) -> bool:
    """Whether a record says at its end what strangers are."""
    return reach in {Reach.NOBODY, Reach.SUSPECT}


def _open_to_all(terms: Iterable[str]) -> Iterator[Slip]:
    for term in terms:
        yield fault, say('"{term}" lets anybody send in your name', term=term), say("remove it")


def _end(reach: Reach) -> Iterator[Slip]:
    """An end that does not say what strangers are."""
    mend = say("let it end in -all, or in ~all while you try it out")
    if reach is Reach.EVERYBODY:
        yield fault, say("it ends in +all, which lets anybody send in your name"), mend
    elif not _is_plain(reach):
        end = reach.value or say("nothing")
        yield warning, say("it ends in {end}, which says nothing of strangers", end=end), mend


def _left_out(sender: KnownSender | None, domain: str) -> Iterator[Slip]:
    """The company that sends for us, which matters less where it writes a sender of its own."""
    if sender is None:
        return
    shut = say("it does not let {sender} send for {domain}", sender=sender.name, domain=domain)
    put_in = say("put into the record: {include}", include=f"include:{sender.includes[0]}")
    yield (warning if sender.own_bounces else fault), shut, put_in


def _lets_through(walk: SpfWalk, sender: KnownSender) -> bool:
    """Whether the company that sends for us may, by its own names; yes where that is not known."""
    return bool(walk.unknown or {*sender.includes} & {*walk.included})


def _doubts(walk: SpfWalk) -> Iterator[Remark]:
    for doubt in dict.fromkeys(walk.doubts):
        yield warning(doubt, say("replace it with ip4: and ip6: of your own servers"))


def _some(names: Iterable[str]) -> Saying | str:
    listed = list(dict.fromkeys(names))
    if len(listed) <= _FEW:
        return ", ".join(listed)
    first = ", ".join(listed[:_FEW])
    return say("{first} and {number} more", first=first, number=len(listed) - _FEW)
