"""A site as it is served while somebody writes: its pages are asked for until they show a text."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from subprocess import Popen
from time import perf_counter, sleep
from typing import Final

_HOST: Final = "127.0.0.1"
_LOOK: Final = 0.005  # seconds between two looks at a page
_ANSWER: Final = 30  # seconds that a server may think about one page


@dataclass(frozen=True, slots=True)
class Served:
    """A process that answers with pages at a port of this machine."""

    process: "Popen[bytes]"
    port: int

    def wait_for(self, address: str, text: str, patience: float) -> float | None:
        """Seconds until the page says the text; None when it has not within `patience` seconds."""
        started = perf_counter()
        while (waited := perf_counter() - started) < patience and self.process.poll() is None:
            if text in self._page(address):
                return perf_counter() - started
            sleep(_LOOK if waited < 1 else _LOOK * 4)
        return None

    def _page(self, address: str) -> str:
        connection = HTTPConnection(_HOST, self.port, timeout=_ANSWER)
        try:
            connection.request("GET", f"/{address}")
            return connection.getresponse().read().decode(errors="replace")
        except (OSError, HTTPException):
            return ""  # not there yet
        finally:
            connection.close()
