"""The relay: read from its address, connected to and logged in at, or not at all."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from newsroom.errors import DeliveryError
from newsroom.model.saying import Saying, joined, say

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_TIMEOUT = 20.0  # seconds for any one step of connecting
_STEPS = 16  # at most: two addresses, greeting, EHLO, HELO, TLS and its EHLO, three ways to log in
CONNECTING = _TIMEOUT * _STEPS  # seconds at most
_NEVER = 500


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail. Neither its text nor its `repr` holds the password."""

    scheme: str  # smtp, smtp+starttls, smtps
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


Connect = Callable[[Relay], smtplib.SMTP]  # an open, secured, logged-in connection


def parse_relay(address: str) -> Relay:
    """The relay of an address such as `smtp+starttls://user:password@host:587`."""
    parts = urlsplit(address)
    return Relay(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


@dataclass(frozen=True, slots=True)
class Connector:
    """Opens connections. Certificates are verified always; a password never travels in clear."""

    tls: ssl.SSLContext | None = None  # None: the system's authorities
    timeout: float = _TIMEOUT

    def __call__(self, relay: Relay) -> smtplib.SMTP:
        """A connection ready for MAIL FROM.

        Raises OSError for what may be otherwise in a while, DeliveryError for what may not.
        """
        if relay.user and relay.scheme == "smtp":
            raise DeliveryError(
                say(
                    "{relay}: a password would travel in clear; write smtp+starttls:// or smtps://",
                    relay=relay,
                )
            )
        with ExitStack() as on_failure:
            try:
                smtp = self._open(relay)
                on_failure.callback(smtp.close)
                self._secure(smtp, relay)
            except OSError as error:  # smtplib's own errors are OSErrors too
                fault = _lasting_fault(error)
                if fault is None:
                    raise
                raise DeliveryError(joined(": ", (str(relay), fault))) from error
            on_failure.pop_all()
        return smtp

    def _open(self, relay: Relay) -> smtplib.SMTP:
        hello = _own_name()
        if relay.scheme == "smtps":
            return smtplib.SMTP_SSL(
                relay.host, relay.port, hello, timeout=self.timeout, context=self._tls()
            )
        return smtplib.SMTP(relay.host, relay.port, hello, timeout=self.timeout)

    def _tls(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()

    def _secure(self, smtp: smtplib.SMTP, relay: Relay) -> None:
        smtp.ehlo_or_helo_if_needed()
        if relay.scheme == "smtp+starttls":
            code, words = smtp.starttls(context=self._tls())  # refuses where it is not offered
            if code != 220:  # noqa: PLR2004 (RFC 3207 section 4)
                raise smtplib.SMTPResponseException(code, words)
            smtp.ehlo()
        if relay.user:
            smtp.login(relay.user, relay.password or "")


def _lasting_fault(error: OSError) -> Saying | None:
    """What is wrong for everybody and until somebody mends it, or None for what may pass."""
    match error:
        case ssl.SSLCertVerificationError():
            return say("the certificate cannot be trusted: {why}", why=error.verify_message)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return None  # somebody hung up: a relay that starts anew, a network that hiccups
        case ssl.SSLError():
            return say("no secure connection: {why}", why=error.reason)
        case smtplib.SMTPNotSupportedError():
            return say("the relay offers no secure way in: {why}", why=error)
        case smtplib.SMTPAuthenticationError(smtp_code=code) if code >= _NEVER:
            return say("the login is refused ({code}); see the user and the password", code=code)
        case smtplib.SMTPResponseException(smtp_code=code) if code >= _NEVER:
            words = _words(error.smtp_error)
            return say("the relay turns us away ({code} {words})", code=code, words=words)
        case _:
            return None


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())


def _own_name() -> str:
    """What we call ourselves: our name when it is a full one, else an address literal.

    Asked of the machine only: looking the name up can hang where name service is poor.
    """
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"
