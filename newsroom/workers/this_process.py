"""How this process is named to people and to other processes: host and number."""

import os
import socket
from dataclasses import dataclass

_LONGEST = 60  # characters of a host's name; columns that name a process hold a hundred


@dataclass(frozen=True, slots=True)
class Process:
    """A process on some machine. Its host's name is for people: machines may share one."""

    host: str
    number: int

    def __str__(self) -> str:
        """As `host:711`."""
        return f"{self.host}:{self.number}"


def this_process() -> Process:
    """The one that asks: after a fork the child is another."""
    return Process(socket.gethostname()[:_LONGEST], os.getpid())
