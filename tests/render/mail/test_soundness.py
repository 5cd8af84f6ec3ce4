"""Whether a message is one that any mail server can carry to one reader."""

import pytest

from newsroom.render.mail.soundness import unsound

SOUND = (
    b"From: brev@example.se\r\nTo: =?utf-8?q?=C3=85sa?= <asa@example.se>\r\n"
    b"Date: Tue, 02 Jun 2026 09:00:00 +0200\r\nMessage-ID: <1@example.se>\r\nSubject: Hej\r\n"
    b"List-Unsubscribe: <https://example.se/u/1>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nHej!\r\n"
)


def test_a_sound_message() -> None:
    """ASCII, CRLF, short lines, one of each header and the one reader: nothing is wrong."""
    assert unsound(SOUND, "asa@example.se") is None


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (SOUND + "Då\r\n".encode(), "not every mail server carries"),
        (SOUND + b"Hej\n", "a line end that mail does not allow"),
        (SOUND + b"Hej\rdu\r\n", "a line end that mail does not allow"),
        (SOUND + b"x" * 999 + b"\r\n", "more than 998"),
        (SOUND + b"leave-newsroom-hole\r\n", "not filled in"),
        (SOUND.replace(b"Subject: Hej\r\n", b""), "not one of each: Subject"),
        (SOUND.replace(b"Date:", b"From: x@example.se\r\nDate:"), "not one of each: From"),
        (SOUND.replace(b"asa@", b"bo@"), "addressed to bo@example.se"),
        (
            SOUND.replace(b"asa@example.se>", b"asa@example.se>, bo@example.se"),
            "asa@example.se, bo",
        ),
        (SOUND.replace(b"To: ", b"X-To: "), "addressed to -"),
    ],
)
def test_what_would_not_arrive(message: bytes, why: str) -> None:
    """Eight-bit letters, bare line ends, long lines, open holes, missing or doubled headers."""
    assert why in str(unsound(message, "asa@example.se"))


def test_a_line_of_998_octets_is_the_longest() -> None:
    """The limit itself is allowed (RFC 5322 section 2.1.1)."""
    assert unsound(SOUND + b"x" * 998 + b"\r\n", "asa@example.se") is None
