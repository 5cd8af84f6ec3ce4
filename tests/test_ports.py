"""Ports that servers are told to listen at."""

import socket

from tests.ports import free_port

MANY = 2_000


def test_nobody_else_is_given_a_free_port() -> None:
    """Until its server listens, no other server's and no connection's near end is there."""
    ours = {free_port() for _ in range(10)}

    with socket.create_server(("127.0.0.1", 0), backlog=1) as listening:
        others = {given_to_a_line(listening) for _ in range(MANY)}
    others |= {given_to_a_server() for _ in range(MANY)}

    assert len(ours) == 10
    assert not ours & others


def test_its_server_may_listen_there() -> None:
    """The port is kept back from others only."""
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        assert listening.getsockname()[1]


def given_to_a_server() -> int:
    """The port at which one listens that asked for any."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def given_to_a_line(listening: socket.socket) -> int:
    """The near end of a connection."""
    with socket.create_connection(listening.getsockname()) as line:
        listening.accept()[0].close()
        return int(line.getsockname()[1])
