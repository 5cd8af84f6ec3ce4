"""Resend's webhooks: resend.com/docs/dashboard/webhooks/event-types.

Resend sends with Amazon SES, and names what came back by the types of SES.
"""

from newsroom.bounces.classify import MailKind, Returned
from newsroom.bounces.hook_event import (
    COPY,
    HookEvent,
    Json,
    bounced,
    bracketed,
    complained,
    header_values,
    joined,
    texts,
    within,
)
from newsroom.bounces.hooks.ses import presumed_cause


def events(body: Json) -> tuple[HookEvent, ...]:
    """The bounce or the complaint that a request tells of."""
    kind, data = body.get("type"), body.get("data")
    email = next(iter(texts(within(data, "to"))), None)
    name = f"{kind} {within(data, 'email_id')}"
    copies = _tagged(within(data, "tags"))
    ours = bracketed(
        within(data, "message_id"), *header_values(within(data, "headers"), "message-id")
    )
    if kind == "email.complained":
        return (HookEvent(name, MailKind.COMPLAINT, complained(email), copies, ours),)
    if kind == "email.bounced":
        told = _bounced(email, within(data, "bounce"))
        return (HookEvent(name, MailKind.BOUNCE, told, copies, ours),)
    return ()


def _bounced(email: str | None, said: object) -> Returned:
    presumed = presumed_cause(within(said, "type"), within(said, "subType"))  # Amazon's own words
    words = joined(within(said, "diagnosticCode")) or joined(within(said, "message"))
    return bounced(email, words, presumed)


def _tagged(tags: object) -> tuple[str, ...]:
    """The tag of a copy: a webhook has tags as an object, a request as a list of pairs."""
    return texts(within(tags, COPY)) or tuple(header_values(tags, COPY))
