"""A message that was received: whose it is, and whether anything was done to it on the way."""

import pytest

from newsroom.domains.dkim_key import Selector
from newsroom.errors import StateError
from newsroom.jobs.doctor.received import issue_of, received_checks
from newsroom.jobs.doctor.received_links import LetterContent
from newsroom.jobs.doctor.received_message import read_message
from newsroom.model.checkup import Check, CheckVerdict
from tests.jobs.doctor.mails import (
    COVERED,
    ELSEWHERE,
    HEADERS,
    HTML,
    SENT,
    TEXT,
    URL,
    Case,
    Mail,
    dns,
    key_pair,
    silence,
    through_safe_links,
    tracked,
    with_header,
    with_pixel,
)
from tests.jobs.doctor.zones import SITE

GOOD = Mail().raw()
WITHOUT_POST = tuple(name for name in COVERED if name != b"List-Unsubscribe-Post")
WITHOUT_BOTH = tuple(name for name in COVERED if not name.startswith(b"List-Unsubscribe"))
TRUSTED = (
    b"Authentication-Results: mx.kommun.example; spf=pass smtp.mailfrom=example.se;\r\n"
    b" dkim=pass (2048-bit key) header.d=example.se; dmarc=pass header.from=example.se\r\n"
)
FAILED = TRUSTED.replace(b"pass", b"fail")
CASES = (
    Case("good", GOOD),
    Case("good with lines that end as on Unix", GOOD.replace(b"\r\n", b"\n")),
    Case("good from an mbox", b"From anna Sun Nov 22 09:00:00 2026\n" + GOOD),
    Case("good and judged on arrival", TRUSTED + GOOD, says=("mx.kommun.example", "DMARC pass")),
    Case("signed by a subdomain", Mail(domain="post.example.se").raw()),
    Case(
        "List-Unsubscribe-Post outside h=",
        Mail(covered=WITHOUT_POST).raw(),
        {"mail-signed-headers": "fail"},
        ("List-Unsubscribe-Post is not covered",),
    ),
    Case(
        "both headers outside h=",
        Mail(covered=WITHOUT_BOTH).raw(),
        {"mail-signed-headers": "fail"},
        ("List-Unsubscribe, List-Unsubscribe-Post",),
    ),
    Case(
        "List-Unsubscribe-Post outside h=, and no DNS",
        Mail(covered=WITHOUT_POST).raw(),
        {"mail-signed-headers": "fail", "mail-dkim": "not checked", "mail-keys": "not checked"},
        ("List-Unsubscribe-Post",),
        silence,
    ),
    Case(
        "not signed",
        Mail(signed=False).raw(),
        {
            "mail-dkim": "fail",
            "mail-keys": "not checked",
            "mail-signed-headers": "not checked",
            "mail-alignment": "not checked",
        },
        ("this cannot be looked at, because the message is not signed",),
    ),
    Case(
        "not signed, and found to fail on arrival",
        FAILED + Mail(signed=False).raw(),
        {
            "mail-dkim": "fail",
            "mail-keys": "not checked",
            "mail-signed-headers": "not checked",
            "mail-alignment": "not checked",
        },
        ("mx.kommun.example found: SPF fail, DKIM fail, DMARC fail",),
    ),
    Case(
        "signed by the provider alone",
        Mail(domain="provider.example").raw(),
        {"mail-alignment": "fail"},
        ("provider.example",),
    ),
    Case(
        "signed twice, by the provider too",
        Mail(domain="provider.example", covered=WITHOUT_BOTH).raw().partition(b"From: ")[0] + GOOD,
    ),
    Case(
        "key is gone",
        GOOD,
        {"mail-dkim": "fail", "mail-keys": "not checked"},
        ("no key",),
        dns({("k._domainkey.example.se", "TXT"): ""}),
    ),
    Case(
        "body was changed",
        GOOD.replace(b"Hej!", b"Hej, EXTERN AVS!"),
        {"mail-dkim": "fail"},
        ("body was changed",),
    ),
    Case("subject was changed", GOOD.replace(b"[Test] Ny", b"[EXTERN] Ny"), {"mail-dkim": "fail"}),
    Case("l= in the signature", Mail(length=True).raw(), {"mail-dkim": "fail"}, ("(l=)",)),
    Case("DMARC failed on arrival", FAILED + GOOD, {"mail-alignment": "fail"}, ("DMARC fail",)),
    # What is done to links and pictures
    Case(
        "tracked links",
        tracked(GOOD),
        {"mail-dkim": "fail", "mail-links": "fail"},
        ("https://track.provider.example/ls/click",),
    ),
    Case(
        "tracked links, the issue not known",
        tracked(GOOD),
        {"mail-dkim": "fail", "mail-links": "fail"},
        ("track.provider.example",),
        sent=None,
    ),
    Case("good, the issue not known", GOOD, sent=None),
    Case(
        "tracked before signing",
        Mail(html=tracked(HTML.encode()).decode()).raw(),
        {"mail-links": "fail"},
    ),
    Case(
        "the issue has changed since",
        GOOD,
        {"mail-links": "warn", "mail-pictures": "warn"},
        ("send a new test",),
        sent=LetterContent(frozenset({ELSEWHERE}), frozenset()),
    ),
    Case(
        "tracked links in the text alone",
        Mail(text=TEXT.replace(ELSEWHERE, "https://track.provider.example/2")).raw(),
        {"mail-links": "fail"},
        ("track.provider.example",),
    ),
    Case(
        "an added pixel",
        with_pixel(GOOD),
        {"mail-dkim": "fail", "mail-pictures": "fail"},
        ("invisible", "https://track.provider.example/open"),
    ),
    Case(
        "an added pixel, the issue not known",
        with_pixel(GOOD),
        {"mail-dkim": "fail", "mail-pictures": "fail"},
        sent=None,
    ),
    Case(
        "Safe Links after delivery",
        TRUSTED + through_safe_links(GOOD),
        {},
        ("Microsoft Safe Links", "held when the message arrived"),
    ),
    Case(
        "Safe Links around tracked links",
        TRUSTED + through_safe_links(tracked(GOOD)),
        {"mail-links": "fail"},
        ("track.provider.example",),
    ),
    # Headers, parts, size
    Case(
        "List-Unsubscribe is gone",
        Mail(headers=with_header("List-Unsubscribe", None)).raw(),
        {"mail-signed-headers": "fail"},
        ("List-Unsubscribe is not in",),
    ),
    Case(
        "the provider's own unsubscribing",
        Mail(headers=with_header("List-Unsubscribe", "<https://u.provider.example/1>")).raw(),
        {"mail-headers": "fail"},
        ("u.provider.example",),
    ),
    Case(
        "from somebody else",
        Mail(headers=with_header("From", "x@other.example")).raw(),
        {"mail-headers": "fail", "mail-alignment": "fail"},
    ),
    Case(
        "another Message-ID",
        Mail(headers=with_header("Message-ID", "<1@provider.example>")).raw(),
        {"mail-headers": "warn"},
        ("Message-ID",),
    ),
    Case(
        "two recipients",
        Mail(headers=with_header("To", "a@x.example, b@x.example")).raw(),
        {"mail-recipient": "fail"},
        ("2 recipients",),
    ),
    Case(
        "a copy to somebody",
        Mail(headers=(("Cc", "b@x.example"), *HEADERS)).raw(),
        {"mail-recipient": "fail"},
    ),
    Case("no text", Mail(text=None).raw(), {"mail-parts": "fail"}, ("text part",)),
    Case("no HTML", Mail(html=None).raw(), {"mail-parts": "fail"}),
    Case(
        "too long",
        Mail(html=HTML.replace("<p>", "<p>" + "å" * 60_000)).raw(),
        {"mail-size": "fail"},
        ("102",),
    ),
    Case("long", Mail(html=HTML.replace("<p>", "<p>" + "x" * 90_000)).raw(), {"mail-size": "warn"}),
    Case(
        "a high bulk level",
        b"X-Microsoft-Antispam: BCL:7;ARA:13230040;\r\n" + GOOD,
        {"mail-bulk-level": "warn"},
        ("7 of 9",),
    ),
    Case(
        "a mail of its own kind",
        Mail(
            headers=tuple(
                h
                for h in (("Auto-Submitted", "auto-generated"), *HEADERS)
                if not h[0].startswith(("List-", "Feedback"))
            )
        ).raw(),
        sent=None,
    ),
)


