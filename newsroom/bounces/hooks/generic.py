"""A webhook of one's own, for a mail system that has none which newsroom knows.

`{"id": "…", "kind": "bounce", "email": "…", "words": "550 5.1.1 …", "message_id": "<…>"}`, where
`kind` may be `complaint`, and `envelope_id` or `return_address` may stand for `message_id`.
"""

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


def events(body: Json) -> tuple[HookEvent, ...]:
    """The bounce or the complaint that a request tells of."""
    kind, email = body.get("kind"), body.get("email")
    known = isinstance(kind, str) and kind in {MailKind.BOUNCE, MailKind.COMPLAINT}
    if not known or not texts(body.get("id")):
        return ()
    is_bounce = kind == MailKind.BOUNCE
    return (
        HookEvent(
            id=str(body["id"]),
            kind=MailKind.BOUNCE if is_bounce else MailKind.COMPLAINT,
            told=bounced(email, joined(body.get("words"))) if is_bounce else complained(email),
            envelope_ids=texts(body.get("envelope_id")),
            message_ids=bracketed(body.get("message_id")),
            return_addresses=texts(body.get("return_address")),
        ),
    )
