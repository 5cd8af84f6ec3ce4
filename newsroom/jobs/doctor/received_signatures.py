"""Whether a received message's signatures hold, whose they are, and what they cover."""

from collections.abc import Iterator, Sequence

from newsroom.domains.alignment import kinship
from newsroom.domains.answers import Ask
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.jobs.doctor.received_alignment import judge_alignment, passed_on_arrival
from newsroom.jobs.doctor.received_message import Received, Signature
from newsroom.jobs.doctor.verified import Standing, Verified, verify
from newsroom.model.saying import say
from newsroom.model.verdict import Check, Remark, Verdict, one_check

_MUST_BE_COVERED = ("List-Unsubscribe", "List-Unsubscribe-Post")  # RFC 8058 section 4


def signature_checks(ask: Ask, received: Received, own: Sequence[Selector]) -> Iterator[Check]:
    """Every check of the signatures; `own` are the keys that mail is signed with here."""
    family = kinship(ask, received.author_domain)
    verified = [verify(ask, received, each, family, own) for each in received.signatures]
    yield one_check("mail-dkim", tuple(_hold(received, verified)))
    yield one_check("mail-keys", tuple(_keys(ask, verified, own)))
    yield one_check("mail-signed-headers", tuple(_cover(received, verified)))
    yield one_check("mail-alignment", tuple(judge_alignment(received, verified, family)))


def _hold(received: Received, verified: Sequence[Verified]) -> Iterator[Remark]:
    """Whether a signature shows that the message is as it was sent."""
    if not verified:
        yield Remark(
            Verdict.FAIL,
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
    if each.standing is Standing.HOLDS:
        return Remark(Verdict.OK, say("the signature of {name} holds", name=name))
    if each.standing is Standing.BODY:
        return Remark(
            Verdict.OK,
            say(
                "the signature of {name} held when the message arrived; what looked at it "
                "afterwards changed it",
                name=name,
            ),
        )
    if each.standing is Standing.UNKNOWN:
        return Remark(
            Verdict.OK, say("the receiver found that the signature of {name} holds", name=name)
        )
    return _told(each, Verdict.WARN)


def _told(each: Verified, weight: Verdict) -> Remark:
    """What there is to say of one signature."""
    name = each.signature.name
    match each.standing:
        case Standing.HOLDS:
            return Remark(Verdict.OK, say("the signature of {name} holds", name=name))
        case Standing.UNKNOWN:
            return Remark(Verdict.UNKNOWN, each.answer.why_unknown, say("try again later"))
        case Standing.NO_KEY:
            return Remark(
                weight,
                say("there is no key for the signature of {name}", name=name),
                say("publish the key at {name}", name=each.answer.name),
            )
        case Standing.BODY:
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
        yield Remark(
            Verdict.FAIL,
            say("{name} signs with SHA-1, which nobody counts (RFC 8301)", name=signature.name),
            say("let it sign with rsa-sha256"),
        )
    if signature.has_length:
        yield Remark(
            Verdict.FAIL,
            say(
                "the signature of {name} covers the beginning of the body only (l=)",
                name=signature.name,
            ),
            say("turn l= off where mail is signed: anybody may add to such a message"),
        )


def _weight(verified: Sequence[Verified]) -> Verdict:
    """How bad a broken signature is: beside an aligned one that holds, a warning."""
    good = any(each.standing is Standing.HOLDS and each.aligned for each in verified)
    return Verdict.WARN if good else Verdict.FAIL


def _keys(ask: Ask, verified: Sequence[Verified], own: Sequence[Selector]) -> Iterator[Remark]:
    """The keys that the message was signed with, as they stand in the DNS."""
    known = {each.record_name: each for each in own}
    for each in verified:
        signature = each.signature
        selector = Selector(signature.selector, signature.domain)
        yield from judge_key(ask, known.get(selector.record_name, selector))
    if not verified:
        yield Remark(Verdict.UNKNOWN, say("there is no signature, and so no key"))


def _cover(received: Received, verified: Sequence[Verified]) -> Iterator[Remark]:
    """Where one of the two headers is not covered no receiver shows the button (RFC 8058, 4)."""
    if not received.is_newsletter and received.value("List-Unsubscribe") is None:
        yield Remark(Verdict.OK, say("a mail of its own kind, which nobody can unsubscribe from"))
        return
    gone = [name for name in _MUST_BE_COVERED if received.value(name) is None]
    if gone:
        yield Remark(
            Verdict.FAIL,
            say("{headers} is not in the message", headers=", ".join(gone)),
            say("see what takes it away: a provider may need it set in its own way"),
        )
        return
    sound = [each for each in verified if each.standing is not Standing.NO_KEY] or verified
    best = min((_uncovered(each) for each in sound), key=len, default=_MUST_BE_COVERED)
    if not best:
        yield Remark(Verdict.OK, say("List-Unsubscribe and List-Unsubscribe-Post are signed"))
        return
    yield Remark(
        Verdict.FAIL,
        say(
            "{headers} is not covered by the signature (h=), so receivers show no button",
            headers=", ".join(best),
        ),
        say("let the signer cover it, or sign here: {command}", command="newsroom dkim new"),
    )


def _uncovered(each: Verified) -> tuple[str, ...]:
    return tuple(name for name in _MUST_BE_COVERED if name.lower() not in each.signature.covers)
