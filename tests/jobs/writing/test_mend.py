from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.folder import Reading
from newsroom.jobs.advice.unsaid_changes import UnsaidChange, unsaid_changes
from newsroom.jobs.writing.mend import Mended, mend
from newsroom.model import Newsroom
from newsroom.model.lifecycle import version_of
from newsroom.output.announced import Announced
from tests.render.pieces import at

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


def mend_all(root: Path) -> tuple[Mended, ...]:
    """Mend what can be mended in a newsroom."""

    def read() -> Reading:
        return folder.read(root)

    return mend(root, read)


def test_the_id_a_piece_has_had_is_written_down(root: Path) -> None:
    """No reader sees the piece as another; the rest of the file is as it was."""
    before = folder.read(root).newsroom

    mended = mend_all(root)

    after = folder.read(root).newsroom
    assert [(str(m.path), m.what) for m in mended] == [("posts/news/a.md", "id written")]
    assert before is not None
    assert after is not None
    assert [p.id for p in after.posts] == [p.id for p in before.posts]
    assert (root / "posts/news/a.md").read_bytes() == (
        "---\r\ntitle: Å\r\ndate: 2026-04-12\r\nid: "
        '"tag:nyheter.example.se,2026-04-12:a"\r\n---\r\n\r\nÅ\r\n'
    ).encode()


def test_a_second_time_changes_nothing(root: Path) -> None:
    """What has its id is left alone, and so is what cannot be read."""
    mend_all(root)

    assert mend_all(root) == ()


def test_what_needs_nothing_is_read_once(root: Path) -> None:
    """The folder is read again only behind a step that changed a file of it."""
    mend_all(root)
    times = []

    def read() -> Reading:
        times.append(root)
        return folder.read(root)

    mend(root, read)

    assert len(times) == 1


def test_a_renamed_file_keeps_its_id(root: Path) -> None:
    """Once written, the id does not follow the name."""
    mend_all(root)
    (root / "posts/news/a.md").rename(root / "posts/news/z.md")

    newsroom = folder.read(root).newsroom

    assert newsroom is not None
    assert "tag:nyheter.example.se,2026-04-12:a" in {post.id for post in newsroom.posts}


def test_a_text_with_a_colon_gets_its_quotation_marks(root: Path) -> None:
    """With them the file can be read, and gets its id too; nothing else in it changes."""
    path = root / "posts/news/d.md"
    path.write_bytes(
        '\ufeff---\r\ntitle: EU: "så" röstar du  \r\n# valet\r\ndate: 2026-04-12\r\n'
        "---\r\n\r\nA: b".encode()
    )

    mended = mend_all(root)

    assert ("posts/news/d.md", "quotation marks written") in [(str(m.path), m.what) for m in mended]
    assert (
        path.read_bytes()
        == (
            "\ufeff---\r\ntitle: 'EU: \"så\" röstar du'  \r\n# valet\r\ndate: 2026-04-12\r\n"
            'id: "tag:nyheter.example.se,2026-04-12:d"\r\n---\r\n\r\nA: b'
        ).encode()
    )


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ('title: "Vi är nio', 'title: "Vi är nio"'),
        ('title: "Vi: nio', 'title: "Vi: nio"'),
        (
            "sender: x\ntitle: Vi\nplace:\n  name: A: B",
            'sender: x\ntitle: Vi\nplace:\n  name: "A: B"',
        ),
    ],
)
def test_a_quotation_mark_that_was_forgotten_is_written(
    root: Path, written: str, mended: str
) -> None:
    """Whatever YAML makes of the lines below it."""
    path, rest = root / "posts/news/d.md", '\n# Filnamn, utan ".md".\nid: "tag:x:y"\n---\n\nHej.\n'
    path.write_text(f"---\n{written}{rest}", encoding="utf-8")

    mend_all(root)

    assert path.read_text(encoding="utf-8") == f"---\n{mended}{rest}"


@pytest.mark.parametrize(
    "fields",
    [
        'title: "EU valet # eller inte',
        "title: EU: valet # eller inte",
        "title: EU: valet\ntags: [a",
        "title: EU: valet\n\tdate: x",
    ],
)
def test_what_takes_judgement_is_left(root: Path, fields: str) -> None:
    """When quotation marks alone do not make the file readable, it stays as it is."""
    path = root / "posts/news/d.md"
    path.write_text(f"---\n{fields}\n---\n", encoding="utf-8")

    mend_all(root)

    assert path.read_text(encoding="utf-8") == f"---\n{fields}\n---\n"


def test_what_was_announced_is_written_down(root: Path) -> None:
    """A change that nobody told of is told, once, and nothing else in the file is touched."""
    path = root / "posts/events/mote.md"
    path.parent.mkdir()
    text = "---\nid: urn:x:m\ntitle: Möte\nstart: 2026-10-{day}T10:00  # {day}:e\n---\n\nHej!\n"
    path.write_text(text.format(day=14), encoding="utf-8")
    newsroom = folder.read(root).newsroom
    assert newsroom is not None
    before = {"urn:x:m": Announced("posts/events/mote.md", 0, version_of(newsroom.events[0]))}
    path.write_text(text.format(day=21), encoding="utf-8")

    def compare(found: Newsroom) -> tuple[UnsaidChange, ...]:
        return unsaid_changes(found, before, at("2026-09-01T10:00"))

    mended = [mend(root, lambda: folder.read(root), compare) for _ in range(2)]

    assert [str(m.what) for m in mended[0]][1:] == ["what was announced before is written"]
    assert mended[1] == ()
    assert path.read_text(encoding="utf-8") == (
        "---\nid: urn:x:m\ntitle: Möte\nstart: 2026-10-21T10:00  # 21:e\npreviously:\n"
        "  - {start: 2026-10-14T10:00, changed: 2026-09-01T10:00}\n---\n\nHej!\n"
    )


def test_a_text_in_an_older_encoding_is_saved_as_utf_8(root: Path) -> None:
    """The same signs in other bytes, where it is certain which; then the id is written too."""
    text = "---\r\ntitle: Möte\r\ndate: 2026-04-12\r\n---\r\n\r\nVälkommen.\r\n"
    old, odd = root / "posts/news/gammal.md", root / "posts/news/udda.md"
    old.write_bytes(text.encode("cp1252"))
    odd.write_bytes(text.encode("cp850"))

    mended = mend_all(root)

    assert ("posts/news/gammal.md", "saved as UTF-8") in [(str(m.path), m.what) for m in mended]
    assert b"".join(
        old.read_bytes().split(b'id: "tag:nyheter.example.se,2026-04-12:gammal"\r\n')
    ) == (text.encode())
    assert odd.read_bytes() == text.encode("cp850")


def test_a_file_whose_fields_stand_in_braces_is_left_as_it_is(root: Path) -> None:
    """It says so, the file keeps its bytes, and the others are mended."""
    braces = root / "posts/news/aa.md"
    braces.write_text("---\n{title: A, date: 2026-01-01}\n---\n", encoding="utf-8")

    mended = mend_all(root)

    assert braces.read_text(encoding="utf-8") == "---\n{title: A, date: 2026-01-01}\n---\n"
    assert [(str(m.path), m.what) for m in mended] == [
        ("posts/news/a.md", "id written"),
        ("posts/news/aa.md", "left as it is; write each field on a line of its own"),
    ]
