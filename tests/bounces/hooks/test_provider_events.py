"""What each provider's webhook says, in the shapes that its documents show."""

from collections.abc import Callable, Mapping

import pytest

from newsroom.bounces.classify import MailKind
from newsroom.bounces.hook_event import HookEvent, Json
from newsroom.bounces.hooks import brevo, generic, postmark, resend, ses

ASA = "asa@kommun.example"
TOKEN = "a" * 32
OURS = "<2026-var.1@news.example.se>"
GONE = "smtp;550 5.1.1 The email account that you tried to reach does not exist"

POSTMARK: Json = {
    "RecordType": "Bounce",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Metadata": {"copy": TOKEN},
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Description": "The server was unable to deliver your message (ex: unknown user).",
    "Details": GONE,
    "Email": ASA,
    "MessageStream": "broadcast",
}
BREVO: Json = {
    "event": "hard_bounce",
    "email": ASA,
    "id": 26224,
    "ts_event": 1604933654,
    "message-id": OURS,
    "X-Mailin-custom": TOKEN,
    "reason": GONE,
}
SES: Json = {
    "notificationType": "Bounce",
    "bounce": {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [
            {"emailAddress": ASA, "action": "failed", "status": "5.1.1", "diagnosticCode": GONE}
        ],
        "feedbackId": "00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000",
    },
    "mail": {
        "messageId": "00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-000000",
        "source": f"studs+{TOKEN}@example.se",
        "tags": {"copy": [TOKEN]},
        "headers": [{"name": "Message-ID", "value": OURS}],
        "commonHeaders": {"messageId": OURS},
    },
}
RESEND: Json = {
    "type": "email.bounced",
    "created_at": "2026-11-22T23:41:12.126Z",
    "data": {
        "email_id": "56761188-7520-42d8-8898-ff6fc54ce618",
        "to": [ASA],
        "tags": {"copy": TOKEN},
        "headers": [{"name": "Message-ID", "value": OURS}],
        "bounce": {
            "message": "The recipient's mail server said no.",
            "subType": "General",
            "type": "Permanent",
            "diagnosticCode": [GONE],
        },
    },
}
GENERIC: Json = {
    "id": "1",
    "kind": "bounce",
    "email": ASA,
    "words": GONE,
    "message_id": OURS,
    "envelope_id": TOKEN,
}
READERS: Mapping[str, Callable[[Json], tuple[HookEvent, ...]]] = {
    "postmark": postmark.events,
    "brevo": brevo.events,
    "ses": ses.events,
    "resend": resend.events,
    "generic": generic.events,
}
BOUNCES = {
    "postmark": POSTMARK,
    "brevo": BREVO,
    "ses": SES,
    "resend": RESEND,
    "generic": GENERIC,
}
COMPLAINTS: Mapping[str, Json] = {
    "postmark": {**POSTMARK, "RecordType": "SpamComplaint", "Type": "SpamComplaint"},
    "brevo": {**BREVO, "event": "spam"},
    "ses": {
        **SES,
        "notificationType": "Complaint",
        "complaint": {
            "complainedRecipients": [{"emailAddress": ASA}],
            "complaintFeedbackType": "abuse",
            "feedbackId": "1",
        },
    },
    "resend": {**RESEND, "type": "email.complained"},
    "generic": {**GENERIC, "kind": "complaint"},
}


@pytest.mark.parametrize("name", READERS)
def test_a_bounce(name: str) -> None:
    """The reader, why, and the id of the copy that was sent along are read."""
    (event,) = READERS[name](BOUNCES[name])

    assert (event.kind, event.told.email, event.told.cause) == (MailKind.BOUNCE, ASA, "gone")
    assert event.told.status == "5.1.1"
    assert event.envelope_ids == (TOKEN,)


@pytest.mark.parametrize("name", READERS)
def test_a_complaint(name: str) -> None:
    """A reader who called our mail spam is named, with the copy."""
    (event,) = READERS[name](COMPLAINTS[name])

    assert (event.kind, event.told.email) == (MailKind.COMPLAINT, ASA)
    assert event.envelope_ids == (TOKEN,)


@pytest.mark.parametrize("name", ["brevo", "ses", "resend", "generic"])
def test_our_message_id_comes_back(name: str) -> None:
    """Where a provider gives headers back, the Message-ID is among the traces."""
    (event,) = READERS[name](BOUNCES[name])

    assert OURS in event.message_ids


