import os
import time
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from newsroom.content import folder
from newsroom.errors import ContentError
from newsroom.model import Severity
from tests.content.samples import SITE_YAML, Put, post, slugs, told


def test_pieces_stand_in_their_order(root: Path, put: Put) -> None:
    """News newest first by the instant, contacts by order and name as Swedes sort them."""
    put("news/2026-10-25-b.md", post("B", "2026-10-25T02:30+01:00"))
    put("news/2026-10-25-a.md", post("A", "2026-10-25T02:40+02:00"))
    put("news/2026-10-25-c/index.md", post("C", "2026-10-25T02:30+01:00"))
    for name in ("Örjan", "Ärla", "Åke", "Zoe"):
        put(f"contacts/{name}.md", f"---\nid: {name}\nname: {name}\n---\n")
    put("contacts/chef.md", "---\nid: 0\nname: Ö\norder: -1\n---\n")

    reading = folder.read(root)

    assert told(reading) == []
    assert slugs(reading) == ["b", "c", "a"]
    assert reading.newsroom is not None
    assert [person.title for person in reading.newsroom.contacts] == [
        "Ö",
        "Zoe",
        "Åke",
        "Ärla",
        "Örjan",
    ]


def test_one_bad_file_hides_no_other(root: Path, put: Put) -> None:
    """What is broken is told and left out; the rest is there."""
    put("news/good.md", post("Bra"))
    put("news/bad.md", "---\ntitle: [\n---\n")
    put("news/latin.md", "")
    (root / "posts/news/latin.md").write_bytes("---\ntitle: Hälsa\n---\n".encode("latin-1"))
    put("news/huge.md", "x" * 1_000_001)

    reading = folder.read(root)

    assert slugs(reading) == ["good"]
    assert [(str(p.source), p.line, p.code) for p in reading.problems] == [
        ("posts/news/bad.md", 2, "bad-yaml"),
        ("posts/news/huge.md", None, "too-large"),
        ("posts/news/latin.md", 1, "missing-field"),
        ("posts/news/latin.md", 2, "not-utf-8"),
    ]


@pytest.mark.parametrize("body", ["[" * 20_000, "x " * 110_000, "a\n" + "> " * 30_000 + "b"])
def test_a_text_that_would_take_for_ever(root: Path, put: Put, body: str) -> None:
    """A hostile text costs its own file and a few seconds at most; nothing else suffers."""
    put("news/good.md", post("Bra"))
    put("news/hard.md", post("Svår", body=body))

    started = time.process_time()
    reading = folder.read(root)

    assert time.process_time() - started < 5
    assert "good" in slugs(reading)
    assert {str(p.source) for p in reading.problems} <= {"posts/news/hard.md"}


def test_brackets_without_end_keep_their_file_out(root: Path, put: Put) -> None:
    """What no page can be made of is told with the line its text begins on."""
    put("news/hard.md", post("Svår", body="[" * 20_000))

    reading = folder.read(root)

    assert slugs(reading) == []
    assert [(p.code, p.line) for p in reading.problems] == [("too-much", 7)]


def test_a_site_with_faults_gives_no_newsroom_but_every_problem(root: Path, put: Put) -> None:
    """The pieces' faults are told beside those of site.yaml."""
    put("site.yaml", "name: x\n")
    put("news/bad.md", post(date="nu"))

    reading = folder.read(root)

    assert reading.newsroom is None
    assert [p.code for p in reading.problems] == ["bad-date", *["missing-field"] * 4]


def test_a_missing_site_is_told(root: Path) -> None:
    """Without site.yaml there is no newsroom."""
    (root / "posts/site.yaml").unlink()

    reading = folder.read(root)

    assert reading.newsroom is None
    assert told(reading) == [
        "posts/site.yaml: the file is missing; "
        "write it, with name, url, language, timezone and sender"
    ]


def test_a_folder_without_posts(tmp_path: Path) -> None:
    """A folder that is no newsroom is an error."""
    with pytest.raises(ContentError, match="newsroom init"):
        folder.read(tmp_path)


def test_files_where_no_piece_is_looked_for(root: Path, put: Put) -> None:
    """Texts in unknown places are pointed out; hidden files and other files are not."""
    put("nws/a.md", "x")
    put("news/a/b.md", "x")
    put("news/c.markdown", "x")
    put("d.md", "x")
    put("news/.e.md", "x")
    put("news/f.pdf", "x")

    assert told(folder.read(root)) == [
        "posts/d.md: the folder says no kind; put it in one of posts/news/, posts/events/, "
        "posts/contacts/, posts/members/, posts/documents/, posts/newsletters/, posts/pages/",
        "posts/news/a/b.md: the file is not read; name it posts/news/a/index.md, or put "
        "it in posts/news/",
        "posts/news/c.markdown: the file is not read; name it c.md",
        "posts/nws/a.md: the folder says no kind; write news",
    ]


