"""The verdict on the DMARC of the domain that mail is from (RFC 9989)."""

from collections.abc import Iterator

from newsroom.domains.answers import TRY_LATER, Ask, is_there
from newsroom.domains.dmarc_record import (
    DmarcPolicy,
    DmarcRecord,
    is_dmarc,
    looks_like_dmarc,
)
from newsroom.domains.tree_walk import TreeWalk, WalkStop, walk_up
from newsroom.model.checkup import CheckVerdict, Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say


def judge_dmarc(ask: Ask, domain: str) -> tuple[Remark, ...]:
    """What is to be said of the policy that holds for mail from a domain."""
    walk = walk_up(ask, domain)
    found, own = walk.policy_at, walk.stops[0].answer
    if not own.is_known:  # a record of its own would hold, whatever stands above it
        return (unchecked(own.why_unknown, TRY_LATER),)
    if found is None or found.record is None:
        return (_without(ask, walk),)
    return tuple(_judge(ask, walk, found, found.record))


def _judge(ask: Ask, walk: TreeWalk, found: WalkStop, record: DmarcRecord) -> Iterator[Remark]:
    at = f"_dmarc.{found.domain}"
    if not record.applies:
        yield fault(
            say(
                "{tags} at {name} cannot be read, so receivers pass the record over",
                tags=", ".join(record.unreadable),
                name=at,
            ),
            *_record_to_publish(found.domain),
        )
        return
    yield from _slips(walk, found, record, at)
    if record.is_broken:
        return
    below = walk.start != found.domain
    there = is_there(ask, walk.start) if below else True
    policy = record.policy(below=below, exists=there is not False)
    yield from _strength(found, record, policy)
    yield from _foreign_reports(ask, walk, record)


def _strength(found: WalkStop, record: DmarcRecord, policy: DmarcPolicy) -> Iterator[Remark]:
    """What is asked of receivers in the end."""
    at = f"_dmarc.{found.domain}"
    if policy is DmarcPolicy.NONE:
        detail = say("{name} asks receivers for nothing (p=none)", name=at)
        if not record.has_p:
            detail = say("{name} has no p=, which counts as p=none", name=at)
        yield warning(detail, *_next_step(found, record))
        return
    if record.is_test:
        yield warning(
            say(
                "{name} says t=y, so {policy} counts as {lowered}",
                name=at,
                policy=policy.value,
                lowered=policy.lowered.value,
            ),
            say("take t=y out when you have tried it"),
        )
        return
    yield fine(_in_order(record, policy, at))


def _next_step(found: WalkStop, record: DmarcRecord) -> tuple[Saying, str | None]:
    """From asking for nothing to asking for something: by way of reports, which tell what fails."""
    if record.reports_to:
        fix = say(
            "when the reports show that all your mail passes, write p=quarantine, then p=reject"
        )
        return fix, None
    fix = say(
        "let the record ask for reports first, at an address that is to have them",
    )
    return fix, f"{found.records[0].rstrip(' ;')}; rua=mailto:dmarc@{found.domain}"


def _in_order(record: DmarcRecord, policy: DmarcPolicy, at: str) -> Saying:
    if record.gone:
        return say(
            "{name}: {policy}; {tags} no longer means anything and can be removed",
            name=at,
            policy=policy.value,
            tags=", ".join(record.gone),
        )
    if not record.reports_to:
        return say(
            "{name}: {policy}; with rua=mailto:… you would get reports",
            name=at,
            policy=policy.value,
        )
    return say("{name}: {policy}", name=at, policy=policy.value)


def _slips(walk: TreeWalk, found: WalkStop, record: DmarcRecord, at: str) -> Iterator[Remark]:
    """What works, and is not what was meant."""
    if record.unreadable:
        tags = ", ".join(record.unreadable)
        counts = say("{tags} at {name} cannot be read and counts as unwritten", tags=tags, name=at)
        if record.is_broken:
            counts = say(
                "{tags} at {name} cannot be read, so the record counts as p=none",
                tags=tags,
                name=at,
            )
        yield warning(counts, say("mend the record"))
    if record.psd == "y" and found.domain == walk.start:
        yield warning(
            say(
                "{name} says psd=y: the domain is taken for a suffix such as .se, and nothing "
                "below it for its own",
                name=at,
            ),
            say("take psd=y out of the record"),
        )
    for stop in walk.stops:
        if len(stop.records) > 1:
            yield Remark(
                CheckVerdict.FAIL if stop.domain == walk.start else CheckVerdict.WARN,
                _two(stop),
                say("leave one: receivers pass over all of them"),
            )


def _without(ask: Ask, walk: TreeWalk) -> Remark:
    """Nothing holds: because of a slip, because nobody knows, or because nothing is there."""
    slips = (_slip_at(stop) for stop in walk.stops)
    if slip := next((each for each in slips if each is not None), None):
        return slip
    if walk.unknown:
        return unchecked(walk.unknown.why_unknown, TRY_LATER)
    if any(is_dmarc(text) for text in ask(walk.start, "TXT").records):
        astray = say(
            "the DMARC record stands at {domain}, where nobody looks for it", domain=walk.start
        )
        return fault(astray, say("move it to {name}", name=f"_dmarc.{walk.start}"))
    missing = say("{domain} has no DMARC record", domain=walk.start)
    return fault(missing, *_record_to_publish(walk.start))


def _slip_at(stop: WalkStop) -> Remark | None:
    """What keeps receivers from a record that somebody meant to publish."""
    if len(stop.records) > 1:
        return fault(_two(stop), say("leave one: receivers pass over all of them"))
    meant = next((text for text in stop.answer.records if looks_like_dmarc(text)), None)
    if meant is None:
        return None
    name = f"_dmarc.{stop.domain}"
    no_record = say("what stands at {name} is no DMARC record: {record}", name=name, record=meant)
    return fault(no_record, say("let it begin with v=DMARC1;"))


def _two(stop: WalkStop) -> Saying:
    return say(
        "{number} DMARC records stand at {name}",
        number=len(stop.records),
        name=f"_dmarc.{stop.domain}",
    )


def _foreign_reports(ask: Ask, walk: TreeWalk, record: DmarcRecord) -> Iterator[Remark]:
    """Reports that another organisation has not agreed to take are not sent (RFC 9990)."""
    home = walk.organisation
    for address in record.reports_to:
        there = address.rpartition("@")[2].lower()
        if there == home or there.endswith(f".{home}") or walk_up(ask, there).organisation == home:
            continue
        answer = ask(f"{walk.start}._report._dmarc.{there}", "TXT")
        if answer.is_known and not any(is_dmarc(text) for text in answer.records):
            yield warning(
                say("{domain} has not agreed to take your reports", domain=there),
                say(
                    "have it publish a TXT record of {name}",
                    name=f"{walk.start}._report._dmarc.{there}",
                ),
                "v=DMARC1",
            )


def _record_to_publish(domain: str) -> tuple[Saying, str]:
    """A first policy that asks for reports and for nothing else."""
    fix = say(
        "publish a TXT record of {name}, with an address that is to have the reports",
        name=f"_dmarc.{domain}",
    )
    return fix, f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"