@pytest.mark.parametrize("name", READERS)
def test_each_event_has_a_name_of_its_own(name: str) -> None:
    """The same event told again has the same id, and a complaint about the message another."""
    first, again, other = (
        READERS[name](body)[0].id for body in (BOUNCES[name], BOUNCES[name], COMPLAINTS[name])
    )

    assert first == again
    assert name == "generic" or first != other


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"RecordType": "Delivery", "event": "delivered", "type": "email.delivered", "id": 1},
        {"RecordType": "Open", "event": "opened", "type": "email.opened"},
        {"eventType": "Send", "mail": {}},
        {"notificationType": "Bounce", "bounce": "x", "RecordType": ["Bounce"], "event": {}},
        {"notificationType": "Bounce", "bounce": {"bouncedRecipients": [1]}, "mail": []},
        {"RecordType": "Bounce", "Type": "AutoResponder", "Email": ASA},
        {"RecordType": "Bounce", "Type": "Subscribe", "Email": ASA},
        {"event": "deferred", "email": ASA},
    ],
)
def test_what_is_no_bounce_is_nothing(name: str, body: Json) -> None:
    """Deliveries, openings, answers by programs, delays and nonsense come to nothing."""
    assert READERS[name](body) == ()


@pytest.mark.parametrize(
    ("name", "changed", "cause"),
    [
        ("postmark", {"Details": "", "Type": "HardBounce"}, "gone"),
        ("postmark", {"Details": "", "Type": "SoftBounce"}, "busy"),
        ("postmark", {"Details": "smtp;552 5.2.2 Mailbox full", "Type": "SoftBounce"}, "full"),
        ("postmark", {"Details": "550 User unknown", "Type": "Transient"}, "busy"),
        ("postmark", {"Details": "smtp;554 5.7.1 blocked, spam", "Type": "HardBounce"}, "distrust"),
        ("postmark", {"Details": "", "Type": "DMARCPolicy"}, "distrust"),
        ("postmark", {"Details": "", "Type": "Unknown"}, "unknown"),
        ("brevo", {"event": "soft_bounce", "reason": ""}, "busy"),
        ("brevo", {"event": "invalid_email", "reason": ""}, "gone"),
        ("brevo", {"event": "blocked", "reason": ""}, "unknown"),
    ],
)
def test_the_servers_words_before_the_providers(name: str, changed: Json, cause: str) -> None:
    """A refusal of us is one, though the provider files it under hard; its class is the last word.

    Who goes on trying knows better than a reply that calls the user unknown.
    """
    (event,) = READERS[name]({**BOUNCES[name], **changed})

    assert event.told.cause == cause


@pytest.mark.parametrize(
    ("kind", "subtype", "cause"),
    [
        ("Permanent", "General", "gone"),
        ("Permanent", "OnAccountSuppressionList", "gone"),
        ("Transient", "MailboxFull", "full"),
        ("Transient", "MessageTooLarge", "content"),
        ("Transient", "General", "busy"),
        ("Undetermined", "Undetermined", "unknown"),
    ],
)
def test_amazon_and_resend_class_what_has_no_words(kind: str, subtype: str, cause: str) -> None:
    """Without a diagnostic the types of the notice say why."""
    said = {"bounceType": kind, "bounceSubType": subtype}
    bounce = {**said, "bouncedRecipients": [{"emailAddress": ASA}], "feedbackId": "1"}
    (event,) = ses.events({**SES, "bounce": bounce})

    assert event.told.cause == cause
    if subtype != "OnAccountSuppressionList":
        data = {"to": [ASA], "bounce": {"type": kind, "subType": subtype}}
        (event,) = resend.events({"type": "email.bounced", "data": data})
        assert event.told.cause == cause


def test_a_notice_of_several_readers() -> None:
    """Each recipient that SES names is an event of its own."""
    listed = [{"emailAddress": ASA}, {"emailAddress": "Bo <bo@kommun.example>"}]
    bounce = {"bounceType": "Permanent", "bouncedRecipients": listed, "feedbackId": "1"}

    events = ses.events({"eventType": "Bounce", "bounce": bounce})

    assert [event.told.email for event in events] == [ASA, "bo@kommun.example"]
    assert len({event.id for event in events}) == 2
