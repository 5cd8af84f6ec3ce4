"""Hand-written stand-ins: a clock that waits at once, a transport that answers from a list."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from newsroom.delivery.sending.worker import Mailroom
from newsroom.errors import DeliveryError
from newsroom.model import Sending
from newsroom.model.delivery import DeliveryState, Envelope, Outcome, Recipient
from tests.delivery.sample_ledger import AT_ONCE, NOW

ACCEPTED = Outcome(DeliveryState.ACCEPTED, code="250 2.0.0")


@dataclass(slots=True)
class FakeTime:
    """A clock, and a wish to stop whose waiting moves the clock."""

    now: datetime = NOW
    stopped: bool = False
    on_wait: Callable[[], None] = lambda: None

    def __call__(self) -> datetime:
        return self.now

    def is_set(self) -> bool:
        """Whether somebody asked to stop."""
        return self.stopped

    def wait(self, timeout: float) -> bool:
        """Let the time pass at once."""
        self.now += timedelta(seconds=timeout)
        self.on_wait()
        return self.stopped


@dataclass(slots=True)
class FakeTransport:
    """Answers each address from a script, else accepts; remembers what was handed over, and when.

    The last answer of a script is given for ever.
    """

    time: FakeTime
    script: dict[str, list[Outcome | Exception]] = field(default_factory=dict)
    sent: list[tuple[str, datetime]] = field(default_factory=list)
    on_send: Callable[[str], None] = lambda _: None
    idempotent: bool = False

    def send(self, envelope: Envelope, message: bytes) -> Outcome:  # noqa: ARG002 (the protocol's)
        """Answer as the script says."""
        recipient = envelope.recipient
        self.sent.append((recipient, self.time.now))
        self.on_send(recipient)
        answers = self.script.get(recipient, [ACCEPTED])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """Nothing is held open."""

    def recipients(self) -> list[str]:
        """To whom something was handed over, in order."""
        return [recipient for recipient, _ in self.sent]


@dataclass(slots=True)
class Suppressed:
    """Remembers which addresses were to be suppressed."""

    emails: list[str] = field(default_factory=list)

    def __call__(self, _connection: Connection, email: str, _now: datetime) -> None:
        self.emails.append(email)


def a_message(recipient: Recipient) -> bytes:
    """A message, except for the reader for whom none can be made."""
    if recipient.email.startswith("broken"):
        raise ValueError("a hole in the template")
    return f"Message-ID: {recipient.message_id}\r\n\r\nHej!\r\n".encode()


def a_mailroom(
    database: Engine,
    transport: FakeTransport,
    sending: Sending = AT_ONCE,
    suppress: Suppressed | None = None,
) -> Mailroom:
    """A mailroom whose transport and time are not real."""
    return Mailroom(
        database=database,
        transports=lambda: transport,
        letters=lambda _issue: a_message,
        hashes=lambda email: (email,),
        suppress=suppress or Suppressed(),
        forgive=Suppressed(),
        envelope=lambda recipient: Envelope("studs@example.se", recipient.email),
        sending=sending,
        zone=ZoneInfo("Europe/Stockholm"),
        worker="host-0",
        clock=transport.time,
        stop=transport.time,
    )


LOGIN_REFUSED = DeliveryError("relay.example:587: the login is refused (535)")
