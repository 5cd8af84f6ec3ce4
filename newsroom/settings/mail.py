"""The addresses of the mail server and the inbox, checked as far as their form shows."""

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from newsroom.model.saying import Saying, say

_MAILS = ("folder", "smtp", "smtp+starttls", "smtps")
# What follows the scheme of a provider: the key to the account, and where in it.
_KEY = r"[\w.~%=+-]{8,}"
_PROVIDERS = {
    "postmark": (rf"{_KEY}(@[\w-]+)?", "postmark://TOKEN@broadcast"),
    "brevo": (_KEY, "brevo://KEY"),
    "ses": (rf"\w{{8,}}:{_KEY}@[a-z]{{2}}(-[a-z]+)+-\d", "ses://KEY_ID:SECRET@eu-north-1"),
    "resend": (_KEY, "resend://KEY"),
}
_OPTIONS = {  # what may follow a relay's address, and an example of each
    "ca": (r".+", "ca=var/authority.pem"),
    "client": (r"[\w.-]+", "client=CLIENT_ID"),
    "issuer": (r"https://\S+", "issuer=https://login.example.se/organisation"),
    "messages": (r"[1-9]\d{0,6}", "messages=100"),
    "scope": (r"\S+", "scope=https://outlook.office365.com/.default"),
    "seconds": (r"[1-9]\d{0,4}", "seconds=300"),
    "tenant": (r"[\w.-]+", "tenant=TENANT_ID"),
    "tls": (r"no", "tls=no"),
}
_M365 = "smtp+starttls://USER:CLIENT_SECRET@smtp.office365.com?tenant=…&client=…"


def provider_of(mail: str) -> str | None:
    """The provider that takes mail over HTTP; None where a relay or a folder does."""
    scheme = mail.partition("://")[0]
    return scheme if scheme in _PROVIDERS else None


def mail_faults(mail: str) -> list[Saying]:
    """What keeps NEWSROOM_MAIL from being used."""
    scheme, _, rest = mail.partition("://")
    if scheme in _PROVIDERS:
        return _provider_faults(scheme, rest)
    parts = address_parts(mail)
    if parts is None:
        return [bracket_fault("NEWSROOM_MAIL")]
    if parts.scheme not in _MAILS:
        return [
            say(
                'NEWSROOM_MAIL begins with "{scheme}:"; '
                "write smtp+starttls://user:password@host:587, smtps://…, smtp://127.0.0.1:1025, "
                "folder:var/outgoing or a provider: {providers}",
                scheme=shown_scheme(mail),
                providers=", ".join(f"{name}://…" for name in _PROVIDERS),
            )
        ]
    return [] if parts.scheme == "folder" else _relay_faults(parts)


def inbox_faults(inbox: str | None) -> list[Saying]:
    """What keeps NEWSROOM_INBOX from being used."""
    if inbox is None:
        return []
    parts = address_parts(inbox)
    if parts is None:
        return [bracket_fault("NEWSROOM_INBOX")]
    is_whole = parts.hostname and parts.username and parts.password
    if parts.scheme == "imaps" and is_whole and _is_port(parts):
        return []
    return [say("NEWSROOM_INBOX is no inbox; write imaps://user:password@host")]


def shown_scheme(address: str) -> str:
    """What an address begins with; nothing that may be a key which somebody pasted."""
    scheme = address.partition(":")[0]
    return scheme if re.fullmatch("[a-z][a-z+]{0,12}", scheme) else "…"


def address_parts(address: str) -> SplitResult | None:
    """An address taken apart; None when a bracket in it makes that impossible."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def bracket_fault(name: str) -> Saying:
    """What to write for a bracket."""
    return say("{name} cannot be read; write [ in a password as %5B and ] as %5D", name=name)


def anchored_mail(mail: str, root: Path) -> str:
    """The address with every path in it made absolute below the root."""
    if mail.startswith("folder:"):
        return f"folder:{(root / mail.removeprefix('folder:')).absolute()}"
    address, mark, query = mail.partition("?")
    options = dict(parse_qsl(query))
    if "ca" not in options:
        return mail
    options["ca"] = str((root / options["ca"]).absolute())
    return f"{address}{mark}{urlencode(options)}"


def _relay_faults(parts: SplitResult) -> list[Saying]:
    faults = []
    if not parts.hostname:
        example = f"{parts.scheme}://host:port"
        faults.append(say("NEWSROOM_MAIL names no host; write {example}", example=example))
    if parts.username and not parts.password:
        example = f"{parts.scheme}://user:password@host"
        faults.append(
            say("NEWSROOM_MAIL names a user and no password; write {example}", example=example)
        )
    if parts.scheme == "smtp" and parts.password:
        faults.append(
            say(
                "NEWSROOM_MAIL would send its password in clear; write smtp+starttls:// or smtps://"
            )
        )
    if not _is_port(parts):
        example = f"{parts.scheme}://host:587"
        faults.append(
            say(
                "NEWSROOM_MAIL has a port that is none; write {example}, and in a password / as "
                "%2F and # as %23",
                example=example,
            )
        )
    if _is_in_the_open(parts):
        faults.append(
            say(
                "NEWSROOM_MAIL would send readers' addresses in clear; write smtp+starttls:// or "
                "smtps://, or ?tls=no after the address where the network is your own"
            )
        )
    return faults + _option_faults(parts)


def _option_faults(parts: SplitResult) -> list[Saying]:
    """What is wrong behind the question mark; a value may be a secret and is not told."""
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    faults = []
    if options.keys() - _OPTIONS.keys():
        known = ", ".join(_OPTIONS)
        faults.append(
            say(
                "NEWSROOM_MAIL: what follows the question mark is not known; use {known}, and "
                "write a question mark in a password as %3F",
                known=known,
            )
        )
    faults += [
        say("NEWSROOM_MAIL: {name} cannot be read; write {example}", name=name, example=example)
        for name, (form, example) in _OPTIONS.items()
        if name in options and not re.fullmatch(form, options[name], re.ASCII)
    ]
    has_all = "client" in options and options.keys() & {"tenant", "issuer"} and parts.password
    if options.keys() & {"client", "issuer", "scope", "tenant"} and not has_all:
        faults.append(
            say("NEWSROOM_MAIL: a login with a token is written {example}", example=_M365)
        )
    return faults


def _is_in_the_open(parts: SplitResult) -> bool:
    """Whether readers' addresses would cross a network in clear, and nobody has allowed it."""
    if parts.scheme != "smtp" or ("tls", "no") in parse_qsl(parts.query):
        return False
    host = parts.hostname or "localhost"
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def _provider_faults(scheme: str, rest: str) -> list[Saying]:
    """What keeps a provider's address from being read; the key in it is not told."""
    form, example = _PROVIDERS[scheme]
    if re.fullmatch(form, rest, re.ASCII):
        return []
    return [
        say(
            "NEWSROOM_MAIL cannot be read; write {example}, with what is neither letter nor digit "
            "in a key as in a URL (/ as %2F)",
            example=example,
        )
    ]


def _is_port(parts: SplitResult) -> bool:
    """Whether the port is a number that a port can have, or is left to the scheme."""
    try:
        return parts.port != 0
    except ValueError:
        return False
