"""Resend as the way out.

By its documents: resend.com/docs/api-reference/emails/send-email (the request and its answer),
/docs/api-reference/errors and /docs/dashboard/emails/idempotency-keys.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from newsroom.bounces.hook_event import COPY
from newsroom.delivery.transports.parts import take_apart
from newsroom.delivery.transports.service import Request, Said
from newsroom.model.answer import ApiAnswer
from newsroom.model.delivery import DeliveryState, Envelope, Outcome

_ABOUT_TO = "Invalid `to` field"
_ON_TRIAL = "testing email address"  # the same words, when the sender's domain is not verified
# An earlier request with this key is at work, or was taken with another text.
_TAKEN_BEFORE = {"concurrent_idempotent_requests", "invalid_idempotent_request"}


@dataclass(frozen=True, slots=True)
class Resend:
    """A Resend account. It knows a key for 24 hours."""

    api_key: str = field(repr=False)
    url: str = "https://api.resend.com/emails"
    name: str = "Resend"
    has_keys: bool = True

    def request(self, envelope: Envelope, message: bytes) -> Request:
        """The request for one message."""
        parts = take_apart(message)
        content: dict[str, Any] = {
            "from": str(parts.sender),
            "to": [envelope.recipient],
            "subject": parts.subject,
            "text": parts.text,
            "headers": dict(parts.headers),
        }
        if envelope.envelope_id is not None:  # comes back in webhooks
            content["tags"] = [{"name": COPY, "value": envelope.envelope_id}]
        if parts.html is not None:
            content["html"] = parts.html
        if parts.reply_to is not None:
            content["reply_to"] = str(parts.reply_to)
        headers = {
            "Authorization": f"Bearer {self.api_key}",
            "Content-Type": "application/json",
            "Idempotency-Key": parts.key,
        }
        return Request(self.url, headers, json.dumps(content).encode())

    def read(self, answer: ApiAnswer) -> Said | None:
        """What Resend says: an id, or the name of a fault and a sentence."""
        match answer.json:
            case {"id": str(given)} if answer.is_good:
                return Said(answer.status, None, given)
            case {"name": str(name), "message": str(words)}:
                return Said(answer.status, name, words)
            case _:
                return None

    def judge(self, said: Said) -> Outcome | None:
        """Taken; still open; refused for the one it is to; else a matter of the account."""
        if said.name is None:
            return said.outcome(DeliveryState.ACCEPTED)
        if said.name in _TAKEN_BEFORE:
            return said.outcome(DeliveryState.UNKNOWN)
        if _ABOUT_TO in said.words and _ON_TRIAL not in said.words:
            return said.outcome(DeliveryState.REFUSED)
        return None
