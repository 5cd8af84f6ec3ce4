"""Passwords and signatures: what proves that a request is a provider's."""

import binascii
import hmac
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from newsroom.jobs.returned.hooks.call import Call
from newsroom.model.saying import Saying, say

WINDOW = timedelta(minutes=5)  # how far a signed time may be from ours, either way


@dataclass(frozen=True, slots=True)
class Password:
    """A name and password, or a token: for providers that sign nothing (RFC 7617, RFC 6750)."""

    secret: str = field(repr=False)  # `user:password`, or a token without a colon

    def why_not(self, call: Call, now: datetime) -> Saying | None:
        """Why the request is not believed; how long that takes does not depend on what it says."""
        del now  # a password has no time
        expected = f"Bearer {self.secret}"
        if ":" in self.secret:
            expected = f"Basic {b64encode(self.secret.encode()).decode()}"
        given = call.header("authorization")
        if hmac.compare_digest(_digest(given), _digest(expected)):
            return None
        return say("it does not bring the password")


@dataclass(frozen=True, slots=True)
class Signature:
    """The scheme of Standard Webhooks and of Svix: HMAC-SHA256 over id, time and body.

    By standardwebhooks.com, "Signature scheme". Its Python package reads the machine's clock, and
    brings an HTTP client and five more packages for these few lines.
    """

    secret: str = field(repr=False)  # `whsec_…`

    def why_not(self, call: Call, now: datetime) -> Saying | None:
        """Why the request is not believed."""
        number = call.header("webhook-id", "svix-id")
        time = call.header("webhook-timestamp", "svix-timestamp")
        given = call.header("webhook-signature", "svix-signature")
        if not (number and given and time.isascii() and time.isdigit() and len(time) <= 12):  # noqa: PLR2004 (seconds for 30,000 years)
            return say("it is not signed")
        signed = b".".join([number.encode(), time.encode(), call.body])
        expected = hmac.digest(key_of(self.secret), signed, sha256)
        if not any(hmac.compare_digest(one, expected) for one in _signatures(given)):
            return say("its signature is wrong")
        return stale(datetime.fromtimestamp(int(time), UTC), now)


def stale(said: datetime, now: datetime, window: timedelta = WINDOW) -> Saying | None:
    """Why a signed time is not believed, or None when it is near enough."""
    if abs(now - said) <= window:
        return None
    return say("it was signed at {time}, which is too far from now", time=f"{said:%Y-%m-%d %H:%M}")


def key_of(secret: str) -> bytes:
    """The key in `whsec_BASE64`. Raises ValueError for what is none."""
    return b64decode(secret.removeprefix("whsec_"), validate=True)


def _signatures(given: str) -> list[bytes]:
    """Each signature of the first version: `v1,BASE64 v1,BASE64`, while a secret is changed."""
    found = []
    for one in given.split():
        version, _, value = one.partition(",")
        if version == "v1":
            try:
                found.append(b64decode(value, validate=True))
            except (binascii.Error, ValueError):
                continue
    return found


def _digest(word: str) -> bytes:
    """Words of any length and alphabet, as something of one length that can be compared."""
    return sha256(word.encode("utf-8", "surrogatepass")).digest()
