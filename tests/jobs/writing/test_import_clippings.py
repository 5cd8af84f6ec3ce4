"""Bringing in the pieces of an export."""

import json
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content import folder
from newsroom.content.foreign.feed import read_feed
from newsroom.content.foreign.wordpress import read_wordpress
from newsroom.jobs.writing.import_clippings import Brought, import_clippings
from newsroom.model import Newsroom, Severity
from tests.content.foreign.exports import item, wordpress

SOURCE = PurePosixPath("export.xml")
DATA = Path(__file__).parents[4] / "shared/data/wxr"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the exports are not here")
SITE_YAML = """\
name: Nätverket
url: https://nya.example
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
categories: {press: Pressmeddelande}
"""
SVG = b'<svg viewBox="0 0 1 1"></svg>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with nothing in it."""
    (tmp_path / "new/posts").mkdir(parents=True)
    (tmp_path / "new/posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path / "new"


def newsroom(root: Path) -> Newsroom:
    """What the folder holds."""
    found = folder.read(root).newsroom
    assert found is not None
    return found


def bring(
    root: Path, export: bytes, assets: Path | None = None, *, dry_run: bool = False
) -> Brought:
    """Import an export of WordPress."""
    found = read_wordpress(export, SOURCE)
    return import_clippings(found, root, newsroom(root).site, assets=assets, dry_run=dry_run)


def test_a_post_keeps_its_guid_its_instant_and_its_words(root: Path) -> None:
    """Its day is that of the site's own clock, whatever WordPress kept it in."""
    late = item(gmt="2019-03-03 23:30:00", content="<b>Välkommen</b>, alla!")

    done = bring(root, wordpress(late))

    path = "posts/news/2019-03-04-vi-har-oppnat.md"
    assert [(str(at), title) for at, title in done.pieces] == [(path, "Vi har öppnat")]
    assert (root / path).read_text() == (
        '---\ntitle: Vi har öppnat\nid: "https://gamla.example/?p=12"\n'
        "date: 2019-03-04T00:30:00+01:00\nauthor: Anna Ek\n---\n\n**Välkommen**, alla!\n"
    )


def test_who_follows_the_feed_sees_nothing_old_as_new(root: Path) -> None:
    """The guid in our feed is the one in theirs, letter for letter, and so is the time."""
    bring(root, wordpress(item()))

    (post,) = newsroom(root).posts

    assert post.id == "https://gamla.example/?p=12"
    assert post.published.isoformat() == "2019-03-04T09:30:00+01:00"


def test_importing_again_writes_nothing(root: Path) -> None:
    """What is there is left as it is, also when somebody has changed it."""
    first = bring(root, wordpress(item()))
    (path, _) = first.pieces[0]
    (root / path).write_text("---\ntitle: Min\ndate: 2019-03-04\n---\n\nMin text\n")

    again = bring(root, wordpress(item()))

    assert (again.pieces, again.known) == ((), (path,))
    assert "Min text" in (root / path).read_text()


def test_a_dry_run_says_the_same_and_writes_nothing(root: Path, tmp_path: Path) -> None:
    """Piece for piece and file for file."""
    put_picture(tmp_path)
    export = wordpress(
        item(content='<img src="https://gamla.example/wp-content/uploads/2019/a.svg">')
    )

    said = bring(root, export, tmp_path / "uploads", dry_run=True)
    there = sorted(root.rglob("*.md"))
    done = bring(root, export, tmp_path / "uploads")

    assert there == []
    assert said == done
    assert len(done.assets) == 1


def put_picture(tmp_path: Path) -> None:
    """A copy of wp-content/uploads with one picture, and a file beside it that is nobody's."""
    (tmp_path / "uploads/2019").mkdir(parents=True)
    (tmp_path / "uploads/2019/a.svg").write_bytes(SVG)
    (tmp_path / "secret.svg").write_bytes(b"secret")


@pytest.mark.parametrize(
    "written",
    [
        "https://gamla.example/wp-content/uploads/2019/a.svg",
        "/wp-content/uploads/2019/a.svg",
        "https://gamla.example/wp-content/uploads/2019/a-300x200.svg",
        "https://filer.example/sites/7/uploads/2019/a.svg?w=300",
    ],
)
def test_pictures_come_along(root: Path, tmp_path: Path, written: str) -> None:
    """The large one of a small one, from any host that had the old site's files."""
    put_picture(tmp_path)
    file = item(
        kind="attachment",
        number="7",
        guid="y",
        more="<wp:attachment_url>https://filer.example/x/uploads/2019/b.svg</wp:attachment_url>",
    )

    done = bring(
        root, wordpress(item(content=f'<img src="{written}" alt="A">'), file), tmp_path / "uploads"
    )

    ((path, _),) = done.pieces
    assert path.name == "index.md"
    assert "![A](a.svg)" in (root / path).read_text()
    assert (root / path.parent / "a.svg").read_bytes() == SVG


@pytest.mark.parametrize("written", ["/uploads/../secret.svg", "/uploads/..%2fsecret.svg"])
def test_nothing_outside_the_folder_is_read(root: Path, tmp_path: Path, written: str) -> None:
    """Whatever an address says."""
    put_picture(tmp_path)

    done = bring(root, wordpress(item(content=f'<img src="{written}">')), tmp_path / "uploads")

    assert done.assets == ()


def test_a_slug_cannot_lead_out_of_the_folder(root: Path) -> None:
    """It is made of letters and hyphens, whatever is written; a strange title has a plain name."""
    done = bring(
        root,
        wordpress(
            item(slug="../../../etc/passwd"),
            item(slug="", title="Επίπεδο", guid="a", number="2"),
            item(slug="%ce%b5", title="", guid="b", number="3"),
        ),
    )

    assert all(path.parent == PurePosixPath("posts/news") for path, _ in done.pieces)
    assert len({path for path, _ in done.pieces}) == 3


def test_links_between_pieces_lead_to_files(root: Path) -> None:
    """To a post and to a page of the export; to the old site where it is not imported."""
    first = item(
        content='<a href="https://gamla.example/om/#x">om</a> <a href="/2019/05/annan">annan</a> '
        '<a href="https://gamla.example/borta/">borta</a>'
    )
    page = item(kind="page", slug="om", link="https://gamla.example/om/", guid="om", number="2")
    other = item(slug="annan", link="https://gamla.example/2019/05/annan/", guid="x", number="3")

    done = bring(root, wordpress(first, page, other))

    text = (root / done.pieces[0][0]).read_text()
    assert "[om](../pages/om.md#x)" in text
    assert "[annan](2019-03-04-annan.md)" in text
    assert "[borta](https://gamla.example/borta/)" in text
    assert [problem.code for problem in done.problems] == ["old-address"]


def test_links_to_drafts_lead_to_their_files(root: Path) -> None:
    """WordPress knows what was never published by its number only."""
    first = item(
        content="<a href='/?p=13'>a</a> <a href='?page_id=14'>b</a> "
        "<a href='http://www.gamla.example/?p=13&amp;preview=true'>c</a>"
    )
    draft = item(
        number="13", slug="plan", status="draft", guid="x", link="https://gamla.example/?p=13"
    )
    page = item(
        number="14",
        slug="om",
        kind="page",
        status="pending",
        guid="y",
        link="https://gamla.example/?page_id=14",
    )

    done = bring(root, wordpress(first, draft, page))

    assert (
        (root / done.pieces[0][0])
        .read_text()
        .endswith("[a](2019-03-04-plan.md) [b](../pages/om.md) [c](2019-03-04-plan.md)\n")
    )
    assert [problem.code for problem in done.problems] == ["import", "import"]


@pytest.mark.parametrize(
    "written",
    ["http://gamla.example/borta/", "https://www.gamla.example/borta/", "/?p=99", "?p=99"],
)
def test_a_link_to_what_is_not_imported_is_told_with_its_line(root: Path, written: str) -> None:
    """However the old site is written, and also when it is named by a number."""
    export = wordpress(item(content=f"Ett\n\nTvå\n<a href='{written}'>x</a>"))

    (problem,) = bring(root, export).problems

    assert problem.code == "old-address"
    assert problem.line is not None
    assert written in export.decode().splitlines()[problem.line - 1]
    assert "posts/news/2019-03-04-vi-har-oppnat.md" in problem.fix


@pytest.mark.parametrize(
    "written", ["/wp-content/uploads/a.svg", "https://gamla.example/wp-content/uploads/a.svg"]
)
def test_a_picture_that_does_not_come_along_is_told_as_one(root: Path, written: str) -> None:
    """With its line: readers would not see it, since pictures of other sites are not shown."""
    export = wordpress(item(content=f"Ett\n\n<img src='{written}' alt='A'>"))

    (problem,) = bring(root, export).problems

    assert (problem.severity, problem.code) == (Severity.WARNING, "missing-file")
    assert problem.message == f"the picture {written} is not among the assets, so it is not shown"
    assert problem.line is not None
    assert written in export.decode().splitlines()[problem.line - 1]


def test_another_host_that_only_begins_alike_is_another_site(root: Path) -> None:
    """A link there is left as it is, and nobody has to hear of it."""
    link = "https://gamla.example.se/om/"

    done = bring(root, wordpress(item(content=f"<a href='{link}'>x</a>")))

    assert f"[x]({link})" in (root / done.pieces[0][0]).read_text()
    assert done.problems == ()


def test_categories_that_the_site_has_stay_categories(root: Path) -> None:
    """By its key or by its words; the others are topics, each once."""
    terms = "".join(
        f'<category domain="{domain}" nicename="x"><![CDATA[{words}]]></category>'
        for domain, words in (
            ("category", "Hälsa"),
            ("category", "Pressmeddelande"),
            ("post_tag", "hälsa"),
            ("post_tag", "EU"),
        )
    )
    bring(root, wordpress(item(more=terms)))

    (post,) = newsroom(root).posts
    assert post.category == "press"
    assert post.tags == ("hälsa", "EU")


def test_two_pieces_with_one_guid_stay_two(root: Path) -> None:
    """The second gets an id of its own, and somebody is told."""
    done = bring(root, wordpress(item(), item(slug="andra", number="2")))

    ids = {post.id for post in newsroom(root).posts}
    assert len(ids) == 2
    assert "https://gamla.example/?p=12" in ids
    assert ["had the guid of another" in p.message for p in done.problems] == [True]


def test_what_lacks_a_date_is_told_and_left_out(root: Path) -> None:
    """And the others come all the same."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "title": "Utan", "content_text": "x"},
            {"id": "2", "title": "Med", "content_text": "x", "date_published": "2019-03-04"},
        ],
    }
    export = read_feed(json.dumps(feed).encode(), SOURCE)

    done = import_clippings(export, root, newsroom(root).site)

    assert [title for _, title in done.pieces] == ["Med"]
    assert [(p.severity, p.code) for p in done.problems] == [(Severity.ERROR, "missing-field")]


@needs_data
@pytest.mark.parametrize("name", ["theme-unit-test-data.xml", "small-export.xml"])
def test_the_exports_of_wordpress_itself_come_in_whole(root: Path, name: str) -> None:
    """Every published post is public in its day, every other one is a draft, and none is broken."""
    said = json.loads((DATA / "expected.json").read_text())["files"][name]

    done = bring(root, (DATA / name).read_bytes())

    found = newsroom(root)
    wanted = Counter(
        post["title"]
        for post in said["published_posts"]
        if post["title"] and not post["password"] and "<" not in post["title"]
    )
    public = Counter(post.title for post in found.posts if not post.draft)
    assert not wanted - public
    assert not [p for p in done.problems if p.severity is Severity.ERROR]
    errors = {p.code for p in folder.read(root).problems if p.severity is Severity.ERROR}
    # Texts of "lorem ipsum", and links to http://localhost, where the small one was made.
    assert errors <= {"filler-text", "broken-link"}
