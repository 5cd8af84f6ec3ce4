"""AWS's own examples of its signature."""

from datetime import UTC, datetime

import pytest

from newsroom.delivery.transports.aws_signature import Signer

SIGNER = Signer("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service")
NOW = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    ("method", "signature"),
    [
        ("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ],
)
def test_the_examples_of_aws(method: str, signature: str) -> None:
    """The vectors get-vanilla and post-vanilla of AWS's test suite come out as published."""
    signed = SIGNER.sign(method, "https://example.amazonaws.com/", {}, b"", NOW)

    assert signed["X-Amz-Date"] == "20150830T123600Z"
    assert signed["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={signature}"
    )


def test_what_is_sent_is_what_is_signed() -> None:
    """Another body or another header has another signature."""
    url, headers = "https://example.amazonaws.com/", {"Content-Type": "application/json"}
    signed = {
        SIGNER.sign("POST", url, headers, b"{}", NOW)["Authorization"],
        SIGNER.sign("POST", url, headers, b"[]", NOW)["Authorization"],
        SIGNER.sign("POST", url, {}, b"{}", NOW)["Authorization"],
    }

    assert len(signed) == 3


def test_the_secret_shows_nowhere() -> None:
    """Neither in what is sent nor in a traceback."""
    signed = SIGNER.sign("POST", "https://example.amazonaws.com/", {}, b"", NOW)

    assert SIGNER.secret not in f"{SIGNER!r} {signed}"
