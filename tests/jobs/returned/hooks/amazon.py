"""An SNS that signs with a certificate of its own, as Amazon's documents say it does."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import CertificateBuilder, Name, NameAttribute, random_serial_number
from cryptography.x509.oid import NameOID

from newsroom.errors import OutsideError
from newsroom.outside.mail.sns import Sns
from tests.delivery.sample_ledger import NOW

TOPIC = "arn:aws:sns:eu-north-1:123456789012:studsar"
CERTIFICATE_URL = "https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-1.pem"
SUBSCRIBE_URL = (
    "https://sns.eu-north-1.amazonaws.com/?Action=ConfirmSubscription"
    f"&TopicArn={TOPIC}&Token=2336412f37"
)


@cache
def key() -> RSAPrivateKey:
    """Amazon's key; making one takes a while."""
    return generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(days: int = 365) -> bytes:
    """Its certificate, good from last year on; a day ago it may have run out."""
    name = Name([NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key().public_key())
        .serial_number(random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days))
        .sign(key(), SHA256())
    )
    return made.public_bytes(Encoding.PEM)


def notice(content: object, *, at: datetime = NOW, **changed: object) -> dict[str, Any]:
    """A signed message of the topic; what is changed is changed before it is signed."""
    return signed(
        {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": TOPIC,
            "Subject": "Amazon SES Email Event Notification",
            "Message": json.dumps(content),
            "Timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.655Z",
            **changed,
        }
    )


def invitation(url: str = SUBSCRIBE_URL) -> dict[str, Any]:
    """What SNS asks when somebody has made us a subscriber."""
    return signed(
        {
            "Type": "SubscriptionConfirmation",
            "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
            "Token": "2336412f37",
            "TopicArn": TOPIC,
            "Message": "You have chosen to subscribe to the topic. To confirm, visit the address.",
            "SubscribeURL": url,
            "Timestamp": f"{NOW:%Y-%m-%dT%H:%M:%S}.575Z",
        }
    )


def signed(body: dict[str, Any]) -> dict[str, Any]:
    """A message with Amazon's signature: over its own fields, in the order of the alphabet."""
    fields = sorted(name for name, value in body.items() if value is not None)
    text = "".join(f"{name}\n{body[name]}\n" for name in fields).encode()
    return {
        **body,
        "SignatureVersion": "2",
        "Signature": b64encode(key().sign(text, PKCS1v15(), SHA256())).decode(),
        "SigningCertURL": CERTIFICATE_URL,
    }


@dataclass
class FakeAmazon:
    """Amazon's end: what it was asked; the rule for its addresses is the real one."""

    pem: bytes = b""
    away: bool = False
    asked: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)

    def is_address(self, url: str) -> bool:
        """Whether an address is of SNS."""
        return Sns(_nobody).is_address(url)

    def certificate(self, url: str) -> bytes:
        """Its certificate."""
        self.asked.append(url)
        if self.away:
            raise OutsideError("sns.eu-north-1.amazonaws.com: answered 503")
        return self.pem or certificate()

    def confirm(self, url: str) -> None:
        """Take a yes."""
        self.confirmed.append(url)


def _nobody() -> Any:  # noqa: ANN401 (never called)
    raise AssertionError("the rule for addresses asks nobody")
