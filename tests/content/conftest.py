"""What the tests of the content room share: a site, and a newsroom folder to write into."""

from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.kinds.piece import Parsed, parse_piece
from newsroom.model import Kind, Sender, Site
from tests.content.samples import SITE_YAML, Parse, Put


@pytest.fixture
def site() -> Site:
    """A site in Stockholm."""
    return Site(
        name="Nätverket",
        url="https://nyheter.example.se",
        first_url="https://nyheter.example.se",
        language="sv",
        timezone=ZoneInfo("Europe/Stockholm"),
        sender=Sender("Nätverket", "brev@example.se"),
        categories=(("nyhet", "Nyhet"),),
    )


@pytest.fixture
def parse(site: Site) -> Parse:
    """Parse the fields of a piece, to which an id and a title are added."""

    def parse(kind: Kind, fields: str, body: str = "", name: str = "hej") -> Parsed:
        titled = "name: Hej" if kind is Kind.CONTACT else "title: Hej"
        text = f"---\nid: urn:x:1\n{titled}\n{fields}\n---\n{body}"
        return parse_piece(kind, text, PurePosixPath(f"posts/{kind.value}/{name}.md"), site)

    return parse


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with a site.yaml and nothing else."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def put(root: Path) -> Put:
    """Write a file of the newsroom, by its path below posts/."""

    def put(name: str, text: str) -> Path:
        path = root / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put
