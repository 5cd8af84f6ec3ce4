"""Whether a received message's signatures hold, whose they are, and what they cover."""

from collections.abc import Iterator, Sequence

from newsroom.domains.alignment import kinship
from newsroom.domains.answers import Ask
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.jobs.doctor.received_alignment import judge_alignment, passed_on_arrival
from newsroom.jobs.doctor.received_message import Received, Signature
from newsroom.jobs.doctor.verified import SignatureStanding, Verified, verify
from newsroom.model.checkup import Check, CheckVerdict, Remark, check_of, fault, fine, unchecked
from newsroom.model.saying import say

_MUST_BE_COVERED = ("List-Unsubscribe", "List-Unsubscribe-Post")  # RFC 8058 section 4


def signature_checks(ask: Ask, received: Received, own: Sequence[Selector]) -> Iterator[Check]:
    """Every check of the signatures; `own` are the keys that mail is signed with here."""
    family = kinship(ask, received.author_domain)
    verified = [verify(ask, received, each, family, own) for each in received.signatures]
    yield check_of("mail-dkim", tuple(_hold(received, verified)))
    yield check_of("mail-keys", tuple(_keys(ask, verified, own)))
    yield check_of("mail-signed-headers", tuple(_cover(received, verified)))
    yield check_of("mail-alignment", tuple(judge_alignment(received, verified, family)))


def _hold(received: Received, verified: Sequence[Verified]) -> Iterator[Remark]:
    """Whether a signature shows that the message is as it was sent."""
    if not verified:
        yield fault(
            say("the message is not signed (DKIM)"),
            say(
                "sign mail here ({command}), or turn DKIM on at your provider",
                command="newsroom dkim new",
            ),
        )
        return
    passed_there, weight = passed_on_arrival(received, "dkim"), _weight(verified)
    for each in verified:
        yield _told_there(each) if passed_there else _told(each, weight)
        yield from _habits(each.signature)


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
    match each.standing:
        case SignatureStanding.HOLDS:
            return fine(say("the signature of {name} holds", name=name))
        case SignatureStanding.UNKNOWN:
            return unchecked(each.answer.why_unknown, say("try again later"))
        case SignatureStanding.NO_KEY:
            return Remark(
                weight,
                say("there is no key for the signature of {name}", name=name),
                say("publish the key at {name}", name=each.answer.name),
            )
        case SignatureStanding.BODY:
            return Remark(
                weight,
                say(
                    "the signature of {name} does not hold: the body was changed after it",
                    name=name,
                ),
                say(
                    "see what stands between newsroom and the reader: a relay that adds a footer "
                    "or follows links must sign after it"
                ),
            )
        case _:
            return Remark(
                weight,
                say("the signature of {name} does not hold", name=name),
                say(
                    "see that the key in the DNS is the one mail is signed with, and that no relay "
                    "changes headers"
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
    for each in verified:
        signature = each.signature
        selector = Selector(signature.selector, signature.domain)
        yield from judge_key(ask, known.get(selector.record_name, selector))
    if not verified:
        yield unchecked(say("there is no signature, and so no key"))


def _cover(received: Received, verified: Sequence[Verified]) -> Iterator[Remark]:
    """Where one of the two headers is not covered no receiver shows the button (RFC 8058, 4)."""
    if not received.is_newsletter and received.value("List-Unsubscribe") is None:
        yield fine(say("a mail of its own kind, which nobody can unsubscribe from"))
        return
    gone = [name for name in _MUST_BE_COVERED if received.value(name) is None]
    if gone:
        yield fault(
            say("{headers} is not in the message", headers=", ".join(gone)),
            say("see what takes it away: a provider may need it set in its own way"),
        )
        return
    sound = [each for each in verified if each.standing is not SignatureStanding.NO_KEY] or verified
    best = min((_uncovered(each) for each in sound), key=len, default=_MUST_BE_COVERED)
    if not best:
        yield fine(say("List-Unsubscribe and List-Unsubscribe-Post are signed"))
        return
    yield fault(
        say(
            "{headers} is not covered by the signature (h=), so receivers show no button",
            headers=", ".join(best),
        ),
        say("let the signer cover it, or sign here: {command}", command="newsroom dkim new"),
    )


def _uncovered(each: Verified) -> tuple[str, ...]:
    return tuple(name for name in _MUST_BE_COVERED if name.lower() not in each.signature.covers)
