from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.content import folder
from newsroom.content.kinds.piece import parse_piece
from newsroom.content.kinds.previously import previously_yaml, with_entries
from newsroom.model import Earlier, Event, EventStatus, Kind, Online, Place
from tests.content.samples import Put, post, slugs, told
from tests.render.pieces import at, make_site

SOURCE = PurePosixPath("posts/events/2026-11-05-mote.md")


def parse(fields: str) -> tuple[Event | None, list[tuple[int | None, str]]]:
    """An event with these fields, and the line and code of each problem with it."""
    text = f"---\nid: urn:x:mote\ntitle: Möte\nstart: 2026-11-05T09:00\n{fields}\n---\n"
    parsed = parse_piece(Kind.EVENT, text, SOURCE, make_site())
    assert parsed.piece is None or isinstance(parsed.piece, Event)
    return parsed.piece, [(problem.line, problem.code) for problem in parsed.problems]


def entries(lines: str) -> tuple[Earlier, ...]:
    """The entries of an event in which nothing is wrong."""
    event, problems = parse(f"previously:\n{lines}")
    assert event is not None
    assert problems == []
    return event.previously


def test_all_of_an_entry() -> None:
    """An entry holds time, place, meeting on the web and status as they were announced."""
    assert entries(
        "  - {start: 2026-10-21T09:00, end: 2026-10-21T16:00, place: {name: A, address: B},"
        " online: {url: https://e.test/m}, status: postponed, changed: 2026-09-01}"
    ) == (
        Earlier(
            start=at("2026-10-21T09:00"),
            end=at("2026-10-21T16:00"),
            place=Place("A", "B"),
            online=Online("https://e.test/m"),
            status=EventStatus.POSTPONED,
            changed=at("2026-09-01T00:00"),
        ),
    )


def test_whole_days() -> None:
    """Days without a clock time end at the midnight after the last, as those of an event do."""
    changed = at("2026-09-01T00:00")

    assert entries(
        "  - {start: 2026-10-21, changed: 2026-09-01}\n"
        "  - {start: 2026-10-28, end: 2026-10-29, changed: 2026-09-01}\n"
        "  - {end: 2026-11-06T12:00, changed: 2026-09-01}"
    ) == (
        Earlier(
            start=at("2026-10-21T00:00"),
            end=at("2026-10-22T00:00"),
            all_day=True,
            changed=changed,
        ),
        Earlier(
            start=at("2026-10-28T00:00"),
            end=at("2026-10-30T00:00"),
            all_day=True,
            changed=changed,
        ),
        Earlier(end=at("2026-11-06T12:00"), changed=changed),
    )


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("previously: [{start: 2026-10-21, end: 2026-10-21T16:00}]", (5, "bad-date")),
        (
            "previously: [{start: 2026-10-21T09:00, end: 2026-10-21T08:00}]",
            (5, "end-before-start"),
        ),
        ("previously: [{start: 2026-10-21T09:00, begin: 1}]", (5, "unknown-field")),
        ("previously: {start: 2026-10-21T09:00}", (5, "not-a-list")),
        ("previously: [{status: flyttad}]", (5, "bad-choice")),
    ],
)
def test_faults(fields: str, problem: tuple[int, str]) -> None:
    """What cannot be read keeps the event out and is told with its line."""
    event, problems = parse(fields)

    assert event is None
    assert problem in problems


def test_entries_in_the_wrong_order() -> None:
    """An entry that is older than the one above it is doubtful."""
    _, problems = parse(
        "previously:\n  - {start: 2026-10-21T09:00, changed: 2026-09-02}\n"
        "  - {start: 2026-10-28T09:00, changed: 2026-09-01}"
    )

    assert problems == [(7, "previously-order")]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("status: cancelled", 5),
        ("status: moved", 5),
        ("previously:\n  - {start: 2026-10-21T09:00}", 6),
        ("status: cancelled\npreviously:\n  - {start: 2026-10-21T09:00, changed: 2026-09-01}", 5),
    ],
)
def test_a_change_without_a_day(fields: str, line: int) -> None:
    """A change that has no day is told of, since no news of it can go out, and what to write."""
    event, problems = parse(fields)

    assert event is not None
    assert problems == [(line, "change-undated")]
    assert parse(f"{fields}\nupdated: 2026-09-03")[1] == []


