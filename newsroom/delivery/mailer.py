"""The way out that NEWSROOM_MAIL names, and single mails through it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from newsroom.delivery.transports.login import Tokens
from newsroom.delivery.transports.transport import Transport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from newsroom.model.oauth_client import OAuthClient
from newsroom.model.saying import joined, say


def transport_from(mail: str, tokens: Callable[[OAuthClient], Tokens] | None = None) -> Transport:
    """The transport of an address such as `folder:/path` or `smtps://user:password@host`.

    No connection is made yet. `tokens` is asked where a relay takes tokens instead of a password.
    Providers are reached over HTTP: see `providers`.
    """
    scheme, _, rest = mail.partition(":")
    if scheme == "folder":
        from newsroom.delivery.transports.folder import FolderTransport

        return FolderTransport(Path(rest))
    from newsroom.delivery.transports.connector import Connector
    from newsroom.delivery.transports.relay import parse_relay
    from newsroom.delivery.transports.smtp import SmtpTransport

    relay = parse_relay(mail)
    source = tokens(relay.registration) if tokens and relay.registration else None
    return SmtpTransport(relay, Connector(tokens=source))


def why_not_taken(outcome: Outcome) -> str:
    """Why a mail was not taken, or may not have been: in the server's words, or of no server."""
    if outcome.whole_relay and outcome.code is None:
        return outcome.reason or ""
    code = (outcome.code or "").partition(" ")[0]
    reason = joined(" ", [*([code] if code else []), outcome.reason or ""])
    return say("the mail was not taken: {reason}", reason=reason)


def at_once() -> None:
    """The turn where mail needs none."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """Sends single mails at once: confirmations, previews, reports. They overtake every issue."""

    transports: Callable[[], Transport]
    sender: str  # the envelope's
    turn: Callable[[], None] = at_once  # returns when a mail may leave; raises DeliveryError

    def send(self, message: EmailMessage | bytes, to: str) -> None:
        """Hand over one mail. Raises DeliveryError, in the server's words, when it is not taken."""
        outcome = self._try(message, to)
        if outcome.state is not DeliveryState.ACCEPTED:
            raise DeliveryError(why_not_taken(outcome))

    def hand_over(self, message: EmailMessage | bytes, to: str) -> Outcome:
        """How handing over one mail went; where nobody's can leave now, it is put off."""
        try:
            return self._try(message, to)
        except DeliveryError as error:
            return Outcome(DeliveryState.DEFERRED, reason=error.sentence, whole_relay=True)

    def _try(self, message: EmailMessage | bytes, to: str) -> Outcome:
        self.turn()
        with closing(self.transports()) as transport:
            return transport.send(Envelope(self.sender, to), bytes(message))
