from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.jobs.fix_ids import fix_ids

SITE_YAML = """\
name: Nätverket
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with posts that have ids, that have none, and that are broken."""
    news = tmp_path / "posts/news"
    news.mkdir(parents=True)
    (tmp_path / "posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    (news / "a.md").write_bytes("---\r\ntitle: Å\r\ndate: 2026-04-12\r\n---\r\n\r\nÅ\r\n".encode())
    (news / "b.md").write_text("---\ntitle: B\nid: mine\ndate: 2026-04-12\n---\n", encoding="utf-8")
    (news / "c.md").write_text("---\ntitle: C\ndate: nu\n---\n", encoding="utf-8")
    return tmp_path


def test_the_id_a_piece_has_had_is_written_down(root: Path) -> None:
    """No reader sees the piece as another; the rest of the file is as it was."""
    before = folder.read(root).newsroom

    changed = fix_ids(root)

    after = folder.read(root).newsroom
    assert [str(path) for path in changed] == ["posts/news/a.md"]
    assert before is not None
    assert after is not None
    assert [p.id for p in after.posts] == [p.id for p in before.posts]
    assert (root / "posts/news/a.md").read_bytes() == (
        "---\r\ntitle: Å\r\ndate: 2026-04-12\r\nid: "
        '"tag:nyheter.example.se,2026-04-12:a"\r\n---\r\n\r\nÅ\r\n'
    ).encode()


def test_a_second_time_changes_nothing(root: Path) -> None:
    """What has its id is left alone, and so is what cannot be read."""
    fix_ids(root)

    assert fix_ids(root) == ()


def test_a_renamed_file_keeps_its_id(root: Path) -> None:
    """Once written, the id does not follow the name."""
    fix_ids(root)
    (root / "posts/news/a.md").rename(root / "posts/news/z.md")

    newsroom = folder.read(root).newsroom

    assert newsroom is not None
    assert "tag:nyheter.example.se,2026-04-12:a" in {post.id for post in newsroom.posts}
