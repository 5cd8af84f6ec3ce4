"""Brevo as the way out.

By its documents: developers.brevo.com/reference/sendtransacemail (the request and its answer),
/docs/heterogenous-versions-batch-emails (the idempotency key) and /docs/how-it-works (errors).
"""

import json
import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from html import escape
from typing import Any

from newsroom.delivery.transports.parts import Parts, take_apart
from newsroom.delivery.transports.service import Request, Said
from newsroom.model.answer import ApiAnswer
from newsroom.model.delivery import DeliveryState, Envelope, Outcome

_ABOUT_TO = re.compile(r"\bnot valid in to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brevo:
    """A Brevo account. It knows a key for a quarter of an hour at least."""

    api_key: str = field(repr=False)
    url: str = "https://api.brevo.com/v3/smtp/email"
    name: str = "Brevo"
    has_keys: bool = True

    def request(self, envelope: Envelope, message: bytes) -> Request:
        """The request for one message."""
        parts = take_apart(message)
        content: dict[str, Any] = {
            "sender": _person(parts.sender),
            "to": [{**_person(parts.to), "email": envelope.recipient}],
            "subject": parts.subject,
            "htmlContent": _html(parts),
            "textContent": parts.text,
            "headers": {**dict(parts.headers), "idempotencyKey": parts.key},
        }
        if envelope.envelope_id is not None:
            content["headers"]["X-Mailin-custom"] = envelope.envelope_id  # comes back in webhooks
        if parts.reply_to is not None:
            content["replyTo"] = _person(parts.reply_to)
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "api-key": self.api_key,
        }
        return Request(self.url, headers, json.dumps(content).encode())

    def read(self, answer: ApiAnswer) -> Said | None:
        """What Brevo says: an id, or a code and a sentence."""
        match answer.json:
            case {"messageId": str(given)} if answer.is_good:
                return Said(answer.status, None, given)
            case {"code": str(name), "message": str(words)}:
                return Said(answer.status, name, words)
            case _:
                return None

    def judge(self, said: Said) -> Outcome | None:
        """Taken; refused for the one it is to; else a matter of the account."""
        if said.name is None:
            return said.outcome(DeliveryState.ACCEPTED)
        if said.name == "duplicate_request":  # it knows the key, and does not say how that ended
            return said.outcome(DeliveryState.UNKNOWN)
        if said.name == "invalid_parameter" and _ABOUT_TO.search(said.words):
            return said.outcome(DeliveryState.REFUSED)
        return None


def _person(address: Address) -> dict[str, str]:
    named = {"name": address.display_name} if address.display_name else {}
    return {"email": address.addr_spec, **named}


def _html(parts: Parts) -> str:
    """Brevo takes no message without HTML."""
    if parts.html is not None:
        return parts.html
    return f'<pre style="white-space: pre-wrap">{escape(parts.text)}</pre>'
