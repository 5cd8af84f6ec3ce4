"""Signs that a database will not have, in what anybody may send us."""

import json
from functools import partial

import pytest
from sqlalchemy import Engine

from newsroom.bounces.hooks import brevo, generic, postmark, resend, ses
from newsroom.jobs.returned.bounce import Handling, take_in
from newsroom.jobs.returned.hooks.take import take_events
from tests.bounces.hooks.test_provider_events import BREVO, GENERIC, POSTMARK, RESEND, SES
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import ASA, KEYS, came_back, freeze_issues, message_id, on_record

STRANGE = ["\0", "\x1b[2J", "\ufffe", "å\u0301", "\u202e", "😀"]
READERS = {
    "brevo": (brevo.events, BREVO),
    "generic": (generic.events, GENERIC),
    "postmark": (postmark.events, POSTMARK),
    "resend": (resend.events, RESEND),
    "ses": (ses.events, SES),
}


@pytest.mark.parametrize("sign", STRANGE)
def test_in_a_mail(either_database: Engine, sign: str) -> None:
    """A bounce with strange signs in its words and ids is dealt with, not read for ever."""
    freeze_issues(either_database, "2026-var")
    ours = message_id(either_database)
    message = came_back(message_id=f"<{sign}@x.example>\nX-A: b", words=f"gone {sign}")
    message += f"\nMessage-ID: {ours}\nMessage-ID: <a{sign}b@x.example>\n".encode()

    handled = take_in(either_database, KEYS, message, NOW)

    assert handled.what is Handling.BOUNCED
    assert on_record(either_database) == [("2026-var", ASA, "hard")]


@pytest.mark.parametrize("name", READERS)
def test_in_a_webhook(either_database: Engine, name: str) -> None:
    """Whatever signs stand in every text of an event, it is put on record or left, never raised."""
    read, body = READERS[name]
    for sign in (*STRANGE, "\ud800"):
        strange = json.loads(json.dumps(body), object_hook=partial(_with, sign=sign))
        for key in ("event", "type", "kind", "RecordType", "Type", "notificationType"):
            if key in body:
                strange[key] = body[key]

        take_events(either_database, KEYS, name, read(strange), NOW)


def _with(known: dict[str, object], *, sign: str) -> dict[str, object]:
    """An object whose texts end with a sign."""
    return {
        key: f"{value}{sign}" if isinstance(value, str) else value for key, value in known.items()
    }