def test_texts_of_other_programs(root: Path, put: Put) -> None:
    """What somebody wrote in another program is pointed out, unless readers are offered it."""
    names = ("Ett brev.docx", "f.txt", "b.txt", "~$b.docx", "c.odt", "d.rtf", "e.docx")
    for name in (*names, "b.html", "Från webben.htm"):
        put(f"news/{name}", "x")
    put("news/a.md", post(more="attachments: [{file: c.odt, title: C}]\n", body="[d](d.rtf)"))
    put("news/b.md", post("B", "nu", more="attachments: [{file: e.docx, title: E}]\n"))

    reading = folder.read(root)

    assert [(p.source.name, p.fix) for p in reading.problems if p.code == "not-read"] == [
        (
            "Ett brev.docx",
            "put its text in a file ett-brev.md, or name it under attachments in one",
        ),
        ("Från webben.htm", "put its text in fran-webben.md"),
        ("b.html", "take it away"),
        ("b.txt", "take it away, or name it under attachments in a piece"),
        ("f.txt", "put its text in a file f.md, or name it under attachments in one"),
    ]


def test_what_runs_in_browsers_is_no_document(root: Path, put: Put) -> None:
    """A page or a program would act as the site itself, so it is refused and not put there."""
    for name in ("a.html", "b.js", "c.pdf"):
        put(f"news/{name}", "x")
    put(
        "news/a.md",
        post(more="attachments: [{file: a.html, title: A}]\n", body="[b](b.js) [c](c.pdf)"),
    )

    reading = folder.read(root)

    assert [p.line for p in reading.problems if p.code == "bad-file"] == [5, 8]
    assert reading.newsroom is not None
    assert [asset.source.name for asset in reading.newsroom.assets] == ["c.pdf"]


def test_a_link_out_of_the_folder_is_refused(root: Path, put: Put, tmp_path: Path) -> None:
    """A symbolic link could put any file of the machine on the web."""
    (tmp_path / "secret.md").write_text(post(), encoding="utf-8")
    put("news/real.md", post())
    (root / "posts/news/inside.md").symlink_to(root / "posts/news/real.md")
    (root / "posts/news/outside.md").symlink_to(tmp_path / "secret.md")
    (root / "posts/news/gone.md").symlink_to(tmp_path / "gone")
    (root / "posts/news/round").symlink_to(root / "posts")

    problems = [p for p in folder.read(root).problems if p.code == "outside-posts"]

    assert [p.message.split(" is ")[0] for p in problems] == [
        "posts/news/gone.md",
        "posts/news/outside.md",
        "posts/news/round",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(root: Path, put: Put) -> None:
    """A file that may not be read is told."""
    put("news/a.md", post()).chmod(0)

    assert [p.code for p in folder.read(root).problems] == ["unreadable"]


def test_files_that_pieces_point_to(root: Path, put: Put) -> None:
    """Pictures and documents come with their size, type and measures."""
    body = "![Ett torg](b.png) [rapporten](../r.pdf) [ut](https://x.test) [om](../../pages/om.md)"
    more = 'image: {file: "a b.svg", alt: ""}\n'
    put("news/x/index.md", post(more=more, body=body))
    put("news/x/a b.svg", '<?xml version="1.0"?><svg class="x" viewBox="0 0 120 60.4"></svg>')
    Image.new("RGB", (20, 10)).save(root / "posts/news/x/b.png")
    put("news/r.pdf", "%PDF")
    put("pages/om.md", "---\nid: p\ntitle: Om\n---\n")
    put("news/unused.pdf", "%PDF")

    reading = folder.read(root)

    assert told(reading) == []
    assert reading.newsroom is not None
    assert [(a.source.name, a.media_type, a.width, a.height) for a in reading.newsroom.assets] == [
        ("r.pdf", "application/pdf", None, None),
        ("a b.svg", "image/svg+xml", 120, 60),
        ("b.png", "image/png", 20, 10),
    ]
    assert reading.newsroom.assets[0].size == 4
    assert reading.newsroom.assets[0].digest == sha256(b"%PDF").hexdigest()


def test_a_photograph_held_sideways(root: Path, put: Put) -> None:
    """Width and height are those that readers see, as the camera noted how it was held."""
    put("news/x.md", post(more='image: {file: a.jpg, alt: "Ett torg"}\n'))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 10)).save(root / "posts/news/a.jpg", exif=exif)

    newsroom = folder.read(root).newsroom

    assert newsroom is not None
    assert (newsroom.assets[0].width, newsroom.assets[0].height) == (10, 20)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp"])
