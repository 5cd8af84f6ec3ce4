"""Amazon SES as the way out: the message's own bytes, in a request that is signed.

By its documents: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html (the request,
its answer and its errors) and /ses/latest/dg/header-fields.html (Date and Message-ID are replaced).
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsroom.bounces.hook_event import COPY
from newsroom.delivery.transports.aws_signature import Signer
from newsroom.delivery.transports.service import Request, Said
from newsroom.model.answer import ApiAnswer
from newsroom.model.delivery import DeliveryState, Envelope, Outcome

_PATH = "/v2/email/outbound-emails"
_NOT_NOW = {"LimitExceededException"}  # the day's quota is used up
_ABOUT_TO = re.compile("illegal address|missing final|local address|domain (starts|ends|contains)")


@dataclass(frozen=True, slots=True)
class Ses:
    """Amazon SES in one region."""

    signer: Signer
    clock: Callable[[], datetime]  # aware: a request is signed with its time
    url: str
    name: str = "Amazon SES"
    has_keys: bool = False

    def request(self, envelope: Envelope, message: bytes) -> Request:
        """The request for one message; what bounces goes to the envelope's sender."""
        content: dict[str, Any] = {
            "Content": {"Raw": {"Data": b64encode(message).decode()}},
            "Destination": {"ToAddresses": [envelope.recipient]},
            "FeedbackForwardingEmailAddress": envelope.sender,
        }
        if envelope.envelope_id is not None:  # comes back in notices
            content["EmailTags"] = [{"Name": COPY, "Value": envelope.envelope_id}]
        body = json.dumps(content).encode()
        headers = {"Content-Type": "application/json"}
        return Request(
            self.url, self.signer.sign("POST", self.url, headers, body, self.clock()), body
        )

    def read(self, answer: ApiAnswer) -> Said | None:
        """What SES says: an id, or in a header what is wrong and a sentence."""
        fault = answer.headers.get("x-amzn-errortype", "").partition(":")[0]
        match answer.json:
            case {"MessageId": str(given)} if answer.is_good:
                return Said(answer.status, None, given)
            case {"message": str(words)} | {"Message": str(words)} if fault:
                return Said(answer.status, fault, words)
            case _:
                return None

    def judge(self, said: Said) -> Outcome | None:
        """Taken; put off; refused for the one it is to; else a matter of the account."""
        if said.name is None:
            return said.outcome(DeliveryState.ACCEPTED)
        if said.name in _NOT_NOW:
            return said.rest()
        if said.name == "BadRequestException" and _ABOUT_TO.search(said.words.lower()):
            return said.outcome(DeliveryState.REFUSED)
        return None


def ses_url(region: str) -> str:
    """Where SES takes mail in a region such as eu-north-1."""
    return f"https://email.{region}.amazonaws.com{_PATH}"
