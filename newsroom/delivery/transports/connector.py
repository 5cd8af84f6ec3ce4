"""A connection to the relay: opened, secured and logged in at, or not at all."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack

from newsroom.delivery.transports.login import Tokens, log_in
from newsroom.delivery.transports.relay import Relay
from newsroom.errors import DeliveryError
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, joined, say

_TIMEOUT = 20.0  # seconds for any one step of connecting
# At most: two addresses, greeting, EHLO, HELO, STARTTLS, its handshake, EHLO, HELO, and a login of
# three lines or two of two.
_STEPS = 13
_TOKENS = 60.0  # seconds that a token or two may take
CONNECTING = _TIMEOUT * _STEPS + _TOKENS  # seconds at most
_READY, _NEVER = 220, range(500, 600)

Connect = Callable[[Relay], smtplib.SMTP]  # an open, secured, logged-in connection


class Connector:
    """Opens connections. Certificates are verified always; a password never travels in clear."""

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        timeout: float = _TIMEOUT,
        tokens: Tokens | None = None,
    ) -> None:
        """`tls` stands for the authorities that the relay's address or the system names."""
        self._context = tls
        self._timeout = timeout
        self._tokens = tokens

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
                _never_wait(smtp)
                smtp.ehlo_or_helo_if_needed()
                if relay.scheme == "smtp+starttls":
                    self._secure(smtp, relay)
                log_in(smtp, relay, self._tokens)
            except OSError as error:  # smtplib's own errors are OSErrors too
                fault = _lasting_fault(error)
                if fault is None:
                    raise
                raise DeliveryError(joined(": ", (str(relay), fault))) from error
            except DeliveryError as error:
                raise DeliveryError(joined(": ", (str(relay), error.sentence))) from error
            on_failure.pop_all()
        return smtp

    def _open(self, relay: Relay) -> smtplib.SMTP:
        hello = _own_name()
        if relay.scheme == "smtps":
            return smtplib.SMTP_SSL(
                relay.host, relay.port, hello, timeout=self._timeout, context=self._tls(relay)
            )
        return smtplib.SMTP(relay.host, relay.port, hello, timeout=self._timeout)

    def _secure(self, smtp: smtplib.SMTP, relay: Relay) -> None:
        code, words = smtp.starttls(context=self._tls(relay))  # refuses where it is not offered
        if code != _READY:  # RFC 3207 section 4
            raise smtplib.SMTPResponseException(code, words)
        smtp.ehlo()

    def _tls(self, relay: Relay) -> ssl.SSLContext:
        """Whom to trust, read once: the system has hundreds of authorities."""
        if self._context is None:
            try:
                self._context = ssl.create_default_context(cafile=relay.authority)
            except OSError as error:
                raise DeliveryError(
                    say(
                        "{file} holds no certificate that can be read ({why}); see ca= in "
                        "NEWSROOM_MAIL",
                        file=relay.authority,
                        why=why(error),
                    )
                ) from error
        return self._context


def _lasting_fault(error: OSError) -> Saying | None:
    """What is wrong for everybody and until somebody mends it, or None for what may pass."""
    match error:
        case ssl.SSLCertVerificationError():
            return say(
                "{why}; for an authority of your own, write ?ca=FILE after the relay's address",
                why=why(error),
            )
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return None  # somebody hung up: a relay that starts anew, a network that hiccups
        case ssl.SSLError():
            return say(
                "no secure connection: {why}; smtps:// is for port 465, smtp+starttls:// for 587",
                why=why(error),
            )
        case smtplib.SMTPNotSupportedError():
            return say(
                "the relay offers no encryption (STARTTLS), or somebody between has taken the "
                "offer away; nothing was sent. Ask its keeper, or write smtps:// with port 465"
            )
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=bytes(words)) if (
            code in _NEVER  # smtplib's own word for a line without an end is 500 and a str
        ):
            told = " ".join(words.decode("utf-8", "replace").split())
            return say("the relay turns us away ({code} {words})", code=code, words=told)
        case _:
            return None


def _never_wait(smtp: smtplib.SMTP) -> None:
    """Send what is written at once (RFC 9293 section 3.7.4).

    Else the end of each text would wait for the other side's word on what went before it.
    """
    if smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _own_name() -> str:
    """What we call ourselves: our name when it is a full one, else an address literal.

    Asked of the machine only: looking the name up can hang where name service is poor.
    """
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"
