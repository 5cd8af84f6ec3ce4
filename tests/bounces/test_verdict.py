"""What a refusal says about an address."""

import pytest

from newsroom.bounces.cause import Cause
from newsroom.bounces.stage import Stage
from newsroom.bounces.verdict import cause, enhanced_status, reply_code


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
        (550, "5.2.1 This mailbox is disabled", "soft"),
        (550, "5.2.1 User unknown", "hard"),
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
    assert cause(code, enhanced_status(words), words).severity == verdict


@pytest.mark.parametrize(
    ("words", "stage", "why"),
    [
        ("550 User unknown", Stage.RECIPIENT, Cause.GONE),
        ("550 5.1.1 User unknown", Stage.NOT_SAID, Cause.GONE),
        ("User unknown", Stage.NOT_SAID, Cause.GONE),
        ("550 User unknown", Stage.NOT_SAID, Cause.FILTERED),
        ("550 5.0.0 User unknown", Stage.NOT_SAID, Cause.FILTERED),
        ("550 5.2.0 User unknown", Stage.NOT_SAID, Cause.FILTERED),
        ("550 5.2.1 User unknown", Stage.NOT_SAID, Cause.FILTERED),
        ("550 5.1.1 User unknown", Stage.TEXT, Cause.FILTERED),
    ],
)
def test_an_address_is_gone_on_good_evidence_only(words: str, stage: Stage, why: Cause) -> None:
    """A status, a refused recipient or the system's own word is proof; a quoted excuse is not."""
    assert cause(reply_code(words), enhanced_status(words), words, stage) is why


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", Cause.FILTERED),
        ("550 5.1.1 refused due to recipient preferences", Cause.FILTERED),
        ("550 You are not a member of this mailing list", Cause.FILTERED),
        ("550 5.7.26 This mail is unauthenticated", Cause.DISTRUST),
        ("550 5.6.0 Message contains invalid header", Cause.CONTENT),
        ("552 5.3.4 Message too large", Cause.CONTENT),
        ("452 4.2.2 Mailbox full", Cause.FULL),
        ("550 5.2.1 Account inactive", Cause.CLOSED),
        ("451 4.7.1 Greylisted", Cause.BUSY),
        ("450 4.1.1 User unknown, try later", Cause.BUSY),
        ("554 5.4.6 Too many hops", Cause.BROKEN),
    ],
)
def test_why_a_message_came_back(words: str, why: Cause) -> None:
    """What is ours to mend, what is the reader's own filter and what may pass are told apart."""
    assert cause(reply_code(words), enhanced_status(words), words) is why
