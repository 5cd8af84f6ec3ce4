"""What is looked at: the domains and the ways of mail, as the settings and site.yaml name them."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsroom.domains.dkim_key import Selector
from newsroom.domains.known_senders import KnownSender, known_sender
from newsroom.domains.way_out import WayOut
from newsroom.model import Site
from newsroom.render.mail.headers import ascii_address

_SMTP = {"smtp", "smtps", "smtp+starttls"}
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class MailSetup:
    """A newsroom's mail, as far as it is decided on this machine."""

    site: Site
    mail: str = field(repr=False)  # NEWSROOM_MAIL, with its secrets
    keys: tuple[Selector, ...] = ()  # that mail is signed with here
    keys_elsewhere: tuple[Selector, ...] = ()  # that a relay is said to sign with
    signs_with: tuple[str, ...] = ()  # the kinds of the keys: rsa, ed25519
    unusable: tuple[str, ...] = ()  # what is wrong with the files of keys

    @property
    def author(self) -> str:
        """The domain of From, as the DNS knows it."""
        return domain_of(self.site.sender.email)

    @property
    def envelope(self) -> str:
        """The domain that bounces come to."""
        return domain_of(self.site.sender.bounces or self.site.sender.email)

    @property
    def replies(self) -> str:
        """The domain that answers come to."""
        return domain_of(self.site.mailbox)

    @property
    def scheme(self) -> str:
        """What NEWSROOM_MAIL begins with."""
        return self.mail.partition(":")[0]

    @property
    def sender(self) -> KnownSender | None:
        """The company that sends for us, when it is one that we know."""
        return known_sender(self.scheme, urlsplit(self.mail).hostname)

    @property
    def way_out(self) -> WayOut:
        """Who hands our mail to receivers."""
        host = urlsplit(self.mail).hostname if self.scheme in _SMTP else None
        return WayOut(self.sender, host, is_here=host in _HERE)

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """Every key that is known of."""
        return (*self.keys, *self.keys_elsewhere)


def domain_of(email: str) -> str:
    """The domain of an address in ASCII (RFC 5890) and small letters."""
    return ascii_address(email).rpartition("@")[2].lower()


def configuration_of(setup: MailSetup, secret: bytes, servers: Sequence[str]) -> str:
    """A digest of all that a verdict hangs on: it says nothing of the secrets that went into it."""
    sender = setup.site.sender
    keys = [
        (each.record_name, hashlib.sha256(each.expected or b"").hexdigest())
        for each in setup.selectors
    ]
    parts = [
        *(setup.mail, setup.site.url, sender.email, sender.bounces, sender.reply_to, sender.verp),
        *(keys, list(servers)),
    ]
    return hmac.new(secret, b"doctor\0" + json.dumps(parts).encode(), "sha256").hexdigest()
