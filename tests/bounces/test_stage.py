"""At which point a server refused, in the words of the systems that tell of it."""

import pytest

from newsroom.bounces.stage import Stage, stage_in


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("host mx said: 550 User unknown (in reply to RCPT TO command)", Stage.RECIPIENT),
        ("SMTP error from remote mail server after RCPT TO:<a@b.example>: 550", Stage.RECIPIENT),
        (">>> RCPT To:<a@b.example>\n<<< 550 User unknown", Stage.RECIPIENT),
        ("192.0.2.1 does not like recipient.\nRemote host said: 550", Stage.RECIPIENT),
        ("The error was: 550 550 No such user (state 14).", Stage.RECIPIENT),
        ("host mx said: 550 User unknown (in reply to end of DATA command)", Stage.TEXT),
        ("SMTP error from remote mail server after end of data:", Stage.TEXT),
        ("192.0.2.1 failed after I sent the message.", Stage.TEXT),
        (">>> DATA\n<<< 550 Unknown user\n554 5.0.0 Service unavailable", Stage.TEXT),
        (">>> DATA\n<<< 550 5.1.1 User unknown\n<<< 503 5.0.0 Need RCPT", Stage.NOT_SAID),
        ("550 User unknown", Stage.NOT_SAID),
    ],
)
def test_what_a_server_was_asked_when_it_refused(words: str, stage: Stage) -> None:
    """Mail systems say, each in its own words, whether the recipient or the text was refused."""
    assert stage_in(words) is stage