def test_members_that_an_event_and_a_post_name() -> None:
    """Events and news say which members they are about."""
    event, _ = parse("members: [kvarnmo-kommun]")
    text = "---\nid: urn:x:a\ntitle: A\ndate: 2026-04-01\nmembers: [kvarnmo-kommun]\n---\n"
    news = parse_piece(Kind.NEWS, text, PurePosixPath("posts/news/a.md"), make_site()).piece

    assert event is not None
    assert event.members == ("kvarnmo-kommun",)
    assert getattr(news, "members", None) == ("kvarnmo-kommun",)


texts = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
)
moments = st.datetimes(at("2020-01-01T00:00").replace(tzinfo=None)).map(
    lambda moment: at(
        moment.replace(microsecond=0, year=2020 + moment.year % 20, day=9).isoformat()
    )
)


@given(
    st.lists(
        st.builds(
            Earlier,
            changed=moments,
            start=st.none() | moments,
            place=st.none() | st.builds(Place, texts, st.none() | texts),
            online=st.none() | st.builds(Online, st.just("https://e.test/å"), st.none() | texts),
            status=st.none() | st.sampled_from(EventStatus),
        ),
        max_size=3,
    )
)
def test_what_is_written_is_read_again(written: list[Earlier]) -> None:
    """The lines that are put into a file say what they were made of, whatever the texts hold."""
    event, _ = parse("\n".join(previously_yaml(written)))

    assert event is not None
    assert list(event.previously) == written


def test_written_as_an_editor_would() -> None:
    """Days stand alone, times are those on the clock, and the second of two with its offset."""
    late = at("2026-10-25T02:30").replace(fold=1)

    assert previously_yaml(
        [
            Earlier(start=at("2026-10-21T00:00"), end=at("2026-10-23T00:00"), all_day=True),
            Earlier(start=late, changed=at("2026-09-01T10:00"), place=Place('"A", b')),
        ]
    ) == (
        "previously:",
        "  - {start: 2026-10-21, end: 2026-10-22}",
        '  - {start: 2026-10-25T02:30+01:00, place: {name: "\\"A\\", b"}, '
        "changed: 2026-09-01T10:00}",
    )
    assert previously_yaml([]) == ()


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ("place: {name: B}", "place: {name: B}\npreviously:\n  - NEW"),
        (
            "previously:  # före\n- start: 2026-10-01T09:00\n  # flyttat\n\n# Plats\n"
            "place: {name: B}",
            "previously:  # före\n- start: 2026-10-01T09:00\n  # flyttat\n- NEW\n\n# Plats\n"
            "place: {name: B}",
        ),
        (
            "previously:\n    - {place: {name: C}}  # rätt\nplace: {name: B}",
            "previously:\n    - {place: {name: C}}  # rätt\n    - NEW\nplace: {name: B}",
        ),
        (
            "previously: [{start: 2026-10-01T09:00}]\nplace: {name: B}",
            "previously:\n  - {start: 2026-10-01T09:00}\n  - NEW\nplace: {name: B}",
        ),
        ("previously:\nplace: {name: B}", "previously:\n  - NEW\nplace: {name: B}"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_one_more_entry(fields: str, after: str, ending: str) -> None:
    """An entry is written behind those that are there; no other line changes, nor how lines end."""
    event, _ = parse(fields)
    assert event is not None
    file = "---\nid: x\ntitle: Möte\nstart: 2026-11-05T09:00\n{fields}\n---\n\nVälkommen.\n"
    new = Earlier(place=Place("A"), changed=at("2026-09-01T10:00"))
    text = file.replace("{fields}", fields).replace("\n", ending)

    written = with_entries(text, event.previously, [new], SOURCE)

    line = '{place: {name: "A"}, changed: 2026-09-01T10:00}'
    expected = file.replace("{fields}", after).replace("NEW", line)
    assert written == expected.replace("\n", ending)
    again, _ = parse(after.replace("NEW", line))
    assert again is not None
    assert again.previously == (*event.previously, new)


def test_a_member_that_is_not_there(root: Path, put: Put) -> None:
    """A post that names an unknown member is published without it, and the likely name is told."""
    put("members/kvarnmo-kommun.md", "---\nid: urn:x:k\ntitle: Kvarnmo kommun\n---\n")
    put("news/a.md", post(more="members: [kvarnmo]\n"))

    reading = folder.read(root)

    assert told(reading) == [
        'posts/news/a.md:5: there is no "kvarnmo" in posts/members/; write kvarnmo-kommun'
    ]
    assert slugs(reading) == ["a"]
