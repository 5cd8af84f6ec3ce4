"""Opens the socket that the web listens on."""

import socket

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say

_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 (named, not listened on)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OutsideError when the port is somebody else's."""
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise OutsideError(
            say(
                "cannot listen on {host}:{port}: {why}; choose another with --port",
                host=host,
                port=port,
                why=why(error),
            )
        ) from error
    # A page leaves in two writes; without this the second waits 40 ms for the first to be answered.
    # asyncio sees to it for the sockets that it opens, and those of a socket it is given it misses.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address_of(listening: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listening.getsockname()[:2]
    host = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
