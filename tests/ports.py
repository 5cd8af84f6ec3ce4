"""Ports of this machine for servers that have to be told one."""

import socket


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens at, and that nobody else is given for the next minute.

    A port that was only looked at could be somebody's own before the server listens: another
    test's, or the near end of any connection. So a line through it is made and ended from this
    side, whereupon the kernel keeps the port back (TIME_WAIT, RFC 9293 section 3.6.1) from all but
    those who ask for it by its number.
    """
    with socket.create_server((host, 0)) as listening:
        address: tuple[str, int] = listening.getsockname()
        with socket.create_connection(address) as line:
            listening.accept()[0].close()
            line.recv(1)  # until the other end has gone: who goes first keeps the port
    return address[1]
