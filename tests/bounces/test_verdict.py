"""What a refusal says about an address."""

import pytest

from newsroom.bounces.verdict import enhanced_status, severity


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("5.1.1 no such user", "5.1.1"),
        ("#5.1.0 Address rejected", "5.1.0"),
        ("User unknown (in reply to RCPT)", None),
        ("from 192.5.1.1 refused", None),
        ("from 5.1.1.1 refused", None),
        ("4.7.650 throttled", "4.7.650"),
    ],
)
def test_enhanced_status(words: str, status: str | None) -> None:
    """The enhanced status is found where there is one; an IP address is none."""
    assert enhanced_status(words) == status


@pytest.mark.parametrize(
    ("code", "words", "verdict"),
    [
        (550, "5.1.1 The email account that you tried to reach does not exist", "hard"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "hard"),
        (550, "5.4.4 Host unknown", "hard"),
        (550, "5.2.1 This mailbox is disabled", "hard"),
        (550, "5.2.1 over its limit for now", "soft"),
        (550, "User unknown", "hard"),
        (550, "No such user here", "hard"),
        (550, "Requested action not taken: mailbox unavailable", "hard"),
        (552, "5.2.2 Mailbox full", "soft"),
        (552, "5.3.4 Message size exceeds fixed limit", "policy"),
        (452, "4.2.2 Mailbox full", "soft"),
        (421, "Service not available", "soft"),
        (550, "5.7.1 Service unavailable; client host blocked", "policy"),
        (550, "5.7.26 This mail is unauthenticated", "policy"),
        (550, "5.7.515 Access denied, sending domain does not pass DKIM", "policy"),
        (550, "5.7.30 Basic authentication is not supported", "policy"),
        (550, "5.1.8 Bad sender's system address", "policy"),
        (550, "SPF check failed", "policy"),
        (554, "5.2.0 SubmissionQuotaExceeded", "policy"),
        (550, "5.1.0 Unknown address error 550-'5.7.1 Access denied'", "policy"),
        (554, "Transaction failed", "unknown"),
        (None, "", "unknown"),
    ],
)
def test_severity(code: int | None, words: str, verdict: str) -> None:
    """Dead addresses are hard, full ones soft, refusals of us policy; the rest nobody knows."""
    assert severity(code, enhanced_status(words), words) == verdict
