"""Zones as one meets them: a good one, and what differs from it in each of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from newsroom.domains.dkim_key import Selector
from newsroom.jobs.doctor.setup import MailSetup
from newsroom.model import Sender, Site
from tests.outside.name_servers.name_server import SERVFAIL, SILENCE, Records

# Public halves of keys made for this table; their other halves were thrown away.
RSA_512 = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALmQnzTOOu+R7ZL2ciqFGaO42rA1c2hER10wPfWIXXWM1fqWSpaWhMwmeh6f"
    "KSr6IhI4xJZb7itEkjQ/T/79d8sCAwEAAQ=="
)
RSA_1024 = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC+JI6uX7BwPR96/ltq+nZMlhO8DYyWS8EA8L7VSNOjogRUKRVpMTkM"
    "sQ5TI8ZV4BeE4WvF6dum57gEA1HQd9S1IpV5qWQCZD8hUac9U5MwjzCNL5P/kp9ACkjEc6B7JG2bUNeD/A31iWciJ5N0"
    "/KV6fSL2hmpZjPCG3bhjf57u7wIDAQAB"
)
RSA_2048 = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAor85eeyVR0rxigxoJ4tzVSY6szCTUrvoF5I+5u8fvLazJRNL"
    "N1KtwqXCm6ZzcqnfGeSNFqr7nKvhMfhOyRwifwCzTDCbVaSGG4of0wZDSrWAEIDu9eefJUg0K2JrXK9chb0gOkonujxQ"
    "9XDqEYlg+5GYsawoUGGf6cYCAmii9lKHRiHHVsi98XKz4aUGCvGemw8LGjyi2utt0F9hkJPXpprC+rYwvy0WVhVZnwS5"
    "MvSgjdVVjCf9ueNibZ4cNcZzYeGcJtY7BBR43Eh2w+lzAZUHKvSwraehbjZmVS92ZDPh0E+3NxwhPGaR7QFsHLK7e40F"
    "50eDGNkW5SIIlF05OwIDAQAB"
)
ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="  # of RFC 8032 section 7.1, test 1
OK, WARN, FAIL, UNKNOWN = "ok", "warn", "fail", "not checked"

HOME, KEY = "example.se", "nyhetsbrev._domainkey.example.se"
DMARC, SPF = "_dmarc.example.se", "v=spf1 mx ip4:192.0.2.0/24 -all"
GOOD: Records = {
    (HOME, "TXT"): [SPF, "a text of somebody else's"],
    (HOME, "MX"): ["10 mx.example.se."],
    ("mx.example.se", "A"): ["192.0.2.25"],
    (KEY, "TXT"): [f"v=DKIM1; k=rsa; p={RSA_2048}"],
    (DMARC, "TXT"): ["v=DMARC1; p=reject; rua=mailto:dmarc@example.se"],
}
Override = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Zone:
    """What is published, who sends, and which verdicts differ from "ok"."""

    name: str
    records: Override = field(default_factory=dict)  # over GOOD; an empty list takes a name away
    verdicts: Mapping[str, str] = field(default_factory=dict)  # by the check's name
    sender: str = "nyhetsbrev@example.se"
    bounces: str | None = None
    reply_to: str | None = None
    mail: str = "smtp+starttls://user:password@relay.example.se:587"
    selectors: tuple[str, ...] = ("nyhetsbrev@example.se",)
    says: str = ""  # words that stand in what is told

    @property
    def published(self) -> Records:
        """Everything that the name server has."""
        every = {**GOOD, **self.records}
        return {key: records for key, records in every.items() if records}

    @property
    def setup(self) -> MailSetup:
        """The newsroom whose domain it is."""
        keys = (written.partition("@") for written in self.selectors)
        return replace(
            MailSetup(SITE, self.mail),
            site=replace(
                SITE,
                sender=Sender("Nätverket", self.sender, self.reply_to, self.bounces),
            ),
            keys_elsewhere=tuple(Selector(name, domain) for name, _, domain in keys),
        )


SITE = Site(
    name="Nätverket Exempel",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket", "nyhetsbrev@example.se"),
)


def spf(record: str) -> Override:
    """The home's SPF record is another one."""
    return {(HOME, "TXT"): [record]}


