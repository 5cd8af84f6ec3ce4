"""What a way out of the house must be able to do."""

from typing import Protocol

from newsroom.model.delivery import Envelope, Outcome


class Transport(Protocol):
    """Hands over one message to one recipient at a time. Used by one thread."""

    @property
    def idempotent(self) -> bool:
        """Whether the same Message-ID handed over twice arrives once, for certain."""
        ...

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over a message in its final bytes.

        Trouble with this recipient is an Outcome. Raises DeliveryError, before anything was handed
        over, when nobody's mail could be sent this way.
        """
        ...

    def close(self) -> None:
        """Let go of connections; the next `send` would open a new one."""
        ...
