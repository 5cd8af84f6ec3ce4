"""A mail server on this machine, at a port that the system chooses."""

import asyncio
import socket
from collections.abc import Awaitable
from typing import Any

from aiosmtpd.controller import Controller

_READY = 60.0  # seconds for its thread to begin; on a busy machine five are not enough


class Listener(Controller):
    """Has a handler take mail, in a thread of its own, from `start()` to `stop()`.

    aiosmtpd has to be told a port. One that was found free may be taken when the server comes to
    it, so the socket that found it is the one that it listens with.
    """

    def __init__(self, handler: Any, hostname: str = "127.0.0.1", **smtp: Any) -> None:  # noqa: ANN401 (aiosmtpd's)
        self._door = socket.create_server((hostname, 0))
        port = self._door.getsockname()[1]
        super().__init__(handler, hostname=hostname, port=port, ready_timeout=_READY, **smtp)

    @property
    def address(self) -> str:
        """Where to send, as NEWSROOM_MAIL wants it."""
        return f"smtp://{self.hostname}:{self.port}"

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._door)
