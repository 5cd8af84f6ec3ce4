"""Broken and hostile content: each file is told of by itself, and the rest is published."""

import marshal
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.folder.cabinet import open_cabinet
from newsroom.content.folder.catalogue import open_catalogue
from newsroom.content.folder.entry import Front, Unread, unfolded
from newsroom.content.folder.files import find_files, read_text
from newsroom.content.folder.home import read_home
from newsroom.content.folder.sheet import read_entry
from newsroom.content.folder.texts import read_texts
from newsroom.content.front.notes import Notes
from newsroom.model import Kind, Severity
from tests.content.samples import Put, post, slugs

FRONT = "---\nid: urn:x:h\ntitle: Svår\ndate: 2026-04-12\n{}---\n\nText.\n"


@pytest.fixture
def good(put: Put) -> None:
    """A piece with nothing wrong, which must be there whatever else is."""
    put("news/good.md", post("Bra"))


def places(reading: folder.Reading) -> list[tuple[str, int | None, str]]:
    """Where each problem is, and its code."""
    return [(str(p.source), p.line, p.code) for p in reading.problems]


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbf" + post("H\u00e4lsa").encode(),
        post("H\u00e4lsa").replace("\n", "\r\n").encode(),
        post("H\u00e4lsa").replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + post("H\u00e4lsa").replace("\n", "\r\n").encode(),
    ],
)
def test_what_any_editor_saves_is_read(root: Path, written: bytes) -> None:
    """A byte order mark, and the line ends of any system, are nobody's fault."""
    (root / "posts/news/it.md").write_bytes(written)

    reading = folder.read(root)

    assert places(reading) == []
    assert slugs(reading) == ["good", "it"]
    assert reading.newsroom is not None
    assert (reading.newsroom.posts[1].title, reading.newsroom.posts[1].body) == ("Hälsa", "Text.")


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize(
    ("written", "place"),
    [
        (post("Hälsa").encode("latin-1"), (2, "not-utf-8")),
        (post("Hälsa").encode("utf-16"), (1, "not-utf-8")),
        (post("Hälsa").encode("utf-16-le"), (2, "not-utf-8")),
        (post("Hej", more="summary: a\0b\n").encode(), (5, "control-character")),
        (post("Hej", more='summary: "a\\0b"\n').encode(), (5, "control-character")),
        (post("Hej", more="summary: a\x93b\n").encode(), (5, "control-character")),
        (post("Hej", more="summary: a\ufffeb\n").encode(), (5, "control-character")),
        (b"\0" * 5000, (1, "no-front-matter")),
        (b"", (1, "no-front-matter")),
        (b"---\n", (1, "no-front-matter")),
        (b"x" * 1_000_001, (None, "too-large")),
        (post("Lang", body="ord " * 250_000)[:1_000_000].encode(), (7, "too-much")),
        (FRONT.format("summary: &a [x, *a]\n").encode(), (5, "bad-yaml")),
        (FRONT.format("a: &a [x]\nb: &b [*a, *a]\n").encode(), (5, "bad-yaml")),
        (FRONT.format("tags: " + "[" * 5000 + "\n").encode(), (5, "bad-yaml")),
        (FRONT.format("tags: " + "{a: " * 5000 + "\n").encode(), (5, "bad-yaml")),
        (FRONT.format("k" * 60_000 + ": 1\n").encode(), (5, "bad-yaml")),
        (FRONT.format("k" * 70_000 + ": 1\n").encode(), (2, "too-large")),
        (FRONT.format("slug: " + "x" * 300 + "\n").encode(), (5, "bad-slug")),
        (FRONT.format("aliases: [" + "x" * 300 + "]\n").encode(), (5, "bad-slug")),
        (FRONT.format("title: En till\n").encode(), (5, "duplicate-field")),
        (FRONT.format("slug: ../../etc/passwd\n").encode(), (5, "bad-slug")),
        (FRONT.format("image: {file: ../../../etc/passwd, alt: x}\n").encode(), (5, None)),
        (FRONT.format("attachments: [{file: /etc/passwd, title: x}]\n").encode(), (5, None)),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(
    root: Path, written: bytes, place: tuple[int | None, str | None]
) -> None:
    """The file is named, with the line where there is one; nothing else suffers."""
    (root / "posts/news/it.md").write_bytes(written)

    reading = folder.read(root)

    told = [(line, code) for source, line, code in places(reading) if source == "posts/news/it.md"]
    assert told == places_of(reading)
    assert place[0] == told[0][0]
    assert place[1] in {told[0][1], None}
    assert slugs(reading) == ["good"]


def places_of(reading: folder.Reading) -> list[tuple[int | None, str]]:
    """The lines and codes of all problems."""
    return [(line, code) for _, line, code in places(reading)]


@pytest.mark.usefixtures("good")
def test_tags_of_yaml_make_nothing(root: Path, put: Put, tmp_path: Path) -> None:
    """A tag that would have another reader run something is text, or a fault, and never more."""
    door = tmp_path / "open"
    put("news/it.md", FRONT.format(f"summary: !!python/object/apply:os.mkdir ['{door}']\n"))

    reading = folder.read(root)

    assert not door.exists()
    assert "good" in slugs(reading)
    assert {source for source, _, _ in places(reading)} == {"posts/news/it.md"}


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize(
    "body",
    [
        "[" * 20_000,
        "![" * 1_500,
        "> " * 30_000 + "b",
        "\n".join("> " * depth + "a" for depth in range(400)),
        "\n".join("    " * depth + "- a" for depth in range(300)),
        "|a" * 20 + "|\n" + "|-" * 20 + "|\n" + ("|b" * 20 + "|\n") * 2_000,
        "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + ("|b" * 5_000 + "|\n") * 3,
        "*a **b " * 8_000,
        "*" * 8_000 + "a" + "*" * 8_000,
        "_a __b " * 8_000,
        "x" * 190_000,
        "`a" * 30_000,
        "<div>" * 20_000,
        "<!--" * 20_000,
        "\\" * 60_000,
        "&" * 60_000,
        "[^1]: a\n" * 3_000,
    ],
)
def test_texts_made_to_take_long(root: Path, put: Put, body: str) -> None:
    """Hostile Markdown is read, or refused, by itself: nothing hangs and nothing else is lost."""
    put("news/hard.md", post("Svår", body=body))

    reading = folder.read(root)

    assert "good" in slugs(reading)
    assert {source for source, _, _ in places(reading)} <= {"posts/news/hard.md"}
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert ("hard" in slugs(reading)) != bool(errors)


@pytest.mark.usefixtures("good")
def test_a_text_that_takes_too_long_is_stopped(root: Path, put: Put, tmp_path: Path) -> None:
    """After five seconds of work its process is ended; it is named, and the rest is published."""
    put("news/hard.md", post("Svår", body="[^1]" * 8_000 + "\n\n[^1]: a"))

    reading = folder.read(root, cache=tmp_path / "cache")
    (root / "posts/news/hard.md").write_text(post("Svår", body="Lätt."), encoding="utf-8")
    eased = folder.read(root, cache=tmp_path / "cache")

    (problem,) = reading.problems
    assert str(problem.source) == "posts/news/hard.md"
    assert problem.message == "the text cannot be read: it took longer than 5 seconds"
    assert slugs(reading) == ["good"]
    assert (slugs(eased), eased.problems) == (["good", "hard"], ())


@pytest.mark.usefixtures("good")
def test_links_that_lead_round_in_circles(root: Path) -> None:
    """Neither a link to itself, nor two to each other, nor one to the folder above is followed."""
    news = root / "posts/news"
    (news / "self.md").symlink_to(news / "self.md")
    (news / "a.md").symlink_to(news / "b.md")
    (news / "b.md").symlink_to(news / "a.md")
    (news / "up").symlink_to(root / "posts")
    (news / "above.md").symlink_to(root)

    reading = folder.read(root)

    assert {code for _, _, code in places(reading)} == {"outside-posts"}
    assert len(reading.problems) == 5
    assert slugs(reading) == ["good"]


@pytest.mark.usefixtures("good")
def test_a_site_file_that_is_a_link_out_of_the_folder(root: Path, tmp_path: Path) -> None:
    """The site's own file is looked at as hard as any other."""
    (root / "posts/site.yaml").rename(tmp_path / "elsewhere.yaml")
    (root / "posts/site.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    reading = folder.read(root)

    assert reading.newsroom is None
    assert {code for _, _, code in places(reading)} == {"outside-posts", "missing-site"}


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2026-03-29T02:30", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_times_that_a_change_of_the_clocks_takes_or_gives_twice(
    root: Path, put: Put, date: str, published: str
) -> None:
    """What is skipped becomes the first instant after; of two the first; both are told."""
    put("news/a.md", post(date=date))

    reading = folder.read(root)

    assert places(reading) == [("posts/news/a.md", 4, "clock-change")]
    assert reading.newsroom is not None
    assert reading.newsroom.posts[0].published.isoformat() == published


@pytest.mark.usefixtures("good")
def test_a_folder_that_vanishes_while_it_is_read(root: Path, put: Put) -> None:
    """What is gone when its turn comes was taken away; it is no fault, and the rest is read."""
    put("events/m/index.md", "---\nid: e\ntitle: M\nstart: 2026-04-12\n---\n")
    found, _ = find_files(root)
    catalogue = open_catalogue(None, b"")
    cabinet = open_cabinet(root, read_home(root, found, catalogue).site, catalogue)

    shutil.rmtree(root / "posts/events")
    texts = read_texts(cabinet, found, 0)

    assert [card.slug for card in texts.cards] == ["good"]
    assert (texts.problems, texts.broken) == ([], {})


@pytest.mark.usefixtures("good")
def test_a_text_that_changes_between_look_and_reading(root: Path, put: Put) -> None:
    """What was read is what is published; the new state is seen at the next reading."""
    path = put("news/a.md", post("Ett"))
    found, _ = find_files(root)
    catalogue = open_catalogue(None, b"")
    cabinet = open_cabinet(root, read_home(root, found, catalogue).site, catalogue)
    path.write_text(post("Två-och-längre"), encoding="utf-8")

    first = read_texts(cabinet, found, 2**62)
    again = read_texts(cabinet, find_files(root)[0], 2**62)

    assert {card.title for card in first.cards} == {"Bra", "Två-och-längre"}
    assert {card.title for card in again.cards} == {"Bra", "Två-och-längre"}


def test_a_file_that_grows_without_end(tmp_path: Path) -> None:
    """No more is read than a text may have, however long the file has become."""
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    notes = Notes(path.relative_to(tmp_path))  # type: ignore[arg-type]

    assert read_text(path, notes) is None
    assert [problem.code for problem in notes.problems] == ["too-large"]


def test_a_text_of_a_million_bytes(root: Path, put: Put) -> None:
    """That much is a text still, if it is more than one page can show: it is told, not lost."""
    start = post("Lång", body="")
    put("news/a.md", start + "x" * (1_000_000 - len(start.encode())))

    reading = folder.read(root)

    assert [code for _, _, code in places(reading)] == ["too-much"]


@pytest.mark.usefixtures("good")
def test_a_fault_of_our_own(root: Path, put: Put, caplog: pytest.LogCaptureFixture) -> None:
    """A failure that nobody foresaw is told as ours, with what the log needs to find it."""
    put("news/a.md", post("Ett"))
    found, _ = find_files(root)
    site = read_home(root, found, open_catalogue(None, b"")).site
    assert site is not None
    unsound = replace(site, checks=None)  # type: ignore[arg-type]
    unread = Unread("posts/news/a.md", Kind.NEWS, found["posts/news/a.md"])

    entry = read_entry(root, unsound, b"", unread)

    assert entry is not None
    problems = Front(*marshal.loads(entry.front)).problems
    assert problems is not None
    (problem,) = unfolded(entry.source, problems)
    assert problem.code == "newsroom-failed"
    assert "newsroom failed on this file: TypeError: " in problem.message
    assert problem.fix == "tell its makers; the file stays as it is"
    assert [record.exc_info is not None for record in caplog.records] == [True]
