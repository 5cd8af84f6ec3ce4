"""Brevo's webhooks: developers.brevo.com/docs/transactional-webhooks."""

from newsroom.bounces.cause import Cause
from newsroom.bounces.classify import MailKind
from newsroom.bounces.hook_event import (
    HookEvent,
    Json,
    bounced,
    bracketed,
    complained,
    joined,
    texts,
)

_BOUNCES = {
    "hard_bounce": Cause.GONE,
    "invalid_email": Cause.GONE,
    "soft_bounce": Cause.BUSY,
    "blocked": Cause.UNKNOWN,  # by Brevo, for what it remembers of the address
}


def events(body: Json) -> tuple[HookEvent, ...]:
    """The bounce or the complaint that a request tells of; `deferred` is still on its way.

    `id` is the webhook's own, so an event is known by its kind, message, reader and time.
    """
    kind, email, message = body.get("event"), body.get("email"), body.get("message-id")
    name = " ".join(str(each) for each in (kind, message, email, body.get("ts_event")))
    copies, ours = texts(body.get("X-Mailin-custom")), bracketed(message)
    if kind == "spam":
        return (HookEvent(name, MailKind.COMPLAINT, complained(email), copies, ours),)
    if isinstance(kind, str) and kind in _BOUNCES:
        told = bounced(email, joined(body.get("reason")), _BOUNCES[kind])
        return (HookEvent(name, MailKind.BOUNCE, told, copies, ours),)
    return ()
