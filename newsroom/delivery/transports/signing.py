"""A way out on which every message is signed, in the very bytes that leave."""

from collections.abc import Callable

from newsroom.delivery.transports.transport import Transport
from newsroom.delivery.transports.wire import with_crlf
from newsroom.model.delivery import Envelope, Outcome
from newsroom.model.wire import WireText

Sign = Callable[[bytes], bytes]  # a message whose lines end in CRLF, to the same with a signature


class SigningTransport:
    """Hands signed messages to another transport."""

    def __init__(self, transport: Transport, sign: Sign) -> None:
        self._transport = transport
        self._sign = sign

    @property
    def idempotent(self) -> bool:
        """As the transport below."""
        return self._transport.idempotent

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Sign one message and hand it over."""
        signed = self._sign(with_crlf(message))
        if isinstance(message, WireText):  # what a signature puts in front travels as it is
            signed = WireText(signed)
        return self._transport.send(envelope, signed)

    def close(self) -> None:
        """Let go of connections."""
        self._transport.close()
