"""The mail relay on loopback: it takes what it gets, unless the year wants it otherwise."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.delivery.listener import Listener
from tests.year.clock import Clock


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that the relay has taken."""

    at: datetime
    to: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """What its subject says."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """Its words, without its HTML."""
        body = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


@dataclass
class Relay:
    """What it has taken, and its moods."""

    clock: Clock
    address: str = ""  # what NEWSROOM_MAIL says, while it listens
    taken: list[Mail] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)  # by address: what RCPT is answered
    is_away: bool = False  # it hangs up on everybody
    away_after: int | None = None  # mails that it takes yet
    kills: tuple[int, int] | None = None  # (process, mails it takes yet): with the last it dies

    def go_away_after(self, mails: int) -> None:
        """Take so many more, then nobody's."""
        self.away_after = mails

    def come_back(self) -> None:
        """Take mail again."""
        self.is_away, self.away_after = False, None

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's names and arguments)
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Hear who writes, or be gone."""
        if self.away_after == 0:
            self.is_away = True
            _hang_up(server)
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse a recipient."""
        if refusal := self.refuses.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; whom it was to be the last of never hears that it was taken."""
        content = envelope.content
        message = message_from_bytes(
            content if isinstance(content, bytes) else b"", policy=policy.default
        )
        (to,) = envelope.rcpt_tos
        self.taken.append(Mail(self.clock(), to, message))
        if self.away_after:
            self.away_after -= 1
        if self.kills:
            process, left = self.kills
            self.kills = (process, left - 1) if left > 1 else None
            if left == 1:
                os.kill(process, signal.SIGKILL)
                await asyncio.sleep(0.2)
        return "250 2.0.0 taken"


def _hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


class _Line(SMTP):
    """A line to the relay, which is dead while it is away."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 (asyncio's)
        super().connection_made(transport)
        if self.event_handler.is_away:
            transport.abort()


class _Listener(Listener):
    def factory(self) -> SMTP:
        return _Line(self.handler, enable_SMTPUTF8=False)


@contextmanager
def relay(clock: Clock) -> Iterator[Relay]:
    """A relay that listens inside the context."""
    handler = Relay(clock)
    listener = _Listener(handler)
    handler.address = listener.address
    listener.start()
    try:
        yield handler
    finally:
        listener.stop()
