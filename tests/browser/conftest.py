"""The sample site, served as a strict server would, and a real Chromium."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium
from tests.sample import build_sample


class _Strict(SimpleHTTPRequestHandler):
    """Serves the site under the policy that its pages must work under."""

    def end_headers(self) -> None:
        """Allow what the site itself has, and nothing else."""
        self.send_header("Content-Security-Policy", "default-src 'self'; form-action 'self'")
        super().end_headers()

    def log_message(self, *_: Any) -> None:  # noqa: ANN401
        """Tests say what went wrong themselves."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample site."""
    out: Path = tmp_path_factory.mktemp("site") / "public"
    build_sample(out)
    return out


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    """The address where the sample site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(built)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each file: while it is open, an event loop runs in this very thread."""
    with chromium() as browser:
        yield browser
