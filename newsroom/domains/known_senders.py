"""Companies that send mail for others, and what each wants to find in the DNS.

By their own guides. Others are not guessed at: of a relay that is not here nothing is claimed,
since a wrong claim would hold an issue back.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownSender:
    """One company's way to send."""

    name: str
    hosts: tuple[str, ...]  # ends of its relays' names
    includes: tuple[str, ...]  # any one of them lets its servers through
    selectors: tuple[str, ...] = ()  # where its keys usually stand; none: each customer's own
    own_bounces: bool = False  # it writes a sender of its own, so SPF is judged for its domain
    exchangers: tuple[str, ...] = ()  # ends of the hosts that take mail where it keeps mailboxes


_KNOWN = (
    KnownSender(
        "Microsoft 365",
        ("smtp.office365.com", "mail.protection.outlook.com", "smtp-mail.outlook.com"),
        ("spf.protection.outlook.com",),
        ("selector1", "selector2"),
        exchangers=("mail.protection.outlook.com", "mx.microsoft"),
    ),
    KnownSender(
        "Google",
        ("smtp.gmail.com", "smtp-relay.gmail.com"),
        ("_spf.google.com",),
        ("google",),
        exchangers=("smtp.google.com", "aspmx.l.google.com"),
    ),
    KnownSender("Postmark", ("smtp.postmarkapp.com",), ("spf.mtasv.net",), own_bounces=True),
    KnownSender(
        "Brevo",
        ("smtp-relay.brevo.com", "smtp-relay.sendinblue.com"),
        ("spf.brevo.com", "spf.sendinblue.com"),
        ("brevo1", "brevo2", "mail"),
        own_bounces=True,
    ),
    KnownSender("Amazon SES", ("amazonaws.com",), ("amazonses.com",), own_bounces=True),
    KnownSender("Resend", ("smtp.resend.com",), ("amazonses.com",), ("resend",), own_bounces=True),
    KnownSender("Mailgun", ("mailgun.org",), ("mailgun.org", "eu.mailgun.org"), own_bounces=True),
    KnownSender("Mailjet", ("mailjet.com",), ("spf.mailjet.com",), ("mailjet",), own_bounces=True),
    KnownSender(
        "SendGrid", ("smtp.sendgrid.net",), ("sendgrid.net",), ("s1", "s2"), own_bounces=True
    ),
    KnownSender(
        "Loopia",
        ("mailcluster.loopia.se",),
        ("kundspf.loopia.se", "spf.loopia.se"),
        exchangers=("mailcluster.loopia.se",),
    ),
)
_SCHEMES = {
    "postmark": "Postmark",
    "brevo": "Brevo",
    "ses": "Amazon SES",
    "resend": "Resend",
}


def known_sender(scheme: str, host: str | None) -> KnownSender | None:
    """The company behind a way out: by the scheme of its address, or by its relay's name."""
    named = _SCHEMES.get(scheme)
    by_name = (known for known in _KNOWN if known.name == named)
    by_host = (known for known in _KNOWN if host and _is_of(host, known.hosts))
    return next(by_name, None) or next(by_host, None)


def keeper_of(exchangers: Iterable[str]) -> KnownSender | None:
    """The company that keeps the mailboxes of a domain, by the hosts that take its mail."""
    hosts = tuple(exchangers)
    return next((k for k in _KNOWN if any(_is_of(host, k.exchangers) for host in hosts)), None)


def _is_of(host: str, ends: tuple[str, ...]) -> bool:
    return any(host == end or host.endswith(f".{end}") for end in ends)
