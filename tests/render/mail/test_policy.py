import email
from email import policy
from email.message import EmailMessage

import pytest

from newsroom.render.mail.policy import POLICY


@pytest.mark.parametrize(
    "name", ["List-Unsubscribe", "list-id", "Message-ID", "Feedback-ID", "Precedence"]
)
@pytest.mark.parametrize("length", [10, 60, 78, 200, 300])
def test_plain_headers_are_never_encoded(name: str, length: int) -> None:
    """A long word in a header of addresses stays as it is."""
    message = EmailMessage(policy=POLICY)
    message[name] = f"<{'x' * length}@example.se>"

    written = message.as_bytes()

    assert f"{name}: <{'x' * length}@example.se>\r\n".encode() in written
    assert email.message_from_bytes(written, policy=policy.default)[name] == message[name]


def test_long_lists_are_broken_after_commas() -> None:
    """Several addresses stand on lines of their own."""
    message = EmailMessage(policy=POLICY)
    message["List-Unsubscribe"] = f"<https://example.se/{'x' * 60}>, <mailto:a@example.se>"

    assert b"x>,\r\n <mailto:a@example.se>\r\n" in message.as_bytes()


def test_short_lists_stay_on_their_line() -> None:
    """What fits is not broken."""
    message = EmailMessage(policy=POLICY)
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"

    assert b"X-Auto-Response-Suppress: OOF, AutoReply\r\n" in message.as_bytes()


def test_plain_headers_refuse_other_letters() -> None:
    """What would have to be encoded in such a header is an error, not an encoding."""
    message = EmailMessage(policy=POLICY)
    message["List-Id"] = "<åäö.example.se>"

    with pytest.raises(UnicodeEncodeError):
        message.as_bytes()


def test_other_headers_are_encoded() -> None:
    """Words for people are encoded as ever."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = "Våren"

    assert b"Subject: =?utf-8?b?VsOlcmVu?=\r\n" in message.as_bytes()


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?x?=",
        "=?utf-8?q?a=0D=0ABcc:_x@example.se?=",
        "Så =?utf-8?b?eA==?= här",
        "Ordet " * 20 + "slut",
        "x" * 300,
        "a  b\xa0c",
        "",
    ],
)
def test_subjects_are_taken_at_their_word(subject: str) -> None:
    """What looks encoded already is no code: it is read as it was written, and makes no header."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = subject

    written = message.as_bytes()

    read = email.message_from_bytes(written, policy=policy.default)
    assert read["Subject"] == subject
    assert read.keys() == ["Subject"]
    assert max(map(len, written.split(b"\r\n"))) <= 78


def test_plain_subjects_are_not_encoded() -> None:
    """A long subject of plain words is folded between them."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = "Spring is here, " * 8 + "at last"

    assert b"=?" not in message.as_bytes()
