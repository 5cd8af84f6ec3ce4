"""Postmark as the way out.

By its documents: postmarkapp.com/developer/api/email-api (the request and its answer),
/developer/api/overview (status codes and error codes) and /developer/user-guide/tracking-opens.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from newsroom.bounces.hook_event import COPY
from newsroom.delivery.transports.parts import take_apart
from newsroom.delivery.transports.service import Request, Said
from newsroom.model.answer import ApiAnswer
from newsroom.model.delivery import BounceSeverity, DeliveryState, Envelope, Outcome

_TRANSACTIONAL = "outbound"  # the stream that each Postmark server has for single mails
_TAKEN, _INVALID, _INACTIVE = "0", "300", "406"
_ABOUT_TO = re.compile(r"(Invalid|Error parsing) 'To'", re.IGNORECASE)
_WILL_NOT = "will not deliver to these inactive addresses"


@dataclass(frozen=True, slots=True)
class Postmark:
    """One server of a Postmark account."""

    token: str = field(repr=False)
    stream: str  # of the newsletter: a broadcast stream
    url: str = "https://api.postmarkapp.com/email"
    name: str = "Postmark"
    has_keys: bool = False

    def request(self, envelope: Envelope, message: bytes) -> Request:
        """The request for one message, neither opens nor clicks counted."""
        parts = take_apart(message)
        # Postmark writes a Message-ID of its own unless it is asked to keep ours.
        headers = (*parts.headers, ("X-PM-KeepID", "true"))
        content: dict[str, Any] = {
            "From": str(parts.sender),
            "To": envelope.recipient,
            "Subject": parts.subject,
            "TextBody": parts.text,
            "Headers": [{"Name": name, "Value": value} for name, value in headers],
            "MessageStream": self.stream if parts.is_newsletter else _TRANSACTIONAL,
            "TrackOpens": False,
            "TrackLinks": "None",
        }
        if envelope.envelope_id is not None:
            content["Metadata"] = {COPY: envelope.envelope_id}  # comes back in webhooks
        if parts.html is not None:
            content["HtmlBody"] = parts.html
        if parts.reply_to is not None:
            content["ReplyTo"] = str(parts.reply_to)
        return Request(
            self.url,
            {
                "Accept": "application/json",
                "Content-Type": "application/json",
                "X-Postmark-Server-Token": self.token,
            },
            json.dumps(content).encode(),
        )

    def read(self, answer: ApiAnswer) -> Said | None:
        """What Postmark says: a number and a sentence, in a good answer too."""
        match answer.json:
            case {"ErrorCode": int(code), "Message": str(words)}:
                return Said(answer.status, str(code), " ".join(words.split()))
            case {"MessageID": str(), "Message": str(words)} if answer.is_good:
                return Said(answer.status, _TAKEN, words)  # "accepted, but delivery may be delayed"
            case _:
                return None

    def judge(self, said: Said) -> Outcome | None:
        """Taken, or refused for the one it is to; anything else is a matter of the account."""
        if said.name == _INACTIVE or _WILL_NOT in said.words:
            return said.outcome(DeliveryState.REFUSED, BounceSeverity.HARD)
        if said.name == _INVALID and _ABOUT_TO.match(said.words):
            return said.outcome(DeliveryState.REFUSED)
        return said.outcome(DeliveryState.ACCEPTED) if said.name == _TAKEN else None
