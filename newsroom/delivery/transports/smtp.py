"""SMTP as the way out: one kept connection, every reply taken for what it says.

What matters most is when the line breaks. Before the message's text has begun to leave, nothing
was handed over and the copy is put off. After that nobody can know, until the server says 250.
"""

import smtplib
import time
from datetime import timedelta

from newsroom.bounces.verdict import severity
from newsroom.delivery.transports.relay import CONNECTING, Connect, Relay
from newsroom.delivery.transports.reply import Reply
from newsroom.errors import DeliveryError
from newsroom.model.delivery import BounceSeverity, DeliveryState, Envelope, Outcome
from newsroom.model.saying import say

_MESSAGES = 100  # then a fresh connection: relays drop those that never end
_SECONDS = 300.0
_COMMANDS, _TEXT, _GOODBYE = 60.0, 120.0, 5.0  # seconds for each part of a message's journey
# The kept line fails, is left, a new one is made and slow to the end: the ledger's lease is longer.
LONGEST = timedelta(seconds=_COMMANDS + _GOODBYE + CONNECTING + _COMMANDS + _TEXT)
_GO_ON, _CLOSING = 354, 421
_YES = range(200, 300)
_NOT_NOW, _NEVER = 400, 500  # where the replies that put off and those that refuse begin


class SmtpTransport:
    """Hands messages to a relay over one connection, renewed now and then."""

    idempotent = False  # a server that has a Message-ID already takes it once more

    def __init__(
        self, relay: Relay, connect: Connect, commands: float = _COMMANDS, text: float = _TEXT
    ) -> None:
        """`commands` is how many seconds all commands of a message may take, `text` its text."""
        self._relay = relay
        self._connect = connect
        self._commands = commands
        self._text = text
        self._until = 0.0  # of the monotonic clock
        self._smtp: smtplib.SMTP | None = None
        self._sent = 0
        self._opened = 0.0

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over one message. Raises DeliveryError when the relay would take nobody's."""
        sender, recipient = envelope.sender, envelope.recipient
        if not _fits_a_command(recipient):
            return Outcome(DeliveryState.REFUSED, reason="SMTP cannot carry this address")
        try:
            smtp, reply = self._announce(sender)
        except OSError as error:  # smtplib's own errors are OSErrors too
            self._drop()
            return _put_off(f"{self._relay} cannot be reached: {error}", whole_relay=True)
        if reply.code >= _NOT_NOW:
            return self._refused_sender(sender, reply)
        try:
            for command in (f"RCPT TO:<{recipient}>", "DATA"):
                reply = self._ask(smtp, command)
                if reply.code >= _NOT_NOW:
                    return self._refused_message(smtp, reply)
        except OSError as error:
            self._drop()
            return _put_off(f"the connection was lost: {error}")
        if reply.code != _GO_ON:  # anything else and the text would be read as commands
            self._drop()
            return _put_off(f"the relay answers DATA with {reply}")
        return self._hand_over(smtp, message)

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            self._allow(_GOODBYE)
            self._hurry(smtp)
            smtp.quit()
        except OSError:
            smtp.close()

    def _announce(self, sender: str) -> tuple[smtplib.SMTP, Reply]:
        """MAIL FROM over the kept connection, or over a new one: servers hang up on the idle."""
        command = f"MAIL FROM:<{sender}>"
        if self._smtp is not None and not self._is_worn():
            try:
                self._allow(self._commands)
                reply = self._ask(self._smtp, command)
            except OSError:
                reply = Reply(_CLOSING, "")
            if reply.code != _CLOSING:
                return self._smtp, reply
            self._drop()
        self.close()
        self._smtp = self._connect(self._relay)
        self._sent, self._opened = 0, time.monotonic()
        self._allow(self._commands)
        return self._smtp, self._ask(self._smtp, command)

    def _hand_over(self, smtp: smtplib.SMTP, message: bytes) -> Outcome:
        """The text itself: from its first byte on, a broken line means that nobody knows."""
        self._sent += 1
        self._allow(self._text)
        try:
            self._hurry(smtp)
            smtp.send(_on_the_wire(message))
            self._hurry(smtp)
            reply = Reply.of(smtp.getreply())
        except OSError as error:
            self._drop()
            return Outcome(
                DeliveryState.UNKNOWN, reason=f"the connection was lost after DATA: {error}"
            )
        if reply.code >= _NOT_NOW:
            return self._refused_message(smtp, reply)
        if reply.code not in _YES:
            self._drop()
            return Outcome(DeliveryState.UNKNOWN, reply.short, f"what is this answer? {reply}")
        return Outcome(DeliveryState.ACCEPTED, reply.short)

    def _refused_sender(self, sender: str, reply: Reply) -> Outcome:
        self._drop()
        if reply.code >= _NEVER:
            raise DeliveryError(
                say(
                    "{relay} refuses the sender {sender}: {reply}",
                    relay=self._relay,
                    sender=sender,
                    reply=reply,
                )
            )
        return Outcome(DeliveryState.DEFERRED, reply.short, reply.words, whole_relay=True)

    def _refused_message(self, smtp: smtplib.SMTP, reply: Reply) -> Outcome:
        """A refusal after the sender was taken: this reader's, or our own reputation's."""
        if reply.code == _CLOSING:
            self._drop()
        else:
            self._start_over(smtp)
        kind = severity(reply.code, reply.status, reply.words)
        if reply.code < _NEVER or kind is BounceSeverity.POLICY:
            return Outcome(DeliveryState.DEFERRED, reply.short, reply.words, kind)
        return Outcome(DeliveryState.REFUSED, reply.short, reply.words, kind)

    def _start_over(self, smtp: smtplib.SMTP) -> None:
        try:
            self._ask(smtp, "RSET")
        except OSError:
            self._drop()

    def _allow(self, seconds: float) -> None:
        """Begin a part of the journey that must be over in so many seconds, whatever it meets."""
        self._until = time.monotonic() + seconds

    def _ask(self, smtp: smtplib.SMTP, command: str) -> Reply:
        self._hurry(smtp)
        return Reply.of(smtp.docmd(command))

    def _hurry(self, smtp: smtplib.SMTP) -> None:
        """Let the next step take what is left of the time. Raises TimeoutError for nothing left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the relay took too long")
        if smtp.sock is not None:
            smtp.sock.settimeout(left)

    def _is_worn(self) -> bool:
        return self._sent >= _MESSAGES or time.monotonic() - self._opened > _SECONDS

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _fits_a_command(address: str) -> bool:
    """No address can smuggle a second command in, and none needs SMTPUTF8 (RFC 6531)."""
    return address.isascii() and address.isprintable() and not set(address) & set("<> ")


def _put_off(reason: str, *, whole_relay: bool = False) -> Outcome:
    return Outcome(DeliveryState.DEFERRED, reason=reason, whole_relay=whole_relay)


def _on_the_wire(message: bytes) -> bytes:
    """CRLF at every line's end, dots doubled, and the dot that ends it (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join((*stuffed, b".", b""))
