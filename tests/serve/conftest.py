"""One small site, and every server that can show it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from newsroom.output.tree import Tree
from newsroom.render.page import Page
from newsroom.render.redirects import redirect_pages
from tests.serve.servers import HOST, SERVERS, free_port, is_missing, newsroom

_SITE = """\
name: Nätverket Exempel
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket Exempel, email: nyhetsbrev@example.se}
"""
LONG = "Vi har öppnat, och alla är välkomna. " * 200
RECORDING = bytes(range(256)) * 4096
FILES = {
    "index.html": f"<h1>Start</h1>{LONG}",
    "nyheter/2026/nu/index.html": f"<h1>Nu</h1>{LONG}",
    "nyheter/2026/da/index.html": "<h1>Flyttad</h1>",
    "nyheter/2026/tillbaka/index.html": f"<h1>Tillbakadragen</h1>{LONG}",
    "prenumerera/index.html": '<form><input name="stamp" value=""></form>',
    "404.html": f"<h1>Sidan finns inte</h1>{LONG}",
    "feed.xml": f"<rss>{LONG}</rss>",
    "amnen/halsa/feed.xml": f"<rss>{LONG}</rss>",
    "atom.xml": f"<feed>{LONG}</feed>",
    "feed.json": f'{{"title": "{LONG}"}}',
    "calendar.ics": f"BEGIN:VCALENDAR\r\n{LONG}",
    "kalender/host.ics": "BEGIN:VCALENDAR\r\n",
    "sitemap.xml": f"<urlset>{LONG}</urlset>",
    "robots.txt": "User-agent: *\n",
    "style.css": f"/* {LONG} */",
    "embed/latest.html": "<ul></ul>",
    "bilder/0123456789ab/bild.webp": "RIFF",
    "bilder/0123456789ab/bild.avif": "ftypavif",
    "bilder/0123456789ab/karta.svg": f"<svg><!-- {LONG} --></svg>",
    "filer/rapport.pdf": "%PDF-1.7",
    ".well-known/security.txt": "Contact: mailto:kansli@example.se\n",
    "nyheter/.index.html.new": "secret",
    "tom/halv.txt": "a folder without a page",
}


@pytest.fixture(scope="session")
def house() -> Iterator[Path]:
    """A newsroom's folder with a built site, in a place that every server may read."""
    with tempfile.TemporaryDirectory(prefix="newsroom-serve-") as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "posts").mkdir()
        (root / "posts/site.yaml").write_text(_SITE, encoding="utf-8")
        _build(root)
        yield root


def _build(root: Path) -> None:
    moved = [("nyheter/2026/da/", "nyheter/2026/nu/"), ("nyheter/2025/aldre/", "nyheter/2026/da/")]
    pages = [Page(path, (text,), lambda text=text: text.encode()) for path, text in FILES.items()]
    recording = Page("filer/inspelning.mp4", (), lambda: RECORDING)
    redirects = redirect_pages(moved, ["nyheter/2026/tillbaka/"], "/{}".format)
    public = root / "public"
    Tree(public, root / "var/builds/site.json", "1").write([*pages, recording, *redirects], [])
    (root / "hemligt").mkdir()
    (root / "hemligt/nyckel.txt").write_text("secret")
    (public / "ut").symlink_to(root / "hemligt")


@pytest.fixture(scope="session")
def forms(house: Path) -> Iterator[int]:
    """The port of `newsroom run`, which every other server passes the forms to."""
    port = free_port()
    with newsroom(house, port):
        yield port


@pytest.fixture(scope="session", params=["newsroom", *SERVERS])
def address(request: pytest.FixtureRequest, house: Path, forms: int) -> Iterator[str]:
    """Where one of the servers listens. On a desk of its own it may be missing, in CI it may not."""
    name = str(request.param)
    if name == "newsroom":
        yield f"http://127.0.0.1:{forms}"
        return
    start, program = SERVERS[name]
    if is_missing(program):
        absent = f"{program} is not installed; scripts/find_tools.py sees to it"
        assert not os.environ.get("CI"), absent
        pytest.skip(absent)
    folder, port = house / "var" / name, free_port()
    folder.mkdir(exist_ok=True)
    with start(folder, house / "public", port, forms):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def web(address: str) -> Iterator[httpx.Client]:
    """A visitor of one of the servers, who takes what is sent as it is."""
    headers = {"Host": HOST, "Accept-Encoding": "identity"}
    with httpx.Client(base_url=address, headers=headers) as client:
        yield client