def dmarc(*records: str) -> Override:
    """The home's DMARC records are others."""
    return {(DMARC, "TXT"): list(records)}


def key(record: str) -> Override:
    """The key's record is another one."""
    return {(KEY, "TXT"): [record]}


def included(number: int, ending: str = "-all") -> dict[tuple[str, str], list[str]]:
    """So many domains with an SPF record of their own: each by its number."""
    return {
        (f"spf{each}.example.se", "TXT"): [f"v=spf1 ip4:198.51.100.{each} {ending}"]
        for each in range(1, number + 1)
    }


def includes(number: int) -> str:
    """The terms that include them."""
    return " ".join(f"include:spf{each}.example.se" for each in range(1, number + 1))


MICROSOFT = "smtp+starttls://u:p@smtp.office365.com?tenant=t&client=c"
BELOW = {
    ("news.example.se", "MX"): ["10 mx.example.se."],
    ("news.example.se", "TXT"): ["v=spf1 mx -all"],
}

ZONES = (
    Zone("good"),
    Zone("good with ~all", spf("v=spf1 mx ~all")),
    # SPF
    Zone(
        "no SPF",
        {(HOME, "TXT"): ["another text"], ("relay.example.se", "A"): ["192.0.2.26"]},
        {"dns-spf": FAIL},
        says="v=spf1 mx a:relay.example.se ~all",
    ),
    Zone("two SPF", {(HOME, "TXT"): [SPF, "v=spf1 -all"]}, {"dns-spf": FAIL}, says="2 SPF"),
    Zone(
        "two SPF and split strings",
        {(HOME, "TXT"): ['"v=spf1 " "mx -all"', '"v=spf1" " -all"']},
        {"dns-spf": FAIL},
    ),
    Zone("SPF in split strings", {(HOME, "TXT"): ['"v=spf1 ip4:192.0.2.0/24 m" "x -all"']}),
    Zone(
        "a blank lost between strings",
        {(HOME, "TXT"): ['"v=spf1 ip4:192.0.2.1" "mx -all"']},
        {"dns-spf": FAIL},
        says="192.0.2.1mx",
    ),
    Zone("SPF with a blank in front", spf(" v=spf1 mx -all"), {"dns-spf": FAIL}),
    Zone("v=spf10 is no SPF", spf("v=spf10 -all"), {"dns-spf": FAIL}),
    Zone("10 look-ups", {**spf(f"v=spf1 {includes(10)} -all"), **included(10)}),
    Zone(
        "11 look-ups",
        {**spf(f"v=spf1 {includes(11)} -all"), **included(11)},
        {"dns-spf": FAIL},
        says="11 look-ups",
    ),
    Zone(
        "11 look-ups in a nest",
        {
            **spf(f"v=spf1 include:nest.example.se {includes(4)} -all"),
            **included(9),
            ("nest.example.se", "TXT"): [
                f"v=spf1 a:mx.example.se mx:example.se exists:mx.example.se {includes(3)} -all"
            ],
        },
        {"dns-spf": FAIL},
        says="11 look-ups",
    ),
    Zone(
        "a redirect counts",
        {
            **spf(f"v=spf1 {includes(10)} redirect=last.example.se"),
            **included(10),
            ("last.example.se", "TXT"): ["v=spf1 -all"],
        },
        {"dns-spf": FAIL},
        says="11 look-ups",
    ),
    Zone(
        "a redirect behind all does not",
        {**spf(f"v=spf1 {includes(10)} -all redirect=last.example.se"), **included(10)},
    ),
    Zone(
        "what stands behind all does not count",
        {**spf(f"v=spf1 -all {includes(11)}"), **included(11)},
    ),
    Zone(
        "redirect to a good record",
        {
            **spf("v=spf1 redirect=_spf.example.se"),
            ("_spf.example.se", "TXT"): ["v=spf1 mx:example.se -all"],
        },
    ),
    Zone(
        "a redirect looks from where it leads",
        {**spf("v=spf1 redirect=_spf.example.se"), ("_spf.example.se", "TXT"): [SPF]},
        {"dns-spf": WARN},
        says="_spf.example.se leads nowhere",
    ),
    Zone("redirect to nowhere", spf("v=spf1 redirect=_spf.example.se"), {"dns-spf": FAIL}),
    Zone("+all", spf("v=spf1 mx +all"), {"dns-spf": FAIL}, says="+all"),
    Zone("all alone is +all", spf("v=spf1 mx all"), {"dns-spf": FAIL}, says="+all"),
    Zone(
        "+all in an include",
        {**spf("v=spf1 include:spf1.example.se -all"), **included(1, "+all")},
        {"dns-spf": FAIL},
        says="include:spf1.example.se",
    ),
    Zone("?all", spf("v=spf1 mx ?all"), {"dns-spf": WARN}),
    Zone("no all", spf("v=spf1 mx"), {"dns-spf": WARN}),
    Zone("the whole internet", spf("v=spf1 ip4:0.0.0.0/0 -all"), {"dns-spf": FAIL}),
    Zone(
        "include loop",
        {
            **spf("v=spf1 include:a.example.se -all"),
            ("a.example.se", "TXT"): ["v=spf1 include:b.example.se -all"],
            ("b.example.se", "TXT"): ["v=spf1 include:a.example.se -all"],
        },
        {"dns-spf": FAIL},
        says="a.example.se → b.example.se → a.example.se",
    ),
    Zone("includes itself", spf("v=spf1 include:example.se -all"), {"dns-spf": FAIL}),
    Zone(
        "include of a domain without SPF",
        spf("v=spf1 include:mx.example.se -all"),
        {"dns-spf": FAIL},
        says="include:mx.example.se",
    ),
    Zone("include of nothing", spf("v=spf1 include:gone.example.se -all"), {"dns-spf": FAIL}),
    Zone(
        "three void look-ups",
        spf("v=spf1 a:x.example.se a:y.example.se exists:z.example.se mx -all"),
        {"dns-spf": FAIL},
        says="3 of its look-ups",
    ),
    Zone(
        "two void look-ups", spf("v=spf1 a:x.example.se mx:y.example.se mx -all"), {"dns-spf": WARN}
    ),
    Zone("a macro is not asked for", spf("v=spf1 exists:%{i}._spf.%{d} mx -all")),
    Zone(
        "eleven mail hosts",
        {
            **spf("v=spf1 mx -all"),
            (HOME, "MX"): [f"10 mx{n}.example.se." for n in range(11)],
            **{(f"mx{n}.example.se", "A"): ["192.0.2.1"] for n in range(11)},
        },
        {"dns-spf": FAIL},
    ),
    Zone("a prefix of no bits", spf("v=spf1 mx/0 -all"), {"dns-spf": FAIL}, says="mx/0"),
    Zone("ptr", spf("v=spf1 ptr mx -all"), {"dns-spf": WARN}),
    Zone("unknown mechanism", spf("v=spf1 ipv4:192.0.2.1 -all"), {"dns-spf": FAIL}, says="ipv4"),
    Zone("address that is none", spf("v=spf1 ip4:192.0.2.300 -all"), {"dns-spf": FAIL}),
    Zone(
        "two redirects",
        spf("v=spf1 redirect=a.example.se redirect=b.example.se"),
        {"dns-spf": FAIL},
    ),
    Zone("unknown modifiers are passed over", spf("v=spf1 mx moo=cow -all")),
    Zone(
        "SPF cannot be asked for",
        {(HOME, "TXT"): [SERVFAIL]},
        {"dns-spf": UNKNOWN},
        says="SERVFAIL",
    ),
    Zone(
        "an include cannot be asked for",
        {**spf("v=spf1 include:spf.other.example -all"), ("spf.other.example", "TXT"): [SERVFAIL]},
        {"dns-spf": UNKNOWN},
        says="spf.other.example",
    ),
    Zone(
        "a fault is one although the rest is not known",
        {**spf("v=spf1 include:spf.other.example +all"), ("spf.other.example", "TXT"): [SERVFAIL]},
        {"dns-spf": FAIL},
    ),
    Zone(
        "Microsoft 365 is let through",
        {
            **spf("v=spf1 include:spf.protection.outlook.com -all"),
            ("spf.protection.outlook.com", "TXT"): ["v=spf1 ip4:203.0.113.0/24 -all"],
        },
        mail=MICROSOFT,
    ),
    Zone(
        "Microsoft 365 is let through further in",
        {
            **spf("v=spf1 include:spf1.example.se -all"),
            ("spf1.example.se", "TXT"): ["v=spf1 include:spf.protection.outlook.com -all"],
            ("spf.protection.outlook.com", "TXT"): ["v=spf1 ip4:203.0.113.0/24 -all"],
        },
        mail=MICROSOFT,
    ),
    Zone(
        "Microsoft 365 is not let through",
        {},
        {"dns-spf": FAIL},
        mail=MICROSOFT,
        says="include:spf.protection.outlook.com",
    ),
    Zone(
        "Brevo is not let through, and writes a sender of its own",
        {},
        {"dns-spf": WARN},
        mail="brevo://0123456789",
        says="include:spf.brevo.com",
    ),
    # DKIM
    Zone("no key", {(KEY, "TXT"): []}, {"dns-dkim": FAIL}, says=KEY),
    Zone("key of 1024 bits", key(f"v=DKIM1; p={RSA_1024}"), {"dns-dkim": WARN}, says="1024"),
    Zone("key of 512 bits", key(f"v=DKIM1; p={RSA_512}"), {"dns-dkim": FAIL}, says="512"),
    Zone("key on trial", key(f"v=DKIM1; t=y; p={RSA_2048}"), {"dns-dkim": FAIL}, says="t=y"),
    Zone("key on trial among flags", key(f"v=DKIM1; t=s:y; p={RSA_2048}"), {"dns-dkim": FAIL}),
    Zone("strict key", key(f"v=DKIM1; t=s; p={RSA_2048}")),
    Zone("withdrawn key", key("v=DKIM1; p="), {"dns-dkim": FAIL}, says="withdrawn"),
    Zone("key that is none", key("v=DKIM1; p=AAAA"), {"dns-dkim": FAIL}),
    Zone("key with a comma for a semicolon", key(f"v=DKIM1, p={RSA_2048}"), {"dns-dkim": FAIL}),
    Zone("version behind", key(f"k=rsa; v=DKIM1; p={RSA_2048}"), {"dns-dkim": FAIL}),
    Zone("key without a version", key(f"p={RSA_2048}")),
    Zone(
        "key in split strings",
        {(KEY, "TXT"): [f'"v=DKIM1; p={RSA_2048[:180]}" "{RSA_2048[180:]}"']},
    ),
    Zone("key with a blank at the split", key(f"v=DKIM1; p={RSA_2048[:100]} {RSA_2048[100:]}")),
    Zone(
        "two keys",
        {(KEY, "TXT"): [f"v=DKIM1; p={RSA_2048}", f"v=DKIM1; p={RSA_1024}"]},
        {"dns-dkim": FAIL},
    ),
    Zone("key beside a wildcard's text", {(KEY, "TXT"): [f"v=DKIM1; p={RSA_2048}", "v=spf1 -all"]}),
    Zone("key for SHA-1 alone", key(f"v=DKIM1; h=sha1; p={RSA_2048}"), {"dns-dkim": FAIL}),
    Zone("key for something else", key(f"v=DKIM1; s=tlsrpt; p={RSA_2048}"), {"dns-dkim": FAIL}),
    Zone("Ed25519 key", key(f"v=DKIM1; k=ed25519; p={ED25519}")),
    Zone(
        "key behind an alias",
        {
            (KEY, "TXT"): [],
            (KEY, "CNAME"): ["nyhetsbrev.keys.provider.example"],
            ("nyhetsbrev.keys.provider.example", "TXT"): [f"v=DKIM1; p={RSA_2048}"],
        },
    ),
    Zone(
        "alias that leads nowhere",
        {(KEY, "TXT"): [], (KEY, "CNAME"): ["gone.provider.example"]},
        {"dns-dkim": FAIL},
    ),
    Zone("key that cannot be asked for", {(KEY, "TXT"): [SERVFAIL]}, {"dns-dkim": UNKNOWN}),
    Zone("no selector is known", {}, {"dns-dkim": UNKNOWN}, selectors=()),
    # DMARC
    Zone(
        "no DMARC",
        {(DMARC, "TXT"): []},
        {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN},
        says="v=DMARC1; p=none",
    ),
    Zone(
        "no DMARC, and the top-level domain cannot be asked",
        {(DMARC, "TXT"): [], ("_dmarc.se", "TXT"): [SERVFAIL]},
        {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN},
    ),
    Zone(
        "good, and the top-level domain cannot be asked",
        {**BELOW, ("_dmarc.se", "TXT"): [SERVFAIL]},
        bounces="b@news.example.se",
    ),
    Zone(
        "misspelt sp with reports",
        dmarc("v=DMARC1; p=reject; sp=oops; rua=mailto:d@example.se"),
        {"dns-dmarc": WARN},
        says="sp=oops at _dmarc.example.se cannot be read, so the record counts as p=none",
    ),
    Zone(
        "an alignment that cannot be read",
        dmarc("v=DMARC1; p=reject; adkim=strict"),
        {"dns-dmarc": WARN},
        says="counts as unwritten",
    ),
    Zone("p=none", dmarc("v=DMARC1; p=none; rua=mailto:d@example.se"), {"dns-dmarc": WARN}),
    Zone("p=quarantine", dmarc("v=DMARC1; p=quarantine")),
    Zone(
        "RFC 9989 without p",
        dmarc("v=DMARC1; rua=mailto:d@example.se"),
        {"dns-dmarc": WARN},
        says="counts as p=none",
    ),
    Zone(
        "nothing but the version",
        dmarc("v=DMARC1;"),
        {"dns-dmarc": WARN},
        says="v=DMARC1; rua=mailto:dmarc@example.se",
    ),
    Zone(
        "misspelt p without reports",
        dmarc("v=DMARC1; p=quarentine"),
        {"dns-dmarc": FAIL},
        says="p=quarentine",
    ),
    Zone(
        "misspelt p with reports",
        dmarc("v=DMARC1; p=rejct; rua=mailto:d@example.se"),
        {"dns-dmarc": WARN},
    ),
    Zone(
        "two DMARC records",
        dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject"),
        {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN},
        says="2 DMARC records",
    ),
    Zone(
        "version in small letters",
        dmarc("v=dmarc1; p=reject"),
        {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN},
    ),
    Zone("no semicolon", dmarc("v=DMARC1 p=reject"), {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN}),
    Zone(
        "record at the domain itself",
        {(DMARC, "TXT"): [], (HOME, "TXT"): [SPF, "v=DMARC1; p=reject"]},
        {"dns-dmarc": FAIL, "dns-alignment": UNKNOWN},
        says="_dmarc.example.se",
    ),
    Zone(
        "blanks and order do not matter", dmarc("v = DMARC1 ;rua=mailto:d@example.se; p = reject ;")
    ),
    Zone("tags that are gone", dmarc("v=DMARC1; p=reject; pct=50; ri=86400; rf=afrf"), says="pct"),
    Zone("unknown tags", dmarc("v=DMARC1; p=reject; moo=cow")),
    Zone(
        "reject on trial", dmarc("v=DMARC1; p=reject; t=y"), {"dns-dmarc": WARN}, says="quarantine"
    ),
    Zone("quarantine on trial", dmarc("v=DMARC1; p=quarantine; t=y"), {"dns-dmarc": WARN}),
    Zone("psd=y at home", dmarc("v=DMARC1; p=reject; psd=y"), {"dns-dmarc": WARN}, says="psd=y"),
    Zone(
        "DMARC cannot be asked for",
        {(DMARC, "TXT"): [SERVFAIL]},
        {"dns-dmarc": UNKNOWN, "dns-alignment": UNKNOWN},
    ),
    Zone(
        "reports to somebody who has not agreed",
        {
            **dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            ("reports.example", "A"): ["192.0.2.9"],
        },
        {"dns-dmarc": WARN},
        says="reports.example",
    ),
    Zone(
        "reports to somebody who has agreed",
        {
            **dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            ("example.se._report._dmarc.reports.example", "TXT"): ["v=DMARC1"],
        },
    ),
    # Subdomains
    Zone(
        "a subdomain under its organisation's policy",
        {**BELOW, **dmarc("v=DMARC1; p=reject; sp=quarantine")},
        sender="n@news.example.se",
        says="quarantine",
    ),
    Zone(
        "a subdomain with sp=none",
        {**BELOW, **dmarc("v=DMARC1; p=reject; sp=none")},
        {"dns-dmarc": WARN},
        sender="n@news.example.se",
    ),
    Zone(
        "a subdomain that is not there, with np",
        dmarc("v=DMARC1; p=reject; sp=none; np=reject"),
        {"dns-spf": FAIL, "dns-mx": FAIL},
        sender="n@gone.example.se",
        says="reject",
    ),
    Zone(
        "a subdomain that is not there, with np=none",
        dmarc("v=DMARC1; p=reject; np=none"),
        {"dns-spf": FAIL, "dns-mx": FAIL, "dns-dmarc": WARN},
        sender="n@gone.example.se",
    ),
    Zone(
        "a subdomain with a record of its own",
        {**BELOW, ("_dmarc.news.example.se", "TXT"): ["v=DMARC1; p=none"]},
        {"dns-dmarc": WARN},
        sender="n@news.example.se",
    ),
    Zone(
        "below a public suffix that says so",
        {
            ("_dmarc.kommun.example", "TXT"): ["v=DMARC1; p=none; np=reject; psd=y"],
            ("ort.kommun.example", "TXT"): ["v=spf1 mx -all"],
            ("ort.kommun.example", "MX"): ["10 mx.example.se."],
            ("k._domainkey.ort.kommun.example", "TXT"): [f"v=DKIM1; p={RSA_2048}"],
        },
        {"dns-dmarc": WARN},
        sender="n@ort.kommun.example",
        selectors=("k@ort.kommun.example",),
    ),
    # Alignment and bounces
    Zone("bounces go to a subdomain", {**BELOW}, bounces="studs@news.example.se"),
    Zone(
        "the subdomain for bounces has neither SPF nor MX",
        {("studs.example.se", "A"): ["192.0.2.7"]},
        {"dns-spf": WARN, "dns-mx": WARN},
        bounces="b@studs.example.se",
    ),
    Zone(
        "bounces go to another organisation",
        {
            ("_dmarc.other.example", "TXT"): ["v=DMARC1; p=none"],
            ("other.example", "TXT"): ["v=spf1 mx -all"],
            ("other.example", "MX"): ["10 mx.example.se."],
        },
        {"dns-alignment": WARN},
        bounces="b@other.example",
    ),
    Zone(
        "psd=y at home parts the subdomain for bounces",
        {**BELOW, **dmarc("v=DMARC1; p=reject; psd=y")},
        {"dns-dmarc": WARN, "dns-alignment": WARN},
        bounces="b@news.example.se",
    ),
    Zone(
        "strict alignment of SPF",
        {**BELOW, **dmarc("v=DMARC1; p=reject; aspf=s")},
        {"dns-alignment": WARN},
        bounces="b@news.example.se",
    ),
    Zone(
        "signed for somebody else",
        {
            ("k._domainkey.other.example", "TXT"): [f"v=DKIM1; p={RSA_2048}"],
            ("_dmarc.other.example", "TXT"): ["v=DMARC1; p=none"],
        },
        {"dns-alignment": WARN},
        selectors=("k@other.example",),
    ),
    Zone(
        "neither signed nor bounced at home",
        {
            ("k._domainkey.other.example", "TXT"): [f"v=DKIM1; p={RSA_2048}"],
            ("_dmarc.other.example", "TXT"): ["v=DMARC1; p=none"],
            ("other.example", "TXT"): ["v=spf1 mx -all"],
            ("other.example", "MX"): ["10 mx.example.se."],
        },
        {"dns-alignment": FAIL},
        bounces="b@other.example",
        selectors=("k@other.example",),
    ),
    # MX
    Zone(
        "nobody takes replies",
        {(HOME, "MX"): [], (HOME, "TXT"): ["v=spf1 ip4:192.0.2.1 -all"]},
        {"dns-mx": FAIL},
        says="ask whoever keeps the mailboxes of example.se for its MX record",
    ),
    Zone(
        "null MX",
        {(HOME, "MX"): ["0 ."], (HOME, "TXT"): ["v=spf1 ip4:192.0.2.1 -all"]},
        {"dns-mx": FAIL},
        says="null MX",
    ),
    Zone(
        "mail is tried at the domain's own address",
        {(HOME, "MX"): [], (HOME, "A"): ["192.0.2.1"], (HOME, "TXT"): ["v=spf1 a -all"]},
        {"dns-mx": WARN},
    ),
    Zone(
        "mail host without an address",
        {("mx.example.se", "A"): [], (HOME, "TXT"): ["v=spf1 ip4:192.0.2.1 -all"]},
        {"dns-mx": FAIL},
    ),
    Zone(
        "mail host with an address of IPv6 only",
        {("mx.example.se", "A"): [], ("mx.example.se", "AAAA"): ["2001:db8::25"]},
    ),
    Zone(
        "replies to a domain that takes none",
        {("svar.example.se", "A"): [], ("svar.example.se", "TXT"): ["a text"]},
        {"dns-mx": FAIL},
        says="what example.se has as MX of svar.example.se too, and ask whoever keeps those hosts "
        "to take its mail: 10 mx.example.se",
        reply_to="kansli@svar.example.se",
    ),
    Zone(
        "MX cannot be asked for",
        {(HOME, "MX"): [SERVFAIL], (HOME, "TXT"): ["v=spf1 ip4:192.0.2.1 -all"]},
        {"dns-mx": UNKNOWN},
    ),
    # International domains
    Zone(
        "a domain with å in it",
        {
            ("xn--nt-via.example", "TXT"): ["v=spf1 mx -all"],
            ("xn--nt-via.example", "MX"): ["10 mx.example.se."],
            ("_dmarc.xn--nt-via.example", "TXT"): ["v=DMARC1; p=reject"],
            ("k._domainkey.xn--nt-via.example", "TXT"): [f"v=DKIM1; p={RSA_2048}"],
        },
        sender="nyhetsbrev@nät.example",
        selectors=("k@xn--nt-via.example",),
    ),
)
SILENT = Zone(
    "nobody answers about DMARC",
    {(DMARC, "TXT"): [SILENCE]},
    {"dns-dmarc": UNKNOWN, "dns-alignment": UNKNOWN},
    says="does not answer",
)
