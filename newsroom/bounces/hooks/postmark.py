"""Postmark's webhooks: postmarkapp.com/developer/webhooks/bounce-webhook, /spam-complaint-webhook.

Postmark gives no header of the message back, but the metadata that was sent along.
"""

from newsroom.bounces.cause import Cause
from newsroom.bounces.classify import MailKind
from newsroom.bounces.hook_event import (
    COPY,
    HookEvent,
    Json,
    bounced,
    complained,
    joined,
    texts,
    within,
)

# By /developer/api/bounce-api#bounce-types; a type that is not here is no bounce.
_TYPES = {
    "HardBounce": Cause.GONE,
    "BadEmailAddress": Cause.GONE,
    "SoftBounce": Cause.BUSY,
    "Transient": Cause.BUSY,
    "DnsError": Cause.BROKEN,
    "Blocked": Cause.DISTRUST,
    "SpamNotification": Cause.DISTRUST,
    "DMARCPolicy": Cause.DISTRUST,
    "VirusNotification": Cause.CONTENT,
    "ManuallyDeactivated": Cause.CLOSED,
    "Unknown": Cause.UNKNOWN,
}


def events(body: Json) -> tuple[HookEvent, ...]:
    """The bounce or the complaint that a request tells of."""
    copies = texts(within(body, "Metadata", COPY))
    number = f"{body.get('RecordType')} {body.get('ID')}"
    match body:
        case {"RecordType": "SpamComplaint", "Email": email}:
            return (HookEvent(number, MailKind.COMPLAINT, complained(email), copies),)
        case {"RecordType": "Bounce", "Type": str(kind), "Email": email} if kind in _TYPES:
            told = bounced(email, joined(body.get("Details")), _TYPES[kind])
            return (HookEvent(number, MailKind.BOUNCE, told, copies),)
        case _:
            return ()
