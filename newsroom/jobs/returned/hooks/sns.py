"""Amazon's notices, which come in messages of SNS that are signed with an X.509 certificate.

By docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html: only the second version
of the signature (SHA-256), only a certificate from an SNS host, only our own topics. Anybody may
have a topic of their own that Amazon signs just as well, so the topic is what proves most.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from newsroom.bounces.hook_event import HookEvent, Json, joined
from newsroom.bounces.hooks import ses
from newsroom.jobs.returned.hooks.call import Call, json_object
from newsroom.jobs.returned.hooks.seals import stale
from newsroom.model.saying import Saying, say

_NOTICE, _INVITATION = "Notification", "SubscriptionConfirmation"
_SIGNED = {  # the fields that a signature covers, in their order
    _NOTICE: ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    _INVITATION: (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
_SIGNED["UnsubscribeConfirmation"] = _SIGNED[_INVITATION]
_MAY_BE_ABSENT = {"Subject"}
_CERTIFICATE = re.compile(r"https://[^/?#]+/[\w.-]+\.pem")  # what else SNS answers is not one
_WINDOW = timedelta(hours=1)  # SNS tries for a while, with the time of the first try


class SnsHost(Protocol):
    """Amazon's end."""

    def is_address(self, url: str) -> bool:
        """Whether an address is of SNS."""

    def certificate(self, url: str) -> bytes:
        """The certificate at an address, as PEM. Raises OutsideError."""

    def confirm(self, url: str) -> None:
        """Say yes to an invitation. Raises OutsideError."""


@dataclass(frozen=True, slots=True)
class SnsHook:
    """The notices of our topics."""

    topics: Collection[str]  # their ARNs
    host: SnsHost

    def why_not(self, call: Call, now: datetime) -> Saying | None:
        """Why the request is not believed. Raises OutsideError when the certificate is away."""
        body = json_object(call.body)
        if joined(body.get("TopicArn")) not in self.topics:
            return say("it is of a topic that is not ours")
        signed, url = _signed_text(body), joined(body.get("SigningCertURL"))
        if signed is None or body.get("SignatureVersion") != "2":
            return say("it is not signed by the second version of the scheme")
        if not (_CERTIFICATE.fullmatch(url) and self.host.is_address(url)):
            return say("its certificate is not from an SNS host of Amazon's")
        if not _is_signed(self.host.certificate(url), signed, joined(body.get("Signature")), now):
            return say("its signature is wrong")
        time = _time_of(body)
        return say("it is not signed with a time") if time is None else stale(time, now, _WINDOW)

    def events(self, call: Call) -> tuple[HookEvent, ...]:
        """What a notice tells of; an invitation to our own topic is accepted on the way."""
        body = json_object(call.body)
        if body.get("Type") == _INVITATION and self._is_to_ours(joined(body.get("SubscribeURL"))):
            self.host.confirm(joined(body.get("SubscribeURL")))
        if body.get("Type") != _NOTICE:
            return ()
        return ses.events(json_object(joined(body.get("Message"))))

    def _is_to_ours(self, url: str) -> bool:
        asked = parse_qs(urlsplit(url).query)
        return (
            self.host.is_address(url)
            and asked.get("Action") == ["ConfirmSubscription"]
            and any(asked.get("TopicArn") == [topic] for topic in self.topics)
        )


def _signed_text(body: Json) -> bytes | None:
    """What the signature is of: each field's name and value, on lines of their own."""
    lines: list[str] = []
    for name in _SIGNED.get(joined(body.get("Type")), ()):
        value = body.get(name)
        if isinstance(value, str):
            lines += (name, value)
        elif name not in _MAY_BE_ABSENT or value is not None:
            return None
    return (
        "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass") if lines else None
    )


def _is_signed(pem: bytes, signed: bytes, signature: str, now: datetime) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509 import load_pem_x509_certificate

    try:
        certificate = load_pem_x509_certificate(pem)
        key, given = certificate.public_key(), b64decode(signature, validate=True)
        if not isinstance(key, RSAPublicKey):
            return False
        key.verify(given, signed, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _time_of(body: Json) -> datetime | None:
    try:
        time = datetime.fromisoformat(joined(body.get("Timestamp")))
    except ValueError:
        return None
    return time if time.tzinfo else None
