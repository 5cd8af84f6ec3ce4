"""A mail server on loopback whose temper depends on the recipient's domain.

What it keeps is the truth: a message stands in `taken` exactly when the server has it, whatever
the client was told.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.delivery.listener import Listener

_GOOD_RCPT, _GOOD_DATA = "250 2.1.5 ok", "250 2.0.0 taken"
_HANGS = 20.0  # seconds: longer than any client in a test waits


@dataclass(frozen=True, slots=True)
class Mood:
    """How mail for one domain is met: by this for the first `times` tries, and well after."""

    rcpt: str = _GOOD_RCPT
    data: str = _GOOD_DATA  # "drop": hang up before the text; "keep" and "lose": after it; "hang"
    times: int = 10_000


@dataclass(slots=True)
class MoodyHandler:
    """Answers by domain, and keeps what it takes."""

    moods: dict[str, Mood]
    taken: list[str] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)

    def mood(self, address: str) -> Mood:
        """How this try is met."""
        mood = self.moods.get(address.rpartition("@")[2], Mood())
        return mood if self.tries[address] <= mood.times else Mood()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name and arguments)
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse a recipient."""
        self.tries[address] += 1
        mood = self.mood(address)
        if mood.data == "drop":
            _hang_up(server)
        if mood.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return mood.rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take, refuse or betray a message."""
        [address] = envelope.rcpt_tos
        data = self.mood(address).data
        if data.startswith("250") or data in {"keep", "hang"}:
            self.taken.append(address)
        if data in {"keep", "lose"}:
            _hang_up(server)
        if data == "hang":
            await asyncio.sleep(_HANGS)
        return data if data[0].isdigit() else _GOOD_DATA


def _hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


@contextmanager
def moody_server(moods: Mapping[str, Mood]) -> Iterator[tuple[MoodyHandler, int]]:
    """The handler and the port of a server that listens inside the context."""
    handler = MoodyHandler(dict(moods))
    listener = Listener(handler, enable_SMTPUTF8=False)
    listener.start()
    try:
        yield handler, listener.port
    finally:
        listener.stop()
