"""An application behind a port of this machine, as long as a context lasts."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tests.processes import PATIENCE


@contextmanager
def serving(make: Callable[[str], ASGIApp]) -> Iterator[str]:
    """Where an application is served that is made with its own address.

    The port listens from the beginning: whoever comes while the server still starts is answered a
    little later, and not turned away.
    """
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        config = uvicorn.Config(make(url), log_level="warning", timeout_graceful_shutdown=PATIENCE)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join()
