"""The socket that a web of ours listens on."""

import socket

from newsroom.cli.listening import listen


def test_an_answer_leaves_at_once() -> None:
    """No part of a page waits until the reader has acknowledged the one before."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        visitor, _ = listening.accept()

        with visitor:
            assert visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
