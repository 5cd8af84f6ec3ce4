"""Whether a received message's signatures hold, whose they are, and what they cover."""

from collections.abc import Iterator, Sequence

from newsroom.domains.alignment import kinship
from newsroom.domains.answers import Ask
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.jobs.doctor.received_alignment import (
    judge_signers,
    passed_on_arrival,
    told_on_arrival,
)
from newsroom.jobs.doctor.received_message import Received, Signature
from newsroom.jobs.doctor.verified import SignatureStanding, Verified, verify
from newsroom.model.checkup import Check, CheckVerdict, Remark, check_of, fault, fine, unchecked
from newsroom.model.saying import say

_MUST_BE_COVERED = ("List-Unsubscribe", "List-Unsubscribe-Post")  # RFC 8058 section 4


def signature_checks(ask: Ask, received: Received, own: Sequence[Selector]) -> Iterator[Check]:
    """Every check of the signatures; `own` are the keys that mail is signed with here."""
    if not received.signatures:
        yield from _unsigned(received)
        return
    family = kinship(ask, received.author_domain)
    verified = [verify(ask, received, each, family, own) for each in received.signatures]
    yield check_of("mail-dkim", tuple(_hold(received, verified, own)))
    yield check_of("mail-keys", tuple(_keys(ask, verified, own)))
    yield check_of("mail-signed-headers", tuple(_judge_button(received, verified)))
    yield check_of("mail-alignment", tuple(judge_signers(received, verified, family)))


def _unsigned(received: Received) -> Iterator[Check]:
    """One fault; what hangs on a signature cannot be looked at without one."""
    unsigned = fault(
        say("the message is not signed (DKIM)"),
        say(
            "sign mail here ({command}), or turn DKIM on at your provider",
            command="newsroom dkim new",
        ),
    )
    because = unchecked(say("this cannot be looked at, because the message is not signed"))
    yield check_of("mail-dkim", [unsigned])
    yield check_of("mail-keys", [because])
    yield check_of("mail-signed-headers", tuple(_judge_button(received, ())) or [because])
    yield check_of("mail-alignment", [because, *told_on_arrival(received)])


def _hold(
    received: Received, verified: Sequence[Verified], own: Sequence[Selector]
) -> Iterator[Remark]:
    """Whether a signature shows that the message is as it was sent."""
    passed_there, weight = passed_on_arrival(received, "dkim"), _weight(verified)
    for each in verified:
        if each.standing is SignatureStanding.NO_KEY:
            yield _without_a_key(each, CheckVerdict.WARN if passed_there else weight, own)
        else:
            yield _told_there(each) if passed_there else _told(each, weight)
        yield from _habits(each.signature)


def _without_a_key(each: Verified, weight: CheckVerdict, own: Sequence[Selector]) -> Remark:
    """What there is to say of a signature that nobody can verify."""
    place = each.answer.name
    record = next((key.record for key in own if key.record_name == place), None)
    missing = say("there is no key for the signature of {name}", name=each.signature.name)
    return Remark(weight, missing, say("publish the key at {name}", name=place), record)


def _told_there(each: Verified) -> Remark:
    """What there is to say where the receiver has already found that it holds."""
    name = each.signature.name
    if each.standing is SignatureStanding.HOLDS:
        return fine(say("the signature of {name} holds", name=name))
    if each.standing is SignatureStanding.BODY:
        return fine(
            say(
                "the signature of {name} held when the message arrived; what looked at it "
                "afterwards changed it",
                name=name,
            ),
        )
    if each.standing is SignatureStanding.UNKNOWN:
        return fine(say("the receiver found that the signature of {name} holds", name=name))
    return _told(each, CheckVerdict.WARN)


def _told(each: Verified, weight: CheckVerdict) -> Remark:
    """What there is to say of one signature."""
    name = each.signature.name
    if each.standing is SignatureStanding.HOLDS:
        return fine(say("the signature of {name} holds", name=name))
    if each.standing is SignatureStanding.UNKNOWN:
        return unchecked(each.answer.why_unknown, say("try again later"))
    if each.standing is SignatureStanding.BODY:
        return Remark(
            weight,
            say("the signature of {name} does not hold: the body was changed after it", name=name),
            say(
                "see what stands between newsroom and the reader: a relay that adds a footer or "
                "follows links must sign after it"
            ),
        )
    return Remark(
        weight,
        say("the signature of {name} does not hold", name=name),
        say(
            "see that the key in the DNS is the one mail is signed with, and that no relay changes "
            "headers"
        ),
    )


def _habits(signature: Signature) -> Iterator[Remark]:
    """Ways to sign that receivers do not count, or that others can abuse."""
    if signature.algorithm == "rsa-sha1":
        yield fault(
            say("{name} signs with SHA-1, which nobody counts (RFC 8301)", name=signature.name),
            say("let it sign with rsa-sha256"),
        )
    if signature.has_length:
        yield fault(
            say(
                "the signature of {name} covers the beginning of the body only (l=)",
                name=signature.name,
            ),
            say("turn l= off where mail is signed: anybody may add to such a message"),
        )


def _weight(verified: Sequence[Verified]) -> CheckVerdict:
    """How bad a broken signature is: beside an aligned one that holds, a warning."""
    good = any(each.standing is SignatureStanding.HOLDS and each.aligned for each in verified)
    return CheckVerdict.WARN if good else CheckVerdict.FAIL


def _keys(ask: Ask, verified: Sequence[Verified], own: Sequence[Selector]) -> Iterator[Remark]:
    """The keys that the message was signed with, as they stand in the DNS."""
    known = {each.record_name: each for each in own}
    there = [each for each in verified if each.standing is not SignatureStanding.NO_KEY]
    for each in there:
        selector = Selector(each.signature.selector, each.signature.domain)
        yield from judge_key(ask, known.get(selector.record_name, selector))
    if not there:
        yield unchecked(say("this cannot be looked at, because there is no key for the signature"))


def _judge_button(received: Received, verified: Sequence[Verified]) -> Iterator[Remark]:
    """Where one of the two headers is not covered no receiver shows the button (RFC 8058, 4).

    Of a message without a signature only what is missing can be told.
    """
    if not received.is_newsletter and received.value("List-Unsubscribe") is None:
        yield fine(say("a mail of its own kind, which nobody can unsubscribe from"))
        return
    gone = [name for name in _MUST_BE_COVERED if received.value(name) is None]
    if gone:
        yield fault(
            say("{headers} is not in the message", headers=", ".join(gone)),
            say("see what takes it away: a provider may need it set in its own way"),
        )
    elif verified:
        yield _judge_cover(verified)


def _judge_cover(verified: Sequence[Verified]) -> Remark:
    sound = [each for each in verified if each.standing is not SignatureStanding.NO_KEY] or verified
    best = min((_uncovered(each) for each in sound), key=len)
    if not best:
        return fine(say("List-Unsubscribe and List-Unsubscribe-Post are signed"))
    return fault(
        say(
            "{headers} is not covered by the signature (h=), so receivers show no button",
            headers=", ".join(best),
        ),
        say("let the signer cover it, or sign here: {command}", command="newsroom dkim new"),
    )


def _uncovered(each: Verified) -> tuple[str, ...]:
    return tuple(name for name in _MUST_BE_COVERED if name.lower() not in each.signature.covers)
