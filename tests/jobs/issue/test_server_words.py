"""What a mail server answered, as a person reads it."""

import pytest

from newsroom.jobs.issue.server_words import in_plain_words
from newsroom.model.saying import say


@pytest.mark.parametrize(
    ("code", "reason", "told"),
    [
        ("550 5.1.1", "5.1.1 User unknown", "no such address (550 5.1.1 User unknown)"),
        ("552 5.2.2", "mailbox full", "the mailbox is full (552 5.2.2 mailbox full)"),
        (
            "550 5.7.1",
            "5.7.1 Message blocked",
            "refused for what we are (550 5.7.1 Message blocked)",
        ),
        ("554", "no", "554 no"),
        ("599", None, "599"),
        (None, say("has left the list"), "has left the list"),
        ("452 4.2.2", say("expired: {reason}", reason="full"), "452 4.2.2: expired: full"),
        (None, None, None),
    ],
)
def test_meaning_first(code: str | None, reason: str | None, told: str | None) -> None:
    """What an answer means comes first, then the server's words, with its code once."""
    assert in_plain_words(code, reason) == told
