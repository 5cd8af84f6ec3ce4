"""The whole sample site, file by file, against what was last accepted.

`make golden` accepts the site as it is built now: look at the difference before you commit it.
"""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from newsroom.model import Severity
from tests.sample import ROOT, build_sample

GOLDEN = Path(__file__).parent / "golden"
LIST = GOLDEN / "files.txt"  # every file with the digest of its bytes
MY_DATA = "/mina-uppgifter/"  # asked for and shown by the program, not built
WHOLE = (  # one of each kind, kept whole so that a change can be read
    "index.html",
    "nyheter/index.html",
    "nyheter/2026/index.html",
    "nyheter/2026/hostmotet-2026/index.html",
    "amnen/norden/index.html",
    "kalender/index.html",
    "kalender/arskonferens-2027/index.html",
    "kalender/arskonferens-2027.ics",
    "kontakt/index.html",
    "medlemmar/kvarnmo-kommun/index.html",
    "dokument/index.html",
    "nyhetsbrev/2026-var/index.html",
    "prenumerera/index.html",
    "sitemap.xml",
    "style.css",
    "feed.xml",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built."""
    out = tmp_path_factory.mktemp("sample") / "public"
    tally = build_sample(out)
    # One draft has faults on purpose, which are told of and keep nothing from readers; and the
    # settings have the sample's own name and addresses.
    assert {problem.severity for problem in tally.problems} <= {Severity.WARNING}
    assert len({problem.source for problem in tally.problems}) == 2
    return out


def digests(out: Path) -> str:
    """Each file below the folder with its digest, a line each."""
    return "".join(
        f"{sha256(path.read_bytes()).hexdigest()[:16]}  {path.relative_to(out).as_posix()}\n"
        for path in sorted(out.rglob("*"))
        if path.is_file()
    )


class Addresses(HTMLParser):
    """The links, loaded files and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort each address by whether a browser fetches it by itself."""
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if "src" in values:
            self.loaded.append(str(values["src"]))
        elif tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload"}:
            self.loaded.append(str(values["href"]))
        elif tag == "a" and "href" in values:
            self.links.append(str(values["href"]))


def html_pages(site: Path) -> dict[str, Addresses]:
    """Every page of the site, by its address."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): Addresses(path.read_text())
        for path in sorted(site.rglob("*.html"))
        if "embed" not in path.parts  # fragments, made to stand on other pages
    }


def test_the_site_is_the_one_that_was_accepted(site: Path) -> None:
    """Every file has the bytes it had; what is meant to change is accepted with `make golden`."""
    if os.environ.get("NEWSROOM_GOLDEN") == "write":
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name in WHOLE:
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, GOLDEN / name)
        LIST.write_text(digests(site), encoding="utf-8")

    for name in WHOLE:
        assert (site / name).read_text() == (GOLDEN / name).read_text(), name
    assert digests(site) == LIST.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "8", "TZ": "America/Los_Angeles", "LC_ALL": "sv_SE.UTF-8"},
    ],
    ids=["utc", "auckland", "los-angeles"],
)
def test_every_machine_builds_the_same_bytes(
    site: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """Another folder, time zone, locale and hash seed give the same site, byte for byte."""
    for name in ("posts", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "elsewhere" / name)
    code = (
        "from pathlib import Path; from tests.sample import build_sample; "
        f"build_sample(Path({str(tmp_path / 'out')!r}), Path({str(tmp_path / 'elsewhere')!r}))"
    )

    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert digests(tmp_path / "out") == digests(site)


def test_a_second_build_writes_nothing(site: Path) -> None:
    """With nothing new, every file is left alone."""
    tally = build_sample(site)

    assert (tally.written, tally.removed) == (0, 0)


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    """All that a browser fetches by itself lies on the site."""
    for address, page in html_pages(site).items():
        assert [src for src in page.loaded if urlsplit(src).netloc] == [], address
    style = (site / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    """Each page, file and anchor that a page links to is there, or is made by the web itself."""
    pages = html_pages(site)
    broken = []
    for address, page in pages.items():
        for link in (*page.links, *page.loaded):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or parts.path == MY_DATA:
                continue
            path = unquote(parts.path).removeprefix("/") if parts.path else address
            target = site / path / "index.html" if path.endswith("/") or not path else site / path
            anchored = not parts.fragment or parts.fragment in pages[path].ids
            if not target.is_file() or not anchored:
                broken.append(f"{address}: {link}")

    assert broken == []


def test_every_page_has_one_heading_and_a_title_of_its_own(site: Path) -> None:
    """One h1 each, no title twice, and no id twice on a page."""
    titles = []
    for address in html_pages(site):
        path = site / address
        text = (path / "index.html" if path.is_dir() else path).read_text()
        assert text.count("<h1") == 1, address
        titles += re.findall(r"<title>(.*?)</title>", text)
    assert len(set(titles)) == len(titles) == len(html_pages(site))
    for address, page in html_pages(site).items():
        assert len(set(page.ids)) == len(page.ids), address


def test_no_page_shows_a_draft_or_a_post_to_come(site: Path) -> None:
    """The sample's post of December and its drafts are in no file."""
    for path in site.rglob("*"):
        if path.suffix in {".html", ".xml", ".json", ".ics"}:
            assert "stangt-i-jul" not in path.read_text(), path
