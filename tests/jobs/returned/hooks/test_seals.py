"""Passwords and signatures of webhooks."""

import hmac
from base64 import b64encode
from datetime import timedelta

import pytest

from newsroom.jobs.returned.hooks.call import Call
from newsroom.jobs.returned.hooks.seals import WINDOW, Password, Signature, key_of
from tests.delivery.sample_ledger import NOW

BODY = b'{"type": "email.bounced"}'
SECRET = "whsec_" + b64encode(b"a key of twenty-four byte").decode()
TOKEN = "a-long-token-of-the-provider"
PAIR = "postmark:a-long-password"


def basic(pair: str) -> dict[str, str]:
    """The header that a program sends for `https://user:password@…`."""
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}


@pytest.mark.parametrize(
    ("secret", "headers"), [(PAIR, basic(PAIR)), (TOKEN, {"authorization": f"Bearer {TOKEN}"})]
)
def test_the_password_opens(secret: str, headers: dict[str, str]) -> None:
    """A name with a password, or a token, as the setting has it."""
    assert Password(secret).why_not(Call(headers, BODY), NOW) is None


@pytest.mark.parametrize(
    ("secret", "headers"),
    [
        (PAIR, {}),
        (PAIR, basic("postmark:another-password")),
        (PAIR, {"authorization": f"Bearer {PAIR}"}),
        (PAIR, {"authorization": "Basic \udcff"}),
        (TOKEN, {"authorization": "Bearer "}),
        (TOKEN, {"authorization": TOKEN}),
        (TOKEN, basic(f":{TOKEN}")),
    ],
)
def test_nothing_else_does(secret: str, headers: dict[str, str]) -> None:
    """No password, a wrong one or one in the wrong place is refused."""
    assert Password(secret).why_not(Call(headers, BODY), NOW) == "it does not bring the password"


def signed(
    body: bytes = BODY, *, ahead: float = 0, prefix: str = "svix", key: bytes | None = None
) -> dict[str, str]:
    """The headers of a signed request, made some seconds ahead of now."""
    time = str(int((NOW + timedelta(seconds=ahead)).timestamp()))
    words = b".".join([b"msg_1", time.encode(), body])
    value = b64encode(hmac.digest(key or key_of(SECRET), words, "sha256")).decode()
    return {
        f"{prefix}-id": "msg_1",
        f"{prefix}-timestamp": time,
        f"{prefix}-signature": f"v1a,xx v1,AAAA v1,{value}",
    }


@pytest.mark.parametrize("prefix", ["svix", "webhook"])
def test_a_signature_of_the_raw_body(prefix: str) -> None:
    """Id, time and the very bytes are signed; one right signature of several will do."""
    assert Signature(SECRET).why_not(Call(signed(prefix=prefix), BODY), NOW) is None


def test_the_scheme_of_the_standard() -> None:
    """The example that the scheme's own documents sign."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    now = NOW.fromtimestamp(1614265330, NOW.tzinfo)

    assert Signature(secret).why_not(Call(headers, b'{"test": 2432232314}'), now) is None


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({}, BODY, "not signed"),
        ({**signed(), "svix-id": "msg_2"}, BODY, "signature is wrong"),
        (signed(), BODY + b" ", "signature is wrong"),
        (signed(key=b"another key of somebody"), BODY, "signature is wrong"),
        ({**signed(), "svix-signature": "v1,not base64"}, BODY, "signature is wrong"),
        ({**signed(), "svix-signature": "v2,AAAA"}, BODY, "signature is wrong"),
        ({**signed(), "svix-timestamp": "soon"}, BODY, "not signed"),
        ({**signed(), "svix-timestamp": "9" * 40}, BODY, "not signed"),
        (signed(ahead=-WINDOW.total_seconds() - 1), BODY, "too far from now"),
        (signed(ahead=WINDOW.total_seconds() + 1), BODY, "too far from now"),
    ],
)
def test_what_is_forged_or_old_is_refused(headers: dict[str, str], body: bytes, words: str) -> None:
    """A wrong signature, another's key, a changed body, an old or a future time."""
    why_not = Signature(SECRET).why_not(Call(headers, body), NOW)

    assert words in str(why_not)


def test_secrets_are_not_shown() -> None:
    """Neither a password nor a key stands in what a log would print."""
    assert TOKEN not in repr(Password(TOKEN))
    assert SECRET not in repr(Signature(SECRET))
