from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.front.times import When
from newsroom.errors import ContentError, StateError
from newsroom.jobs.writing.new import namesakes, new
from newsroom.model import Kind, Site

NOW = datetime(2026, 4, 12, 9, tzinfo=UTC)
SITE_YAML = """\
name: Nätverket
url: https://nyheter.example.se
language: sv
timezone: Europe/Stockholm
sender: {name: Nätverket, email: brev@example.se}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom with nothing in it."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(root: Path) -> Site:
    """The site of that newsroom."""
    newsroom = folder.read(root).newsroom
    assert newsroom is not None
    return newsroom.site


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (Kind.NEWS, "posts/news/2026-04-12-nytt-fran-are.md"),
        (Kind.EVENT, "posts/events/2026-04-12-nytt-fran-are.md"),
        (Kind.CONTACT, "posts/contacts/nytt-fran-are.md"),
        (Kind.ISSUE, "posts/newsletters/nytt-fran-are.md"),
    ],
)
def test_a_new_piece_lies_where_its_kind_does(
    root: Path, site: Site, kind: Kind, path: str
) -> None:
    """News and events carry the day in their name; the piece is read without a fault."""
    assert new(root, kind, "Nytt från Åre!", NOW, site) == root / path

    reading = folder.read(root)
    assert reading.problems == ()
    assert reading.newsroom is not None
    assert [piece.title for piece in reading.newsroom.pieces()] == ["Nytt från Åre!"]


def test_nothing_is_written_over(root: Path, site: Site) -> None:
    """A file of that name is left as it is."""
    path = new(root, Kind.PAGE, "Om", NOW, site)
    written = path.read_text(encoding="utf-8")

    with pytest.raises(StateError, match="is there already"):
        new(root, Kind.PAGE, "Om", NOW, site)

    assert path.read_text(encoding="utf-8") == written


def test_what_comes_every_year_gets_its_year(root: Path, site: Site) -> None:
    """The second greeting has a slug of its own."""
    (root / "posts/news/2025-12-15-god-jul").mkdir(parents=True)

    path = new(root, Kind.NEWS, "God jul", NOW, site)

    assert path.name == "2026-04-12-god-jul-2026.md"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("mot " * 20 + "alla", "mot-" * 19 + "mot"),
        ("ord " * 75, "ord-" * 19 + "ord"),
        ("Å" * 300, "a" * 80),
        ("å" * 40 + " " + "ä" * 39, "a" * 40 + "-" + "a" * 39),
    ],
    ids=["words", "300 letters", "one word", "as long as may be"],
)
def test_a_long_title_gives_its_first_words(root: Path, site: Site, title: str, name: str) -> None:
    """The file's name ends with a whole word, if it can; the title stays whole."""
    path = new(root, Kind.NEWS, title, NOW, site)

    assert path.name == f"2026-04-12-{name}.md"
    assert f"title: {title.strip()}" in path.read_text(encoding="utf-8")
    assert [str(file) for file in namesakes(root, Kind.NEWS, title)] == [
        f"posts/news/2026-04-12-{name}.md"
    ]


def test_an_event_is_filed_under_the_day_it_starts(root: Path, site: Site) -> None:
    """The file's name says when it happens, and the second year's slug says which year."""
    (root / "posts/events/2026-03-18-hostmote").mkdir(parents=True)

    path = new(root, Kind.EVENT, "Höstmöte", NOW, site, When(date(2027, 3, 17), time(10)))

    assert path == root / "posts/events/2027-03-17-hostmote-2027.md"
    assert "\nstart: 2027-03-17T10:00\n" in path.read_text(encoding="utf-8")


def test_a_title_without_letters(root: Path, site: Site) -> None:
    """A title that gives no file name is refused."""
    with pytest.raises(ContentError, match="gives no file name"):
        new(root, Kind.NEWS, "???", NOW, site)


def test_a_title_is_no_path(root: Path, site: Site) -> None:
    """Whatever the title, the file stays in its folder."""
    path = new(root, Kind.PAGE, "../../etc/passwd", NOW, site)

    assert path == root / "posts/pages/etc-passwd.md"


def test_a_title_that_some_piece_has_already(root: Path, site: Site) -> None:
    """Those of its kind are found by their names, whatever day or year is in them."""
    assert namesakes(root, Kind.NEWS, "Ny medlem") == ()

    for title in ("Ny medlem", "Ny medlem", "Ny medlem i maj"):
        new(root, Kind.NEWS, title, NOW, site)
    new(root, Kind.PAGE, "Ny medlem", NOW, site)

    assert [file.name for file in namesakes(root, Kind.NEWS, "Ny medlem!")] == [
        "2026-04-12-ny-medlem-2026.md",
        "2026-04-12-ny-medlem.md",
    ]


def test_a_title_that_is_empty(root: Path, site: Site) -> None:
    """Quotation marks around nothing are no title."""
    with pytest.raises(ContentError, match="the title is empty"):
        new(root, Kind.NEWS, "  ", NOW, site)


def test_what_comes_every_month_gets_its_day(root: Path, site: Site) -> None:
    """A file for each time of what repeats itself, each with a slug that no other has."""
    days = [date(2027, month, 2) for month in (2, 3, 4, 5)]

    names = [new(root, Kind.EVENT, "Möte", NOW, site, When(day, time(13))).name for day in days]

    assert names == [
        "2027-02-02-mote.md",
        "2027-03-02-mote-2027.md",
        "2027-04-02-mote-2027-04-02.md",
        "2027-05-02-mote-2027-05-02.md",
    ]
    assert folder.read(root).problems == ()
    assert len(namesakes(root, Kind.EVENT, "Möte")) == 4
