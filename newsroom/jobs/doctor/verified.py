"""The signatures of a received message, each verified with the key that its domain publishes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.domains.alignment import Kinship
from newsroom.domains.answers import Ask, DnsAnswer, DnsOutcome
from newsroom.domains.dkim_key import Selector
from newsroom.jobs.doctor.received_message import Received, Signature

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # what dkimpy tells of keys and hashes is nobody's to read


class SignatureStanding(StrEnum):
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
    standing: SignatureStanding
    aligned: bool | None  # with From; None where the DNS did not say
    answer: DnsAnswer


def verify(
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
    key = answer.records[0] if answer.outcome is DnsOutcome.FOUND else None
    if not answer.is_known and ours:
        key = ours
    aligned = family.has(signature.domain, strict=family.strict_dkim)
    if key is None:
        unknown = SignatureStanding.NO_KEY if answer.is_known else SignatureStanding.UNKNOWN
        return Verified(signature, unknown, aligned, answer)
    return Verified(signature, _standing(received.raw, signature.number, key), aligned, answer)


def _standing(raw: bytes, number: int, key: str) -> SignatureStanding:
    import dkim

    try:
        message = dkim.DKIM(raw, logger=log, minkey=0)
        holds = message.verify(number, dnsfunc=lambda _name, **_: key.encode())
    except dkim.ValidationError as error:
        return SignatureStanding.BODY if "body hash" in str(error) else SignatureStanding.BROKEN
    except (dkim.DKIMException, ValueError, KeyError, IndexError):  # forged ones are of any shape
        return SignatureStanding.BROKEN
    return SignatureStanding.HOLDS if holds else SignatureStanding.BROKEN
