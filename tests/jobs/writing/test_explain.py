from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content import folder
from newsroom.errors import ContentError
from newsroom.jobs.writing.explain import Explanation, explain, is_address, source_at

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
    (tmp_path / "posts/news").mkdir(parents=True)
    (tmp_path / "posts/site.yaml").write_text(SITE_YAML, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("fields", "public", "reason"),
    [
        ("date: 2026-04-12T10:00", True, "its date, 2026-04-12 10:00, has come"),
        ("date: 2026-04-12T11:01", False, "its date, 2026-04-12 11:01, has not come"),
        ("date: 2026-04-01\nexpires: 2026-04-10", False, "it expired on 2026-04-10 00:00"),
        (
            "date: 2026-04-01\ndraft: true",
            False,
            "it is a draft; take the line that begins with draft: away to publish it",
        ),
        (
            "date: 2026-04-01\nwithdrawn: {date: 2026-04-02, reason: Fel}",
            False,
            "it was withdrawn on 2026-04-02: Fel",
        ),
        (
            "date: nu",
            False,
            'it has an error on line 4: date "nu" is not a date; write it as 2026-11-02 or '
            "2026-11-02T09:00",
        ),
    ],
)
def test_why_a_post_is_or_is_not_public(
    root: Path, fields: str, *, public: bool, reason: str
) -> None:
    """The answer says what holds now and what to do about it."""
    (root / "posts/news/a.md").write_text(
        f"---\ntitle: A\nid: a\n{fields}\n---\n", encoding="utf-8"
    )

    explanation = explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)

    assert (explanation.public, explanation.reason) == (public, reason)


def test_where_an_event_is(root: Path) -> None:
    """An event has a page and a calendar file; without a date of its own nothing is waited for."""
    (root / "posts/events").mkdir()
    path = PurePosixPath("posts/events/mote.md")
    (root / path).write_text("---\ntitle: M\nid: m\nstart: 2027-01-01\n---\n", encoding="utf-8")

    explanation = explain(path, folder.read(root), NOW)

    assert explanation.urls == (
        "https://nyheter.example.se/kalender/mote/",
        "https://nyheter.example.se/kalender/mote.ics",
    )
    assert (explanation.since, explanation.reason) == (None, "it is not a draft")


def test_a_person_who_has_left(root: Path) -> None:
    """It is told when the task ended; a person whose task goes on is public."""
    text = "---\nid: urn:x:bo\nname: Bo\nuntil: {0}\n---\n"
    source = put(root, "contacts/bo.md", text.format("2026-04-01"))

    gone = explain(source, folder.read(root), NOW)
    put(root, "contacts/bo.md", text.format("2026-12-31"))
    there = explain(source, folder.read(root), NOW)

    assert not gone.public
    assert gone.reason == "the task ended at 2026-04-02 00:00"
    assert there.public


def test_a_broken_site_publishes_nothing(root: Path) -> None:
    """With faults in site.yaml the reason is there."""
    (root / "posts/site.yaml").write_text("name: x\n", encoding="utf-8")

    explanation = explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)

    assert explanation.reason == "site.yaml has errors, so nothing is published"


def test_a_file_that_is_no_piece(root: Path) -> None:
    """A path that names nothing is an error."""
    with pytest.raises(ContentError, match=r"posts/news/a\.md"):
        explain(PurePosixPath("posts/news/a.md"), folder.read(root), NOW)


def put(root: Path, name: str, text: str) -> PurePosixPath:
    """Write a file below posts/, and give it as the newsroom names it."""
    path = root / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return PurePosixPath("posts", name)


def shown(explanation: Explanation) -> dict[str, str]:
    """What each place is, and where."""
    return {
        place.what: place.url.removeprefix("https://nyheter.example.se/")
        for place in explanation.places
    }


POST = (
    "---\ntitle: A\nid: a\ndate: {date}\ntags: [hälsa]\nevent: mote\n{more}---\n\n![Torg](t.svg)\n"
)
EVENT = "---\ntitle: M\nid: m\nstart: 2027-01-01\ntags: [hälsa]\n---\n"
ISSUE = "---\ntitle: Våren\nid: i\nnumber: 1\ndraft: true\nstories: [a]\nevents: [mote]\n---\n"