def test_a_picture_cut_short(root: Path, put: Put, name: str) -> None:
    """A damaged picture is told and never a crash."""
    put("news/x.md", post(more=f'image: {{file: {name}, alt: "Ett torg"}}\n'))
    path = root / "posts/news" / name
    Image.new("RGB", (20, 10)).save(path)
    path.write_bytes(path.read_bytes()[:24])

    assert {p.code for p in folder.read(root).problems} <= {"bad-file"}


def test_a_picture_that_is_none(root: Path, put: Put) -> None:
    """A file that is not what its name says is told where it is named."""
    put("news/x.md", post(more='image: {file: a.jpg, alt: "Ett torg"}\n'))
    put("news/a.jpg", "not a picture")

    assert told(folder.read(root)) == [
        "posts/news/x.md:5: posts/news/a.jpg is not the picture its name says; "
        "save the file again, or put another in its place"
    ]


def test_the_cache_is_used_while_a_file_is_the_same(root: Path, put: Put, tmp_path: Path) -> None:
    """What is known of a picture is kept, and found out again when the picture changes."""
    put("news/x.md", post(more='image: {file: a.svg, alt: "Ett torg"}\n'))
    picture = put("news/a.svg", '<svg viewBox="0 0 1 1"></svg>')
    cache = tmp_path / "var/cache"

    first = folder.read(root, cache=cache)
    again = folder.read(root, cache=cache)
    picture.write_text('<svg viewBox="0 0 22 22"></svg>', encoding="utf-8")
    changed = folder.read(root, cache=cache)

    assert first == again
    assert changed == folder.read(root)
    assert changed.newsroom is not None
    assert changed.newsroom.assets[0].width == 22


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"posts/news/a.svg": 1}'])
def test_a_damaged_cache_is_no_harm(root: Path, put: Put, tmp_path: Path, damage: str) -> None:
    """Without its cache everything is found out anew."""
    put("news/x.md", post(more='image: {file: a.svg, alt: "Ett torg"}\n'))
    put("news/a.svg", '<svg viewBox="0 0 1 1"></svg>')
    folder.read(root, cache=tmp_path)
    for file in tmp_path.glob("*.json"):
        file.write_text(damage, encoding="utf-8")

    assert folder.read(root, cache=tmp_path) == folder.read(root)


def test_links_to_what_is_not_there(root: Path, put: Put) -> None:
    """A link to a missing file is an error that names the nearest; the piece is still published."""
    body = (
        "[a](../events/mte.md)\n[b](b%20c.pdf#x)\n[c](/nagonstans/)\n[d](#e)\n"
        "[f](../../../etc/passwd)\n[g](y)"
    )
    put("news/x.md", post(body=body))
    put("news/b c.pdf", "%PDF")
    put("news/y/index.md", post("Y"))
    put("events/mote.md", "---\nid: e\ntitle: Möte\nstart: 2026-04-12\n---\n")

    reading = folder.read(root)

    assert [p for p in told(reading) if "leads to no file" in p] == [
        'posts/news/x.md:7: the link "../events/mte.md" leads to no file in posts/; '
        "write ../events/mote.md",
        'posts/news/x.md:11: the link "../../../etc/passwd" leads to no file in posts/; '
        "put the file there, or mend the link",
    ]
    assert "x" in slugs(reading)


def test_a_broken_link_keeps_no_piece_out(root: Path, put: Put) -> None:
    """It is an error, and the piece is published in spite of it."""
    put("news/x.md", post(body="[Rapporten](a.pdf)"))

    reading = folder.read(root)

    assert [(p.code, p.severity) for p in reading.problems] == [("broken-link", Severity.ERROR)]
    assert slugs(reading) == ["x"]


@pytest.mark.parametrize(
    ("site_says", "piece_says", "severity", "published"),
    [
        ("", "", "error", []),
        ("checks: {missing-alt: warning}\n", "", "warning", ["x"]),
        ("", "checks: {missing-alt: warning}\n", "warning", ["x"]),
        ("checks: {missing-alt: note}\n", "checks: {missing-alt: error}\n", "error", []),
        ("", "checks: {vague-link: note}\n", "error", []),
        ("", "draft: true\n", "warning", ["x"]),
    ],
)
def test_a_picture_without_a_description_is_not_published(
    root: Path, put: Put, site_says: str, piece_says: str, severity: str, published: list[str]
) -> None:
    """Unless the site, or the piece itself, says that it is no error; the piece has the last word.

    A draft is read, and is not public anyway.
    """
    put("site.yaml", SITE_YAML + site_says)
    put("news/x.md", post(more=piece_says, body="![](a.svg)"))
    put("news/a.svg", '<svg viewBox="0 0 1 1"></svg>')

    reading = folder.read(root)

    assert [(p.code, p.severity) for p in reading.problems] == [("missing-alt", severity)]
    assert reading.problems[0].fix == "write what it shows: ![two people at a table](…)"
    assert slugs(reading) == published


