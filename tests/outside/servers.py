"""Servers on this machine that answer as they are told to, however badly."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket, bytes], None]  # gets the connection and the request's head


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
            answer(connection, connection.recv(65536))
