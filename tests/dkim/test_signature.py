"""A signed message, before the verifier that everybody knows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.dkim.key import Key, KeyKind, new_key, read_key
from newsroom.dkim.signature import signed
from tests.delivery.letters import letter

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
KEYS = tuple(read_key("example.se", kind.value, new_key(kind), "key.pem") for kind in KeyKind)
RSA, ED25519 = KEYS
WORDS = st.lists(
    st.sampled_from([b"a", b" ", b"\t", b"\r\n a", b"\r\n\tb", b":", b";", b"=?utf-8?q?=C3=A5?="]),
    max_size=40,
).map(b"".join)
BODIES = st.lists(
    st.sampled_from([b"a", b" ", b"  ", b"\t", b"\r\n", b"\r\n\r\n", b".", b"=C3=A5", b"x y"]),
    max_size=40,
).map(b"".join)


def verifies(message: bytes, keys: Sequence[Key] = KEYS, number: int = 0) -> bool:
    """Whether dkimpy takes a message's signature, which it counts from the top."""
    records = {f"{key.record_name}.".encode(): key.record.encode() for key in keys}
    verifier = dkim.DKIM(message)
    try:
        taken: bool = verifier.verify(number, dnsfunc=lambda name, **_: records[name])
    except dkim.ValidationError:
        return False
    return taken


def covered(message: bytes) -> list[str]:
    """The names in `h=` of a signed message."""
    field = message_from_bytes(message, EmailMessage, policy=policy.default)["DKIM-Signature"]
    [names] = [tag.strip()[2:] for tag in str(field).split(";") if tag.strip().startswith("h=")]
    return [name.strip() for name in names.split(":")]


@pytest.mark.parametrize("key", KEYS, ids=[key.kind for key in KEYS])
def test_a_letter_is_signed(key: Key) -> None:
    """A newsletter's signature holds, with either kind of key."""
    unsigned = letter()
    message = signed(unsigned, [key], NOW)

    assert verifies(message)
    assert message.endswith(b"\r\n" + unsigned)


@given(WORDS, BODIES)
def test_every_message_is_signed(words: bytes, body: bytes) -> None:
    """Whatever blanks, folds and empty lines a message has, its signatures hold."""
    head = letter(html=None).partition(b"\r\n\r\n")[0]
    message = head + b"\r\nX-Words: x" + words + b"\r\n\r\n" + body + b"\r\n"

    twice = signed(message, KEYS, NOW)

    assert verifies(twice, number=0)
    assert verifies(twice, number=1)


@given(BODIES, st.sampled_from([b"\t", b"  ", b" \t "]))
def test_what_relays_do_to_blanks(body: bytes, blanks: bytes) -> None:
    """A relay that makes other blanks of a blank, or drops empty lines, breaks nothing."""
    head = letter(html=None).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    message = signed(head + b"x y" + body + b"\r\n", [RSA], NOW)

    fields, _, rest = message.partition(b"\r\n\r\n")
    treated = fields + b"\r\n\r\n" + rest.replace(b" ", blanks) + b"\r\n\r\n"

    assert verifies(treated)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"Hej", b"Nej"),
        (b"List-Unsubscribe-Post:", b"X-Post:"),
        (b"Feedback-ID: 2026-host", b"Feedback-ID: 2026-var"),
        (b"List-Id: <newsletter", b"List-Id: <nyhetsbrev"),
        (b"Message-ID: <2026", b"Message-ID: <2025"),
    ],
)
def test_what_was_changed_on_the_way_is_seen(was: bytes, becomes: bytes) -> None:
    """A changed word, link or header breaks the signature."""
    message = signed(letter(), [RSA], NOW)
    assert was in message

    assert not verifies(message.replace(was, becomes))


@pytest.mark.parametrize(
    "added",
    [
        *(b"From: a@b.example", b"Subject: Vinn!", b"Reply-To: a@b.example", b"Cc: a@b.example"),
        *(b"List-Unsubscribe: <https://b.example>", b"Date: Tue, 01 Sep 2026 08:00:00 +0200"),
    ],
)
def test_nobody_can_add_a_second_one(added: bytes) -> None:
    """A second From, Subject or way out, over or under ours, breaks the signature."""
    message = signed(letter(), [RSA], NOW)
    head, _, body = message.partition(b"\r\n\r\n")

    assert not verifies(added + b"\r\n" + message)
    assert not verifies(head + b"\r\n" + added + b"\r\n\r\n" + body)


def test_every_header_of_ours_is_covered() -> None:
    """Both headers of the button are, as receivers demand before they show it (RFC 8058, 4)."""
    message = letter()
    names = {name.lower() for name in message_from_bytes(message)}

    assert names | {"cc"} == set(covered(signed(message, [RSA], NOW)))


def test_what_relays_write_is_not_covered() -> None:
    """A trace of the journey may come and go."""
    message = b"Received: from a by b\r\n" + signed(letter(), [RSA], NOW)

    assert "received" not in covered(message)
    assert verifies(message)


def test_lines_of_the_signature_fit() -> None:
    """No line of it is longer than mail's lines should be (RFC 5322 section 2.1.1)."""
    message = signed(letter(), KEYS, NOW)

    assert max(map(len, message.partition(b"From:")[0].split(b"\r\n"))) <= 78


def test_two_keys_sign_the_same() -> None:
    """With a second key there is a second signature, and either can be missing."""
    message = signed(letter(), KEYS, NOW)

    assert message.count(b"DKIM-Signature:") == 2
    assert verifies(message, number=0)
    assert verifies(message, number=1)
    assert verifies(signed(letter(), [ED25519], NOW))