def judged(case: Case) -> tuple[Check, ...]:
    """The checks of a message."""
    received = read_message(case.raw, f"{case.name}.eml")
    return tuple(received_checks(received, SITE, case.ask or dns(), (), lambda _: case.sent))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_message_gets_its_verdicts(case: Case) -> None:
    """What was done to a message is told by the check that it belongs to, and by its value."""
    checks = judged(case)

    wrong = {c.name: c.verdict.value for c in checks if c.verdict is not CheckVerdict.OK}
    told = "\n".join(f"{c.name}: {c.detail} → {c.fix}" for c in checks)
    assert wrong == case.verdicts, told
    assert all(words in told for words in case.says), told
    assert all(c.fix for c in checks if c.verdict in {CheckVerdict.FAIL, CheckVerdict.WARN})


def test_own_key_without_dns() -> None:
    """Where the DNS is silent a signature of ours is verified with our own key."""
    record = key_pair()[1]
    own = Selector("k", "example.se", b"", record)
    received = read_message(GOOD, "test.eml")

    checks = {c.name: c for c in received_checks(received, SITE, silence, (own,), lambda _: SENT)}

    assert checks["mail-dkim"].verdict is CheckVerdict.OK


def test_the_issue_of_a_message() -> None:
    """Which issue a message is of stands in a header that every copy has."""
    assert issue_of(read_message(GOOD, "test.eml")) == "2026-host"


@pytest.mark.parametrize("raw", [b"", b"hej\n", b"\x00\x01\x02", TEXT.encode(), b"To: a@b.se\n\nx"])
def test_a_file_that_is_no_message(raw: bytes) -> None:
    """A file without a sender is no message, and it is said how to save one."""
    with pytest.raises(StateError, match=r"\.eml"):
        read_message(raw, "nonsense.eml")


@pytest.mark.parametrize(
    "damage",
    [
        GOOD.replace(b"; d=example.se", b""),
        GOOD.replace(b"; s=k", b""),
        GOOD.replace(b"b=", b"b=!!"),
        GOOD.replace(b"h=", b"hh="),
        GOOD.replace(b"utf-8", b"no-such-set"),
        GOOD.replace(b"=_b", b"", 1),
        b"DKIM-Signature: nonsense\r\n" * 50 + GOOD,
        GOOD.replace(f"{URL}/nyheter".encode(), b"http://[broken"),
        GOOD.replace(b"<html", b"<?xml version='1.0' encoding='utf-8'?><html"),
    ],
)
def test_a_damaged_message_is_judged_all_the_same(damage: bytes) -> None:
    """Whatever was done to a message, it is told; nothing of it stops the doctor."""
    assert judged(Case("damaged", damage))
