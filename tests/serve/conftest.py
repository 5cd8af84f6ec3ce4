"""One small site, and every server that can show it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port
from tests.processes import PATIENCE
from tests.serve.servers import HOST, SERVERS, is_missing, newsroom
from tests.serve.small_site import build


@pytest.fixture(scope="session")
def house() -> Iterator[Path]:
    """A newsroom's folder with a built site, in a place that every server may read."""
    with tempfile.TemporaryDirectory(prefix="newsroom-serve-") as name:
        root = Path(name)
        root.chmod(0o755)
        build(root)
        (root / ".env").write_text("NEWSROOM_HOOK_BREVO=a-token-of-the-provider\n")
        yield root


@pytest.fixture(scope="session")
def forms(house: Path) -> Iterator[int]:
    """The port of `newsroom run`, which every other server passes the forms to."""
    port = free_port()
    with newsroom(house, port):
        yield port


@pytest.fixture(scope="session", params=["newsroom", *SERVERS])
def server(request: pytest.FixtureRequest) -> str:
    """Which of the servers is visited."""
    return str(request.param)


@pytest.fixture(scope="session")
def address(server: str, house: Path, forms: int) -> Iterator[str]:
    """Where it listens. On somebody's own machine it may be missing, in CI it may not."""
    if server == "newsroom":
        yield f"http://127.0.0.1:{forms}"
        return
    start, program = SERVERS[server]
    if is_missing(program):
        absent = f"{program} is not installed; scripts/find_tools.py sees to it"
        assert not os.environ.get("CI"), absent
        pytest.skip(absent)
    folder, port = house / "var" / server, free_port()
    folder.mkdir(exist_ok=True)
    with start(folder, house / "public", port, forms):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def web(address: str) -> Iterator[httpx.Client]:
    """A visitor of one of the servers, who takes what is sent as it is."""
    headers = {"Host": HOST, "Accept-Encoding": "identity"}
    with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE) as client:
        yield client