def test_a_piece_decides_for_itself_how_much_a_broken_link_matters(root: Path, put: Put) -> None:
    """What is found across files goes by the piece's own word too."""
    put("news/x.md", post(more="checks: {broken-link: note}\n", body="[Rapporten](a.pdf)"))

    problems = folder.read(root).problems

    assert [(p.code, p.severity) for p in problems] == [("broken-link", Severity.NOTE)]


def test_problems_stand_by_file_and_line(root: Path, put: Put) -> None:
    """Problems come in the order an editor goes through the files."""
    put("news/b.md", post(date="x", more="foo: y\n"))
    put("news/a.md", post(date="x"))

    places = [(p.source, p.line) for p in folder.read(root).problems]

    assert places == [
        (PurePosixPath("posts/news/a.md"), 4),
        (PurePosixPath("posts/news/b.md"), 4),
        (PurePosixPath("posts/news/b.md"), 5),
    ]


def test_a_fault_in_a_field_hides_none_in_the_text(root: Path, put: Put) -> None:
    """All that is wrong with a file is told in one run, and nothing of it is published."""
    fields = "attachments: [rapport.pdf]\nimage: {file: saknas.jpg, alt: Torget}\n"
    body = "[bort](saknas.md)\n\n811218-9876\n\n### Hoppar\n\n![](torg.jpg)"
    put("news/a.md", post("A", more=fields, body=body))

    reading = folder.read(root)

    assert slugs(reading) == []
    assert sorted((p.line or 0, p.code) for p in reading.problems) == [
        (5, "not-a-list"),
        (6, "missing-file"),
        (9, "broken-link"),
        (11, "personal-number"),
        (13, "heading-order"),
        (15, "broken-link"),
        (15, "missing-alt"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: [A\n---\n\n811218-9876\n", [5]),
        ("---\ntitle: [A\nsummary: 811218-9876\n---\n", [3]),
        ("---\ntitle: A\nauthor: 811218-9876\n\n811218-9876\n", [3, 5]),
        ("Text 811218-9876\n\n811218-9876\n", [1, 3]),
    ],
)
def test_a_file_without_fields_is_looked_at_all_the_same(
    root: Path, put: Put, text: str, lines: list[int]
) -> None:
    """A personal number is told at once, on its line, whatever else keeps the file from reading."""
    put("news/a.md", text)

    reading = folder.read(root)

    assert slugs(reading) == []
    assert [p.line for p in reading.problems if p.code == "personal-number"] == lines


@pytest.mark.parametrize("left", ["[Skriv texten här.]", "[Write the text here.]"])
def test_a_text_that_nobody_has_written_is_not_published(root: Path, put: Put, left: str) -> None:
    """The advice of a new file is told and goes to no reader, unless its file says otherwise."""
    put("news/a.md", post("A", body=left))
    put("news/b.md", post("B", more="checks: {unfinished: warning}\n", body=left))

    reading = folder.read(root)

    assert slugs(reading) == ["b"]
    assert [(str(p.source), p.severity) for p in reading.problems if p.code == "unfinished"] == [
        ("posts/news/a.md", Severity.ERROR),
        ("posts/news/b.md", Severity.WARNING),
    ]


def test_a_day_that_cannot_be_read_says_nothing_of_other_days(root: Path, put: Put) -> None:
    """What stands in for a day is compared with nothing."""
    more = "start: nu\nend: 2026-12-01T14:00\nregistration: {deadline: 2026-11-20}\n"
    put("events/a.md", f"---\nid: urn:x:a\ntitle: A\n{more}---\n\nMåndag 30 november.\n")

    reading = folder.read(root)

    assert [(p.line, p.code) for p in reading.problems] == [(4, "bad-date")]


def test_a_text_in_an_older_encoding_is_checked_too(root: Path, put: Put) -> None:
    """It is told with a word from it, beside what else is wrong, and kept out."""
    text = post("Möte", body="811218-9876 på mötet")
    put("news/a.md", "").write_bytes(text.encode("cp1252"))

    reading = folder.read(root)

    assert slugs(reading) == []
    assert told(reading) == [
        'posts/news/a.md:2: the file is saved as Windows-1252 (ANSI) ("Möte"), and not as UTF-8; '
        "run newsroom check --fix, or save the file again with the encoding UTF-8",
        "posts/news/a.md:7: what looks like a personal identity number stands here (81…); "
        "take it away before anybody reads it",
    ]


def test_a_link_to_a_file_with_errors_is_none_to_nothing(root: Path, put: Put) -> None:
    """The file is there: whoever mends it mends the link."""
    put("news/a.md", post("A", body="[b](b.md)"))
    put("news/b.md", post("B", "nu"))

    reading = folder.read(root)

    assert [p.code for p in reading.problems] == ["bad-date"]
    assert [card.source for card in reading.unusable] == ["posts/news/b.md"]
