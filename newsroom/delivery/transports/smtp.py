"""SMTP as the way out: one kept connection, every reply taken for what it says.

What matters most is when the line breaks. Before the message's text has left whole, with the dot
at its end, nothing was handed over and the copy is put off (RFC 5321 section 4.1.1.4). After that
nobody can know, until the server says 250.

A message costs two round trips where the relay announces PIPELINING (RFC 2920): one for the
envelope, one for the text. They cannot be one: the text must not leave before the relay has taken
the reader, and the next copy is not claimed before this one's end is known.
"""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

from newsroom.bounces.stage import Stage
from newsroom.bounces.verdict import cause
from newsroom.delivery.transports.commands import fits_a_command, mail_from, rcpt_to
from newsroom.delivery.transports.connector import CONNECTING, Connect
from newsroom.delivery.transports.conversation import Conversation
from newsroom.delivery.transports.relay import Relay
from newsroom.delivery.transports.reply import Reply
from newsroom.delivery.transports.wire import on_the_wire
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from newsroom.model.refusal import why as why_not
from newsroom.model.saying import say

_COMMANDS, _TEXT, _GOODBYE = 60.0, 120.0, 5.0  # seconds for each part of a message's journey
# The kept line fails, is left, a new one is made and slow to the end: the ledger's lease is longer.
LONGEST = timedelta(seconds=_COMMANDS + _GOODBYE + CONNECTING + _COMMANDS + _TEXT)
_GO_ON, _CLOSING = 354, 421
_YES = range(200, 300)
_NOT_NOW, _NEVER = 400, 500  # where the replies that put off and those that refuse begin
# What a relay says of our whole account, though it says it of one copy: too many at once, or too
# many today (learn.microsoft.com exchange-online-limits; support.google.com/a/answer/3726730).
_TOO_MANY_AT_ONCE = 432
_TOO_MANY_TODAY = re.compile(
    r"SubmissionQuotaExceeded|Daily (user |SMTP relay )?sending (quota|limit) exceeded",
    re.IGNORECASE,
)
_SOME_OF_THE_DAY = timedelta(hours=2)  # the quota of the last 24 hours comes back bit by bit


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
        self._talk: Conversation | None = None
        self._sent = 0
        self._begins_anew = True  # nothing of an earlier message is in the relay's mind

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over one message. Raises DeliveryError when the relay would take nobody's."""
        if not fits_a_command(envelope.recipient):
            return Outcome(DeliveryState.REFUSED, reason=say("SMTP cannot carry this address"))
        if not fits_a_command(envelope.sender):
            raise DeliveryError(
                say("SMTP cannot carry the sender {sender}", sender=envelope.sender)
            )
        text = on_the_wire(message)
        try:
            talk, reply, replies = self._announce(envelope, len(text))
        except OSError as error:  # smtplib's own errors are OSErrors too
            self._drop()
            reason = say(
                "{relay} cannot be reached: {why}", relay=str(self._relay), why=why_not(error)
            )
            return _put_off(reason, whole_relay=True)
        if reply.code >= _NOT_NOW:
            return self._refused_sender(envelope.sender, reply)
        self._begins_anew = False
        try:
            for reply in replies:
                if reply.code >= _NOT_NOW:
                    self._hear_out(talk, replies)
                    return self._refused_message(reply)
        except OSError as error:
            self._drop()
            return _put_off(say("the connection was lost: {why}", why=why_not(error)))
        if reply.code != _GO_ON:  # anything else and the text would be read as commands
            self._drop()
            return _put_off(f"the relay answers DATA with {reply}")
        return self._hand_over(talk, text)

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.part(_GOODBYE)

    def _announce(
        self, envelope: Envelope, size: int
    ) -> tuple[Conversation, Reply, Iterator[Reply]]:
        """MAIL's reply, and those to RCPT and DATA that follow.

        Over the kept connection, or over a new one: servers hang up on the idle.
        """
        if self._talk is not None and not self._is_worn(self._talk):
            try:
                reply, replies = self._propose(self._talk, envelope, size)
            except OSError:
                reply = Reply(_CLOSING, "")
            else:
                if reply.code != _CLOSING:
                    return self._talk, reply, replies
            self._drop()
        self.close()
        self._talk = Conversation(self._connect(self._relay))
        self._sent, self._begins_anew = 0, True
        return self._talk, *self._propose(self._talk, envelope, size)

    def _propose(
        self, talk: Conversation, envelope: Envelope, size: int
    ) -> tuple[Reply, Iterator[Reply]]:
        """Say whom the message is from and for; what a refused one left is cleared in passing."""
        mail = mail_from(envelope, size, talk.announces)
        commands = [mail, rcpt_to(envelope, talk.announces), "DATA"]
        talk.allow(self._commands)
        if self._begins_anew:
            replies = talk.exchange(commands)
            return next(replies), replies
        replies = talk.exchange(["RSET", *commands])
        cleared = next(replies)
        return (cleared if cleared.code == _CLOSING else next(replies)), replies

    def _hand_over(self, talk: Conversation, text: bytes) -> Outcome:
        """The text itself: once its end has left, a broken line means that nobody knows."""
        self._sent += 1
        talk.allow(self._text)
        try:
            talk.write(text)
        except OSError as error:
            return self._broken_off(talk, error)
        try:
            reply = talk.reply()
        except OSError as error:
            self._drop()
            lost = say("the connection was lost after the text: {why}", why=why_not(error))
            return Outcome(DeliveryState.UNKNOWN, reason=lost)
        if reply.code >= _NOT_NOW:
            return self._refused_message(reply, Stage.TEXT)
        if reply.code not in _YES:
            self._drop()
            return Outcome(DeliveryState.UNKNOWN, reply.short, f"what is this answer? {reply}")
        self._begins_anew = True
        return Outcome(DeliveryState.ACCEPTED, reply.short)

    def _broken_off(self, talk: Conversation, error: OSError) -> Outcome:
        """The text's end did not leave: it was not taken, and perhaps we are told why."""
        put_off = _put_off(say("the connection was lost in the text: {why}", why=why_not(error)))
        try:
            reply = talk.reply()
        except OSError:
            return put_off
        finally:
            self._drop()
        return _refusal(reply, Stage.TEXT) if reply.code >= _NOT_NOW else put_off

    def _refused_sender(self, sender: str, reply: Reply) -> Outcome:
        self._drop()
        if reply.code >= _NEVER and not _TOO_MANY_TODAY.search(reply.words):
            raise DeliveryError(
                say(
                    "{relay} refuses the sender {sender}: {reply}",
                    relay=self._relay,
                    sender=sender,
                    reply=reply,
                )
            )
        wait = _SOME_OF_THE_DAY if reply.code >= _NEVER else None
        return Outcome(
            DeliveryState.DEFERRED, reply.short, reply.words, whole_relay=True, wait=wait
        )

    def _refused_message(self, reply: Reply, stage: Stage = Stage.RECIPIENT) -> Outcome:
        if reply.code == _CLOSING:
            self._drop()
        return _refusal(reply, stage)

    def _hear_out(self, talk: Conversation, replies: Iterator[Reply]) -> None:
        """Take the replies to what was said before the refusal came: the text has no reader."""
        if not talk.pipelines:
            return
        try:
            for reply in replies:
                if reply.code == _GO_ON:
                    talk.write(b".\r\n")  # RFC 2920 section 3.1
                    talk.reply()
        except OSError:
            self._drop()

    def _is_worn(self, talk: Conversation) -> bool:
        age = time.monotonic() - talk.begun
        is_old = self._sent >= self._relay.messages or age > self._relay.seconds
        return is_old or talk.has_more_to_say

    def _drop(self) -> None:
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.close()


def _refusal(reply: Reply, stage: Stage) -> Outcome:
    """A refusal after the sender was taken: this reader's, our reputation's, or our account's."""
    if reply.code == _TOO_MANY_AT_ONCE or _TOO_MANY_TODAY.search(reply.words):
        wait = None if reply.code == _TOO_MANY_AT_ONCE else _SOME_OF_THE_DAY
        return Outcome(
            DeliveryState.DEFERRED, reply.short, reply.words, whole_relay=True, wait=wait
        )
    why = cause(reply.code, reply.status, reply.words, stage)
    is_for_good = reply.code >= _NEVER and not why.is_ours
    state = DeliveryState.REFUSED if is_for_good else DeliveryState.DEFERRED
    return Outcome(state, reply.short, reply.words, why.severity)


def _put_off(reason: str, *, whole_relay: bool = False) -> Outcome:
    return Outcome(DeliveryState.DEFERRED, reason=reason, whole_relay=whole_relay)
