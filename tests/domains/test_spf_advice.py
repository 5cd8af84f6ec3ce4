"""The SPF record that is advised lets the way out send, and is the only one of its domain."""

from collections.abc import Mapping

import pytest

from newsroom.domains.answers import Ask, DnsAnswer, DnsOutcome
from newsroom.domains.known_senders import known_sender
from newsroom.domains.spf import judge_spf
from newsroom.domains.way_out import WayOut
from newsroom.model.checkup import CheckVerdict, Remark

HOME, RELAY = "example.se", "mail.relay.example"
BREVO = WayOut(known_sender("brevo", None))
MICROSOFT = WayOut(known_sender("smtp", "smtp.office365.com"), "smtp.office365.com")
AT_A_RELAY, HERE = WayOut(relay=RELAY), WayOut(relay="127.0.0.1", is_here=True)
Records = Mapping[tuple[str, str], tuple[str, ...]]
OUTLOOK: Records = {(HOME, "MX"): ("0 example-se.mail.protection.outlook.com",)}
OWN: Records = {(HOME, "MX"): ("10 mx.example.se",), ("mx.example.se", "A"): ("192.0.2.25",)}
REACHED: Records = {(RELAY, "A"): ("192.0.2.26",)}


def asked(records: Records) -> Ask:
    """A DNS with these records, and no other names."""

    def ask(name: str, kind: str) -> DnsAnswer:
        found = records.get((name, kind), ())
        return DnsAnswer(name, DnsOutcome.FOUND if found else DnsOutcome.NO_NAME, found)

    return ask


def judged(records: Records, way: WayOut, *texts: str) -> tuple[Remark, ...]:
    """What is said of a domain that has these SPF records."""
    return judge_spf(asked({**records, (HOME, "TXT"): texts}), HOME, way)


@pytest.mark.parametrize(
    ("records", "way", "record"),
    [
        ({}, BREVO, "v=spf1 include:spf.brevo.com ~all"),
        (OWN, BREVO, "v=spf1 mx include:spf.brevo.com ~all"),
        (OUTLOOK, BREVO, "v=spf1 include:spf.protection.outlook.com include:spf.brevo.com ~all"),
        (OUTLOOK, MICROSOFT, "v=spf1 include:spf.protection.outlook.com ~all"),
        (REACHED, AT_A_RELAY, f"v=spf1 a:{RELAY} ~all"),
        ({}, WayOut(relay="192.0.2.26"), "v=spf1 ip4:192.0.2.26 ~all"),
        ({}, WayOut(relay="2001:db8::26"), "v=spf1 ip6:2001:db8::26 ~all"),
        ({}, HERE, "v=spf1 ip4:ADDRESS ~all"),
    ],
)
def test_a_first_record(records: Records, way: WayOut, record: str) -> None:
    """It names the way out, and those who keep the mailboxes; `mx` only where there are any."""
    (remark,) = judged(records, way)

    assert (remark.verdict, remark.write) == (CheckVerdict.FAIL, record)


@pytest.mark.parametrize(
    ("way", "asks"), [(AT_A_RELAY, RELAY), (HERE, "whoever runs this machine")]
)
def test_what_nobody_here_can_know_is_to_be_asked(way: WayOut, asks: str) -> None:
    """Which addresses a relay sends from its keeper is to be asked."""
    (remark,) = judged(REACHED, way)

    assert remark.fix is not None
    assert "ask whoever" in remark.fix
    assert asks in remark.fix


@pytest.mark.parametrize("address", ["", "10.1.2.3"])
def test_a_relay_that_receivers_never_see(address: str) -> None:
    """Of a relay without an address, or with one inside the house, its keeper knows the outer."""
    inside: Records = {(RELAY, "A"): (address,)} if address else {}

    for way in (AT_A_RELAY, WayOut(relay=address or RELAY)):
        (remark,) = judged(inside, way)
        assert remark.write is None
        assert "what SPF must say for it" in (remark.fix or "")


def test_without_a_way_out_no_record_is_told() -> None:
    """While nobody knows who is to send, a record would be a guess."""
    (remark,) = judged(OWN, WayOut())

    assert remark.write is None
    assert "NEWSROOM_MAIL" in (remark.fix or "")


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 include:spf.brevo.com -all"),
        (
            "v=spf1 redirect=spf.other.example",
            "v=spf1 include:spf.brevo.com redirect=spf.other.example",
        ),
        ("v=spf1 ip4:192.0.2.1 ?all", "v=spf1 ip4:192.0.2.1 include:spf.brevo.com ~all"),
        ("v=spf1 ip4:192.0.2.1", "v=spf1 ip4:192.0.2.1 include:spf.brevo.com ~all"),
        ("v=spf1 ip4:0.0.0.0/0 +all", "v=spf1 include:spf.brevo.com ~all"),
    ],
)
def test_a_record_is_changed_and_not_added(text: str, record: str) -> None:
    """Whoever has a record is told how it reads when it is mended (RFC 7208 section 3.2)."""
    there: Records = {("spf.other.example", "TXT"): ("v=spf1 ip4:192.0.2.9 -all",)}

    remarks = judged(there, BREVO, text)

    assert {each.write for each in remarks} == {record}
    assert {each.fix for each in remarks} == {"let the only SPF record of example.se (TXT) read"}


def test_a_record_that_would_ask_too_much() -> None:
    """Of a record with eleven look-ups none is advised: what costs most is named instead."""
    full: Records = {
        (f"spf{n}.example.se", "TXT"): ("v=spf1 ip4:192.0.2.1 -all",) for n in range(10)
    }
    text = f"v=spf1 {' '.join(f'include:spf{n}.example.se' for n in range(10))} -all"
    brevo: Records = {("spf.brevo.com", "TXT"): ("v=spf1 ip4:192.0.2.2 -all",)}

    (remark,) = judged({**full, **brevo}, BREVO, text)

    assert remark.write is None
    assert "put in include:spf.brevo.com; the record then takes 11 look-ups" in (remark.fix or "")
    assert "include:spf9.example.se takes 1" in (remark.fix or "")


def test_two_records_are_made_one() -> None:
    """Both let through whom they did, and the company that sends for us with them."""
    there: Records = {("spf.other.example", "TXT"): ("v=spf1 ip4:192.0.2.9 -all",)}

    (remark,) = judged(
        there, BREVO, "v=spf1 ip4:192.0.2.1 -all", "v=spf1 redirect=spf.other.example"
    )

    assert remark.write == (
        "v=spf1 ip4:192.0.2.1 include:spf.other.example include:spf.brevo.com ~all"
    )
