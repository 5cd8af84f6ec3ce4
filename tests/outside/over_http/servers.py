"""Servers on this machine that answer as they are told to, however badly."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket, bytes], None]  # gets the connection and the request


@contextmanager
def listening(answer: Answer, encrypted: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that lets `answer` speak on each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threads: list[threading.Thread] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    one = threading.Thread(
                        target=_one, args=(connection, answer, encrypted), daemon=True
                    )
                    one.start()
                    threads.append(one)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    for one in threads:
        one.join(10)


def _one(connection: socket.socket, answer: Answer, encrypted: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        if encrypted is not None:
            connection = encrypted.wrap_socket(connection, server_side=True)
        with connection:
            answer(connection, _request(connection))


def _request(connection: socket.socket) -> bytes:
    """The whole request: who closes a connection with some of it unread cuts the answer off."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += _more(connection)
    head, _, body = request.partition(b"\r\n\r\n")
    named = re.search(rb"(?i)^content-length: *(\d+)", head, re.MULTILINE)
    while named and len(body) < int(named[1]):
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    come = connection.recv(65536)
    if not come:
        raise OSError
    return come