def test_where_a_public_post_is_met(root: Path) -> None:
    """Its archive, topics, feeds, the front page, its event and the issue that tells of it."""
    put(root, "events/mote.md", EVENT)
    put(root, "newsletters/var.md", ISSUE)
    put(root, "news/t.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    source = put(root, "news/a.md", POST.format(date="2026-04-01", more=""))

    explanation = explain(source, folder.read(root), NOW)

    assert shown(explanation) == {
        "its page": "nyheter/2026/a/",
        "the archive of 2026-04": "nyheter/2026/04/",
        "the topic hälsa": "amnen/halsa/",
        "the feed of the topic hälsa": "amnen/halsa/feed.xml",
        "the front page": "",
        "the feed feed.xml": "feed.xml",
        "the feed atom.xml": "atom.xml",
        "the feed feed.json": "feed.json",
        "what others can show on their own sites": "embed/latest.html",
        "the sitemap": "sitemap.xml",
        "the issue Våren": "nyhetsbrev/var/",
        "the page of M": "kalender/mote/",
    }
    assert (explanation.id, explanation.title, explanation.kind) == ("a", "A", "news")
    assert explanation.urls == ("https://nyheter.example.se/nyheter/2026/a/",)


def test_where_a_post_about_a_member_is_met(root: Path) -> None:
    """Its members' pages, feeds and fragments, and the person that it names."""
    put(root, "members/ek.md", "---\ntitle: Ek\nid: ek\n---\n")
    put(root, "contacts/anna.md", "---\nname: Anna\nid: anna\n---\n")
    text = POST.format(date="2026-04-01", more="members: [ek]\ncontacts: [anna]\n")
    source = put(root, "news/a.md", text.replace("event: mote\n", ""))

    places = shown(explain(source, folder.read(root), NOW))

    assert places["its contact Anna"] == "kontakt/#anna"
    assert {what: path for what, path in places.items() if "Ek" in what} == {
        "the page of Ek": "medlemmar/ek/",
        "the feed of Ek": "medlemmar/ek/feed.xml",
        "what Ek can show on its own site": "embed/medlemmar/ek.html",
    }


def test_an_old_post_has_left_the_page_of_its_member(root: Path) -> None:
    """Ten newer ones are there; the feed has more."""
    put(root, "members/ek.md", "---\ntitle: Ek\nid: ek\n---\n")
    for number in range(11):
        fields = f"title: N\nid: n{number}\ndate: 2026-04-{number + 1:02}\nmembers: [ek]"
        put(root, f"news/n{number}.md", f"---\n{fields}\n---\n")

    places = shown(explain(PurePosixPath("posts/news/n0.md"), folder.read(root), NOW))

    assert {what for what in places if "Ek" in what} == {"the feed of Ek"}


def test_where_an_event_of_a_member_is_met(root: Path) -> None:
    """The member's page and its calendar."""
    put(root, "members/ek.md", "---\ntitle: Ek\nid: ek\n---\n")
    source = put(root, "events/mote.md", EVENT.replace("tags: [hälsa]", "members: [ek]"))

    places = shown(explain(source, folder.read(root), NOW))

    assert places["the page of Ek"] == "medlemmar/ek/"
    assert places["the calendar of Ek"] == "medlemmar/ek/calendar.ics"


def test_the_folder_of_a_piece_stands_for_it(root: Path) -> None:
    """Whoever names the folder is told of the text in it."""
    source = put(root, "news/a/index.md", "---\ntitle: A\nid: a\ndate: 2026-04-01\n---\n")

    explanation = explain(source.parent, folder.read(root), NOW)

    assert (explanation.path, explanation.public) == (source, True)
    with pytest.raises(ContentError, match="no piece has this folder"):
        explain(PurePosixPath("posts/news"), folder.read(root), NOW)


def test_a_text_in_another_format_is_not_read(root: Path) -> None:
    """Why it is not shown is told, and what is read instead."""
    source = put(root, "news/a.txt", "Hej")

    explanation = explain(source, folder.read(root), NOW)

    assert explanation.reason.startswith("texts are read from .md files only")


def test_only_the_newest_are_in_the_feeds(root: Path) -> None:
    """An older post has left the front page and the feeds, and is found in the archive."""
    for number in range(32):
        put(root, f"news/n{number}.md", f"---\ntitle: N\nid: n{number}\ndate: 2026-04-02\n---\n")
    source = put(
        root, "news/a.md", POST.format(date="2026-04-01", more="").replace("event: mote", "")
    )

    places = shown(explain(source, folder.read(root), NOW))

    assert "nyheter/2026/04/" in places.values()
    assert "feed.xml" not in places.values()
    assert "" not in places.values()


@pytest.mark.parametrize(
    ("more", "paths"),
    [
        ("draft: true\n", {"nyheter/2026/a/"}),
        ("expires: 2026-04-02\n", {"nyheter/2026/a/"}),
        ("withdrawn: {date: 2026-04-02, reason: Fel}\n", {"nyheter/2026/a/"}),
    ],
)
def test_what_is_not_public_is_met_nowhere(root: Path, more: str, paths: set[str]) -> None:
    """Only its own address is told."""
    text = POST.format(date="2026-04-01", more=more).replace("event: mote\n", "")

    explanation = explain(put(root, "news/a.md", text), folder.read(root), NOW)

    assert not explanation.public
    assert set(shown(explanation).values()) == paths


def test_what_waits_says_where_it_will_be(root: Path) -> None:
    """Its archive and topics are certain, the feeds are not: newer posts may come before."""
    text = POST.format(date="2026-12-01", more="").replace("event: mote\n", "")

    places = shown(explain(put(root, "news/a.md", text), folder.read(root), NOW))

    assert set(places.values()) == {
        "nyheter/2026/a/",
        "nyheter/2026/12/",
        "amnen/halsa/",
        "amnen/halsa/feed.xml",
    }


def test_files_that_clash(root: Path) -> None:
    """Of two files with the same id neither is shown, and each names the other."""
    one = put(root, "news/a.md", "---\ntitle: A\nid: a\ndate: 2026-04-01\n---\n")
    put(root, "news/b.md", "---\ntitle: B\nid: a\ndate: 2026-04-01\n---\n")

    explanation = explain(one, folder.read(root), NOW)

    assert not explanation.public
    assert "posts/news/b.md" in explanation.reason
    assert [problem.code for problem in explanation.problems] == ["duplicate-id"]


def test_what_is_wrong_in_a_public_text(root: Path) -> None:
    """What should be mended stands beside what readers see."""
    source = put(root, "news/a.md", "---\ntitle: A\nid: a\ndate: 2026-04-01\n---\n\n[här](b.md)\n")

    explanation = explain(source, folder.read(root), NOW)

    assert explanation.public
    assert {problem.code for problem in explanation.problems} == {"vague-link", "broken-link"}


@pytest.mark.parametrize(
    ("date", "public", "reason"),
    [
        ("2026-04-01", True, "a public piece shows it, or links to it"),
        ("2026-12-01", False, "no piece that shows it, or links to it, is public"),
    ],
)
def test_a_picture(root: Path, date: str, *, public: bool, reason: str) -> None:
    """Of a picture it is told which texts show it, and whether any of them is public."""
    picture = put(root, "news/t.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    text = put(root, "news/a.md", POST.format(date=date, more="").replace("event: mote\n", ""))

    explanation = explain(picture, folder.read(root), NOW)

    assert (explanation.public, explanation.reason) == (public, reason)
    assert explanation.shown_by == (text,)
    assert explanation.urls[0].endswith("/t.svg")


def test_a_picture_that_nothing_shows(root: Path) -> None:
    """It is on no page, and that is the reason."""
    picture = put(root, "news/t.svg", "<svg/>")

    explanation = explain(picture, folder.read(root), NOW)

    assert (explanation.public, explanation.reason) == (False, "no piece shows it, or links to it")


def test_the_settings_are_no_page(root: Path) -> None:
    """site.yaml itself is explained too."""
    explanation = explain(PurePosixPath("posts/site.yaml"), folder.read(root), NOW)

    assert explanation.reason == "it holds the settings of the site, and no page is made of it"


@pytest.mark.parametrize(
    "address",
    [
        "https://nyheter.example.se/nyheter/2026/a/",
        "https://nyheter.example.se/nyheter/2026/a",
        "https://nyheter.example.se/nyheter/2026/a/index.html?utm=x#t-rubrik",
        "http://127.0.0.1:8000/nyheter/2026/a/",
        "https://nyheter.example.se/nyheter/2026/gammal/",
    ],
)
def test_the_file_behind_an_address(root: Path, address: str) -> None:
    """Whoever has the address of a page learns which file it is made from."""
    text = POST.format(date="2026-04-01", more="aliases: [gammal]\n").replace("event: mote\n", "")
    source = put(root, "news/a.md", text)
    newsroom = folder.read(root).newsroom
    assert newsroom is not None

    assert is_address(address)
    assert source_at(address, newsroom) == source


def test_the_file_behind_the_address_of_a_picture(root: Path) -> None:
    """Pictures stand by content, so their address tells a person nothing."""
    picture = put(root, "news/t.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    put(root, "news/a.md", POST.format(date="2026-04-01", more="").replace("event: mote\n", ""))
    reading = folder.read(root)
    assert reading.newsroom is not None
    (address,) = explain(picture, reading, NOW).urls

    assert source_at(address, reading.newsroom) == picture


def test_an_address_without_a_file(root: Path) -> None:
    """An address that no file has is an error that says so."""
    newsroom = folder.read(root).newsroom
    assert newsroom is not None

    with pytest.raises(ContentError, match="no file of the folder has a page there"):
        source_at("https://nyheter.example.se/nyheter/2026/b/", newsroom)
