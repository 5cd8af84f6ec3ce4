"""Records as strangers write them: whatever stands in the DNS, it is judged and never stops us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domains.answers import Ask, DnsAnswer, DnsOutcome
from newsroom.domains.dkim_key import Selector, judge_key, published_key
from newsroom.domains.dmarc import judge_dmarc
from newsroom.domains.dmarc_record import DmarcPolicy, is_dmarc, parse_dmarc
from newsroom.domains.known_senders import known_sender
from newsroom.domains.spf import judge_spf
from newsroom.domains.spf_record import SpfFaultError, Term, parse_spf
from newsroom.domains.tree_walk import walk_up
from newsroom.domains.way_out import WayOut

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
SPF = st.lists(
    st.sampled_from(["a", "mx", "ptr", "include:", "exists:", "redirect=", "ip4:", "ip6:", "-", "~",
                     "all", "%{i}", "%", "/24", "//64", "example.se", "é", "=", ":", "v=spf1"]),
    max_size=8,
)  # fmt: skip
TAGS = st.lists(
    st.sampled_from(["v=DMARC1", "v=DKIM1", "p=", "reject", "none", ";", "=", "sp=", "np=", "psd=y",
                     "t=y", "rua=mailto:a@b.se", "k=rsa", "AAAA", " ", "\t", ",", "!10m", "å"]),
    max_size=10,
)  # fmt: skip


def answering(text: str) -> Ask:
    """A DNS that answers each question for a text with the same one."""

    def ask(name: str, kind: str) -> DnsAnswer:
        if kind == "TXT":
            return DnsAnswer(name, DnsOutcome.FOUND, (text,))
        return DnsAnswer(name, DnsOutcome.NO_NAME)

    return ask


@given(SPF, WORDS)
def test_any_spf_record_is_judged(terms: list[str], word: str) -> None:
    """Whatever follows v=spf1 there is a verdict on it, also when each name has the same record."""
    for text in (f"v=spf1 {' '.join(terms)}", f"v=spf1 {''.join(terms)} {word}"):
        assert judge_spf(answering(text), "example.se", WayOut(known_sender("brevo", None)))


@given(TAGS, WORDS)
def test_any_list_of_tags_is_judged(tags: list[str], word: str) -> None:
    """Whatever a DMARC or a DKIM record holds there is a verdict on it."""
    for text in ("".join(tags), ";".join(tags), f"v=DMARC1;{word}", f"v=DKIM1; p={word}"):
        ask = answering(text)
        assert judge_dmarc(ask, "a.example.se")
        assert judge_key(ask, Selector("k", "example.se"))


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("a", Term("+", "a", None, None, "a")),
        ("A:Mail.Example.SE", Term("+", "a", "mail.example.se", None, "A:Mail.Example.SE")),
        ("?mx:example.se/24//64", Term("?", "mx", "example.se", None, "?mx:example.se/24//64")),
        ("mx//64", Term("+", "mx", None, None, "mx//64")),
        ("-exists:%{ir}.%{v}._spf.%{d2}", None),
        (
            "include:_spf.example.se.",
            Term("+", "include", "_spf.example.se", None, "include:_spf.example.se."),
        ),
    ],
)
def test_terms(written: str, term: Term | None) -> None:
    """Mechanisms are read as section 5 of RFC 7208 writes them, in letters of any size."""
    (found,) = parse_spf(f"v=spf1 {written}").terms

    assert term is None or found == term


@pytest.mark.parametrize(
    "written",
    [
        *("include", "include:", "exists", "ip4", "ip4:", "ip4:192.0.2.0/33", "ip6:192.0.2.1"),
        *("ip4:192.0.2.0/255.255.255.0", "a:", "a/33", "a//129", "mx/x", "all:example.se"),
        *("include:localhost", "include:exa mple.se.", "redirect=", "exists:%{x}.se", "a:%d.se"),
        *("-redirect=example.se", "ip4:1.2.3.4,5.6.7.8", "include:example.se;", "-", "+"),
        *("include:example.123", "ip4:010.0.0.1", "a:example.se/"),
    ],
)
def test_faults(written: str) -> None:
    """What the grammar does not allow is a fault, and receivers stop at it."""
    with pytest.raises(SpfFaultError):
        parse_spf(f"v=spf1 mx {written} -all")


def test_a_walk_takes_eight_questions_at_most() -> None:
    """However long a name is, no more than eight are asked (RFC 9989 section 4.10)."""
    walk = walk_up(
        lambda name, _: DnsAnswer(name, DnsOutcome.NO_NAME), "a.b.c.d.e.f.g.h.i.j.mail.example.com"
    )

    assert [stop.domain for stop in walk.stops] == [
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "g.h.i.j.mail.example.com",
        "h.i.j.mail.example.com",
        "i.j.mail.example.com",
        "j.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    ]


@pytest.mark.parametrize(
    ("records", "organisation", "policy_at"),
    [
        ({}, "a.mail.example.com", None),
        ({"mail.example.com": "", "example.com": ""}, "example.com", "example.com"),
        ({"mail.example.com": "psd=n", "example.com": ""}, "mail.example.com", "mail.example.com"),
        ({"com": "psd=y"}, "example.com", "com"),
        ({"example.com": "", "com": "psd=y"}, "example.com", "example.com"),
        ({"a.mail.example.com": "", "example.com": ""}, "example.com", "a.mail.example.com"),
        ({"a.mail.example.com": "psd=y"}, "a.mail.example.com", "a.mail.example.com"),
        ({"example.com": "psd=y"}, "mail.example.com", "example.com"),
    ],
)
def test_whose_a_domain_is(
    records: dict[str, str], organisation: str, policy_at: str | None
) -> None:
    """The organisation and the policy are those that section 4.10 of RFC 9989 names."""

    def ask(name: str, _kind: str) -> DnsAnswer:
        domain = name.removeprefix("_dmarc.")
        if domain not in records:
            return DnsAnswer(name, DnsOutcome.NO_NAME)
        return DnsAnswer(name, DnsOutcome.FOUND, (f"v=DMARC1; p=reject; {records[domain]}",))

    walk = walk_up(ask, "a.mail.example.com")

    assert walk.organisation == organisation
    assert (walk.policy_at.domain if walk.policy_at else None) == policy_at


@pytest.mark.parametrize(
    ("record", "below", "exists", "policy"),
    [
        ("p=reject", False, True, DmarcPolicy.REJECT),
        ("p=reject; sp=none", True, True, DmarcPolicy.NONE),
        ("p=reject; sp=none; np=quarantine", True, False, DmarcPolicy.QUARANTINE),
        ("p=reject; sp=none", True, False, DmarcPolicy.NONE),
        ("p=quarantine; np=reject", True, True, DmarcPolicy.QUARANTINE),
        ("p=REJECT", False, True, DmarcPolicy.REJECT),
        ("sp=reject", False, True, DmarcPolicy.NONE),
        ("p=oops; rua=mailto:d@example.se", False, True, DmarcPolicy.NONE),
    ],
)
def test_which_policy_holds(record: str, below: bool, exists: bool, policy: DmarcPolicy) -> None:  # noqa: FBT001
    """A name below its organisation goes by sp, or by np when it is not there; else by p."""
    assert parse_dmarc(f"v=DMARC1; {record}").policy(below=below, exists=exists) is policy


@pytest.mark.parametrize(
    ("text", "expected"),
    [("v=DMARC1", True), ("V = DMARC1 ; p=none", True), ("v=DMARC1;", True), ("v=dmarc1", False),
     ("v=DMARC12", False), (" v=DMARC1", False), ("p=none; v=DMARC1", False)],
)  # fmt: skip
def test_what_is_a_dmarc_record(text: str, expected: bool) -> None:  # noqa: FBT001
    """A record begins with its version, in capitals."""
    assert is_dmarc(text) is expected


def test_a_key_in_its_bare_form() -> None:
    """An RSA key may also stand there without the name of its algorithm (RFC 8017)."""
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    bare = b64encode(public.public_bytes(Encoding.DER, PublicFormat.PKCS1)).decode()

    found = published_key(f"v=DKIM1; p={bare}")

    assert found is not None
    assert found.bits == 2048
