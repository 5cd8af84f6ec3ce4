"""HTTP connections with a time limit on the whole request, not only on each step.

The time limits of httpx hold for each step, so that a byte every few seconds goes on for ever.
"""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

_Options = Iterable[httpcore.SOCKET_OPTION]


class BriefTransport(httpx.HTTPTransport):
    """Opens a connection for each request, and is done with it after `seconds` at the latest.

    That is the whole of it, from the first packet to the last byte of the answer. What takes
    longer raises the time-out of the step it was at.
    """

    def __init__(self, seconds: float, trusts: ssl.SSLContext | None = None) -> None:
        """Nothing is read from the environment: no proxy, no certificates.

        `trusts` says whose certificates are believed; those that browsers believe when it is left
        out.
        """
        context = trusts or httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_keepalive_connections=0,
            network_backend=_BriefBackend(seconds),
        )


class _BriefBackend(httpcore.SyncBackend):
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _Options | None = None,
    ) -> httpcore.NetworkStream:
        """A connection whose time has begun to run."""
        until = time.monotonic() + self._seconds
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return _BriefStream(stream, until)


class _BriefStream(httpcore.NetworkStream):
    """A connection that takes no step after its end, and in none waits beyond it."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come."""
        return self._stream.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._stream.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, with the same end."""
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _BriefStream(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (as in httpcore)
        """What is known of the connection."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None, too_late: type[Exception]) -> float:
        """How long the next step may take. Raises `too_late` when it may not begin."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise too_late("it took too long")
        return left if timeout is None else min(left, timeout)
