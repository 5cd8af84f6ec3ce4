import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.jobs.writing.check import check
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small newsroom."""
    return write_newsroom(tmp_path)


def told(root: Path, now: datetime = NOW) -> list[str]:
    """What check says."""
    return [str(problem) for problem in check(folder.read(root), (), now)]


def person(slug: str, more: str = "") -> str:
    """The text of a contact."""
    return f"---\nid: urn:x:{slug}\nname: {slug}\n{more}---\n"


def test_what_a_reading_tells_comes_with_what_the_day_tells(root: Path) -> None:
    """Everything is sorted by file, and the schedule's problems come last."""
    put(root, "posts/news/a.md", "---\nid: urn:x:a\ntitle: A\ndate: nu\n---\n\nHej\n")
    link = "---\nid: urn:x:b\ntitle: B\ndate: 2026-11-01\n---\n\n[jul](2026-12-24-jul.md)\n"
    put(root, "posts/news/b.md", link)

    before, after = told(root), told(root, datetime(2026, 12, 25, tzinfo=UTC))

    assert [line.partition(": ")[0] for line in before] == [
        "posts/news/a.md:4",
        "posts/news/b.md:7",
    ]
    assert "it is not public before 2026-12-24 12:00" in before[1]
    assert len(after) == 1


def test_a_contact_that_nobody_looked_after(root: Path) -> None:
    """A year after it was verified somebody should look again; who has left is left alone."""
    put(root, "posts/contacts/bo.md", person("bo", "verified: 2025-11-01\n"))
    put(root, "posts/contacts/cia.md", person("cia", "verified: 2025-12-01\n"))
    put(root, "posts/contacts/dan.md", person("dan", "verified: 2020-01-01\nuntil: 2025-12-31\n"))

    lines = told(root)

    assert lines == [
        "posts/contacts/anna-ek.md: nobody has verified this contact; "
        "see that it is right, and write verified: 2026-11-22",
        "posts/contacts/bo.md: nobody has verified this contact since 2025-11-01; "
        "see that it is right, and write verified: 2026-11-22",
    ]


def test_a_piece_that_names_only_people_who_have_left(root: Path) -> None:
    """Somebody should be there to ask, but for old news and what is over."""
    text = "---\nid: urn:x:{0}\ntitle: {0}\n{1}\ncontacts: [{2}]\n---\n\nHej\n"
    put(root, "posts/contacts/bo.md", person("bo", "until: 2026-11-21\n"))
    for name, contacts in (("a", "bo"), ("b", "bo, anna-ek")):
        put(root, f"posts/news/{name}.md", text.format(name, "date: 2026-11-01", contacts))
    put(root, "posts/news/c.md", text.format("c", "date: 2025-11-01", "bo"))
    put(root, "posts/events/d.md", text.format("d", "start: 2026-11-21", "bo"))

    assert told(root) == [
        "posts/news/a.md: nobody it names is there any more: bo; "
        "write somebody else in contacts, or take the line away"
    ]
    assert told(root, datetime(2026, 11, 21, 22, 59, tzinfo=UTC)) == []


def test_a_link_to_a_person_who_has_left(root: Path) -> None:
    """The last day is one of the site's time zone; after it the link is words alone."""
    put(root, "posts/contacts/bo.md", person("bo", "until: 2026-11-21\n"))
    text = "---\nid: urn:x:a\ntitle: A\ndate: 2026-11-01\n---\n\n[Bo](../contacts/bo.md)\n"
    put(root, "posts/news/a.md", text)

    assert told(root, datetime(2026, 11, 21, 22, 59, tzinfo=UTC)) == []
    assert told(root, datetime(2026, 11, 21, 23, tzinfo=UTC)) == [
        'posts/news/a.md:7: the link "../contacts/bo.md" leads to what nobody sees: '
        "the person has left; take the link away"
    ]


def test_nobody_is_nagged_where_it_is_no_habit(root: Path) -> None:
    """One verified contact among others makes no rule."""
    put(root, "posts/contacts/bo.md", person("bo", "verified: 2026-11-01\n"))

    assert told(root) == []


@pytest.mark.parametrize("date", ["2062-11-02", "1926-11-02"])
def test_a_slip_in_the_year(root: Path, date: str) -> None:
    """A date a long way off is most likely a slip of the finger."""
    put(root, "posts/news/a.md", f"---\nid: urn:x:a\ntitle: A\ndate: {date}\n---\n\nHej\n")

    assert told(root) == [
        f"posts/news/a.md: the date {date} is far from today; see that the year is right"
    ]


def test_a_correction_that_has_not_been_made_yet(root: Path) -> None:
    """Feeds would tell of a day to come; a post that waits for its day may well be dated so."""
    text = "---\nid: urn:x:{0}\ntitle: {0}\ndate: {1}\nupdated: 2026-11-23\n---\n\nHej\n"
    put(root, "posts/news/a.md", text.format("a", "2026-11-01"))
    put(root, "posts/news/b.md", text.format("b", "2026-11-23"))

    assert told(root) == [
        "posts/news/a.md: updated 2026-11-23 has not come yet; write the day of the correction"
    ]
    assert told(root, datetime(2026, 11, 23, 9, tzinfo=UTC)) == []


def test_what_a_build_advises_is_checked_too(root: Path) -> None:
    """Whoever only checks hears of an overdue review of the site's accessibility."""
    site = root / "posts/site.yaml"
    site.write_text(site.read_text().replace("{assessed: 2026-", "{assessed: 2025-"))

    assert [line for line in told(root) if "2025-09-01" in line]


def test_a_site_that_nobody_reviewed(root: Path) -> None:
    """The check reminds of what the statement admits: that nobody has assessed the site."""
    site = root / "posts/site.yaml"
    site.write_text(re.sub("accessibility: .*", "", site.read_text()))

    assert [line for line in told(root) if "has not been assessed" in line]


def test_a_link_to_what_is_kept_out_for_its_errors(root: Path) -> None:
    """Its readers meet the words alone, and somebody should know."""
    text = "---\nid: urn:x:{0}\ntitle: {0}\ndate: {1}\n---\n\n[en text]({0}.md) [en annan](b.md)\n"
    put(root, "posts/news/a.md", text.format("a", "2026-11-01"))
    put(root, "posts/news/b.md", text.format("b", "nu"))

    assert [line for line in told(root) if "nobody sees" in line] == [
        'posts/news/a.md:7: the link "b.md" leads to what nobody sees: it has errors; '
        "until it is public only the words are shown",
        *[
            'posts/news/b.md:7: the link "b.md" leads to what nobody sees: it has errors; '
            "until it is public only the words are shown"
        ]
        * 2,
    ]


def test_a_piece_that_is_kept_out_is_told_of_its_links_too(root: Path) -> None:
    """A personal number in the summary hides nothing of what stands below it."""
    text = "---\nid: urn:x:{0}\ntitle: {0}\ndate: 2026-11-01\n{1}---\n\n[utkastet](b.md)\n"
    put(root, "posts/news/a.md", text.format("a", "summary: 811218-9876\n"))
    put(root, "posts/news/b.md", text.format("b", "draft: true\n"))

    assert [line.partition(": ")[0] for line in told(root)] == [
        "posts/news/a.md:5",
        "posts/news/a.md:8",
    ]
