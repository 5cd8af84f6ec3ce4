"""Looks at the relay before an issue: connection, login and sender, without a message."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from newsroom.delivery.transports.commands import mail_from
from newsroom.delivery.transports.connector import Connect
from newsroom.delivery.transports.conversation import Conversation
from newsroom.delivery.transports.relay import Relay
from newsroom.delivery.transports.reply import Reply
from newsroom.errors import DeliveryError
from newsroom.model.delivery import Envelope
from newsroom.model.refusal import why

_PATIENCE, _GOODBYE = 20.0, 5.0  # seconds for MAIL and RSET, and for parting


class RelayStep(StrEnum):
    """How far one comes with a relay."""

    CONNECTION = "connection"
    ENCRYPTION = "tls"
    LOGIN = "login"


class ShutError(Exception):
    """The relay lets nobody in."""

    def __init__(self, step: RelayStep, reason: str, *, may_pass: bool) -> None:
        """`may_pass` says whether it may be otherwise in a while without anybody's doing."""
        super().__init__(reason)
        self.step = step
        self.reason = reason
        self.may_pass = may_pass


@dataclass(frozen=True, slots=True)
class RelayGlance:
    """What a relay shows to somebody who is about to send."""

    relay: str
    tls: str | None  # the version; None: in clear
    certificate_ends: datetime | None  # aware
    features: Mapping[str, str]  # extensions by name in small letters, with what follows them
    user: str | None  # who logged in; nobody, where it asks for nothing
    sender: str  # the one it was told
    reply: Reply  # to that sender


def look_at(relay: Relay, connect: Connect, sender: str, size: int) -> RelayGlance:
    """Connect, secure, log in, say MAIL FROM for a message of so many bytes, take it back, leave.

    Raises ShutError when one does not come so far.
    """
    try:
        smtp = connect(relay)
    except DeliveryError as error:
        raise ShutError(_step(error), error.sentence, may_pass=False) from error
    except OSError as error:
        raise ShutError(RelayStep.CONNECTION, why(error), may_pass=True) from error
    ends, version = _certificate(smtp.sock)
    features = {name.lower(): words for name, words in smtp.esmtp_features.items()}
    try:
        talk = Conversation(smtp)
        talk.allow(_PATIENCE)
        command = mail_from(Envelope(sender, ""), size, talk.announces)
        reply = next(iter(talk.exchange([command])))
        for _ in talk.exchange(["RSET"]):
            pass
        talk.part(_GOODBYE)
    except OSError as error:
        smtp.close()
        raise ShutError(RelayStep.CONNECTION, why(error), may_pass=True) from error
    return RelayGlance(str(relay), version, ends, features, relay.user, sender, reply)


def _step(error: DeliveryError) -> RelayStep:
    """Where it ended, by what lies at the bottom of it."""
    cause = error.__cause__
    if isinstance(cause, ssl.SSLError):
        return RelayStep.ENCRYPTION
    if isinstance(cause, OSError) and type(cause).__name__ == "SMTPNotSupportedError":
        return RelayStep.ENCRYPTION
    return RelayStep.LOGIN if isinstance(cause, DeliveryError) else RelayStep.CONNECTION


def _certificate(line: object) -> tuple[datetime | None, str | None]:
    """When the relay's certificate ends, and which TLS is spoken; nothing in clear."""
    if not isinstance(line, ssl.SSLSocket):
        return None, None
    certificate = line.getpeercert() or {}
    ends = certificate.get("notAfter")
    if not isinstance(ends, str):
        return None, line.version()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC), line.version()
