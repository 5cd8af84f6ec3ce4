"""Amazon SES, as its notices stand in a message of SNS.

By docs.aws.amazon.com/ses/latest/dg/notification-contents.html and, for the same under `eventType`,
/ses/latest/dg/event-publishing-retrieving-sns-contents.html.
"""

from collections.abc import Iterator

from newsroom.bounces.cause import Cause
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

_BY_SUBTYPE = {  # says more than the type
    "MailboxFull": Cause.FULL,
    "MessageTooLarge": Cause.CONTENT,
    "ContentRejected": Cause.CONTENT,
    "AttachmentRejected": Cause.CONTENT,
    "NoEmail": Cause.GONE,
    "Suppressed": Cause.GONE,  # it has bounced lately, for others too who send with SES
    "OnAccountSuppressionList": Cause.GONE,
}
_BY_TYPE = {"Permanent": Cause.GONE, "Transient": Cause.BUSY}


def events(body: Json) -> tuple[HookEvent, ...]:
    """Each recipient's bounce or complaint that a notice tells of."""
    kind = body.get("notificationType", body.get("eventType"))
    match kind, body.get("bounce"), body.get("complaint"):
        case "Bounce", dict(said), _:
            told = tuple(_bounces(said))
            return tuple(_event(body, said, MailKind.BOUNCE, one) for one in told)
        case "Complaint", _, dict(said) if said.get("complaintFeedbackType") != "not-spam":
            emails = _listed(said, "complainedRecipients")
            return tuple(
                _event(body, said, MailKind.COMPLAINT, complained(one.get("emailAddress")))
                for one in emails
            )
        case _:
            return ()


def presumed_cause(kind: object, subtype: object) -> Cause:
    """What a bounce's type and subtype stand for, where no server's own words say more."""
    return _BY_SUBTYPE.get(str(subtype), _BY_TYPE.get(str(kind), Cause.UNKNOWN))


def _bounces(said: Json) -> Iterator[Returned]:
    presumed = presumed_cause(said.get("bounceType"), said.get("bounceSubType"))
    for one in _listed(said, "bouncedRecipients"):
        words = joined(one.get("diagnosticCode")) or joined(one.get("status"))
        yield bounced(one.get("emailAddress"), words, presumed)


def _listed(said: Json, name: str) -> list[Json]:
    found = said.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _event(body: Json, said: Json, kind: MailKind, told: Returned) -> HookEvent:
    mail = body.get("mail")
    headers = within(mail, "headers")
    return HookEvent(
        id=f"{said.get('feedbackId')} {told.email}",
        kind=kind,
        told=told,
        envelope_ids=texts(within(mail, "tags", COPY)),
        message_ids=bracketed(
            *header_values(headers, "message-id"), within(mail, "commonHeaders", "messageId")
        ),
        return_addresses=texts(within(mail, "source")),
    )
