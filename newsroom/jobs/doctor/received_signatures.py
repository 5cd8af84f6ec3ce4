"""Whether a received message's signatures hold, whose they are, and what they cover."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.domains.alignment import Kinship, kinship
from newsroom.domains.answers import Answer, Ask, Outcome
from newsroom.domains.dkim_key import Selector, judge_key
from newsroom.jobs.doctor.received_message import Received, Signature
from newsroom.model.saying import Saying, joined, say
from newsroom.model.verdict import Check, Remark, Verdict, one_check

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # what dkimpy tells of keys and hashes is nobody's to read

_MUST_BE_COVERED = ("List-Unsubscribe", "List-Unsubscribe-Post")  # RFC 8058 section 4


class Standing(StrEnum):
    """What became of one signature."""

    HOLDS = "holds"
    BODY = "the body was changed"
    BROKEN = "it does not hold"
    NO_KEY = "its key is not there"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature, and what became of it."""

    signature: Signature
    standing: Standing
    aligned: bool | None  # with From; None where the DNS did not say
    answer: Answer


def signature_checks(ask: Ask, received: Received, own: Sequence[Selector]) -> Iterator[Check]:
    """Every check of the signatures; `own` are the keys that mail is signed with here."""
    family = kinship(ask, received.author_domain)
    verified = [_verify(ask, received, each, family, own) for each in received.signatures]
    yield one_check("mail-dkim", tuple(_hold(received, verified)))
    yield one_check("mail-keys", tuple(_keys(ask, verified, own)))
    yield one_check("mail-signed-headers", tuple(_cover(received, verified)))
    yield one_check("mail-alignment", tuple(_aligned(received, verified, family)))


def _verify(
    ask: Ask,
    received: Received,
    signature: Signature,
    family: Kinship,
    own: Sequence[Selector],
) -> Verified:
    """Verify one signature with the key in the DNS, or with our own where the DNS is silent."""
    name = f"{signature.selector}._domainkey.{signature.domain}"
    answer = ask(name, "TXT")
    ours = next((key.record for key in own if key.record_name == name and key.record), None)
    key = answer.records[0] if answer.outcome is Outcome.FOUND else None
    if not answer.is_known and ours:
        key = ours
    aligned = family.has(signature.domain, strict=family.strict_dkim)
    if key is None:
        unknown = Standing.NO_KEY if answer.is_known else Standing.UNKNOWN
        return Verified(signature, unknown, aligned, answer)
    return Verified(signature, _standing(received.raw, signature.number, key), aligned, answer)


def _standing(raw: bytes, number: int, key: str) -> Standing:
    import dkim

    try:
        message = dkim.DKIM(raw, logger=log, minkey=0)
        holds = message.verify(number, dnsfunc=lambda _name, **_: key.encode())
    except dkim.ValidationError as error:
        return Standing.BODY if "body hash" in str(error) else Standing.BROKEN
    except (dkim.DKIMException, ValueError, KeyError, IndexError):  # forged ones are of any shape
        return Standing.BROKEN
    return Standing.HOLDS if holds else Standing.BROKEN


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
    passed_there, weight = _passed(received, "dkim"), _weight(verified)
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


def _aligned(received: Received, verified: Sequence[Verified], family: Kinship) -> Iterator[Remark]:
    """Whether what speaks for the message is of the same organisation as From."""
    author = received.author_domain
    if any(each.aligned for each in verified):
        yield Remark(Verdict.OK, say("signed for {author}", author=author))
    elif any(each.aligned is None for each in verified):
        yield Remark(
            Verdict.UNKNOWN,
            say("whether the signer belongs to {author} the DNS did not say", author=author),
            say("try again later"),
        )
    else:
        signers = ", ".join(each.signature.domain for each in verified) or "-"
        yield Remark(
            Verdict.FAIL,
            say(
                "signed by {signers}, which is not of the same organisation as {author}",
                signers=signers,
                author=author,
            ),
            say("verify {author} at your provider, so that it signs for it", author=author),
        )
    yield from _on_arrival(received, family)


def _on_arrival(received: Received, family: Kinship) -> Iterator[Remark]:
    """What the receiver found: the newest Authentication-Results."""
    found = received.results()
    if found is None:
        return
    judge, results = found
    told: list[Saying] = [
        say("{method} {result}", method=method.upper(), result=result)
        for method, result, _ in results
        if method in {"spf", "dkim", "dmarc"}
    ]
    if not told:
        return
    failed = [method for method, result, _ in results if method == "dmarc" and result == "fail"]
    detail = say("{judge} found: {results}", judge=judge, results=joined(", ", told))
    if failed:
        yield Remark(
            Verdict.FAIL,
            detail,
            say("let SPF or DKIM speak for {author}", author=family.author.start),
        )
    else:
        yield Remark(Verdict.OK, detail)


def _passed(received: Received, method: str) -> bool:
    found = received.results()
    return found is not None and any(
        name == method and result == "pass" for name, result, _ in found[1]
    )
