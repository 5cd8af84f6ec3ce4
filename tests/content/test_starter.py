from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath

import pytest

from newsroom.content.front.times import When
from newsroom.content.kinds.piece import parse_piece
from newsroom.content.lint.lint import lint, passages
from newsroom.content.starter import starter
from newsroom.model import Kind, Site

NOW = datetime(2026, 4, 12, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_piece_is_valid_as_it_stands(site: Site, kind: Kind, language: str) -> None:
    """What `new` writes is a draft without faults, in either language."""
    spoken = Site(
        **{
            name: getattr(site, name) for name in ("name", "url", "first_url", "timezone", "sender")
        },
        language=language,
    )

    text = starter(kind, 'Hej: "du"', spoken, NOW, "urn:x:1")
    parsed = parse_piece(kind, text, PurePosixPath(f"posts/{kind.value}/hej.md"), spoken)

    assert parsed.problems == ()
    assert parsed.piece is not None
    assert parsed.piece.title == 'Hej: "du"'
    assert "2026-04-13" in text or kind in {Kind.ISSUE, Kind.PAGE}  # the day in Stockholm
    assert parsed.piece.draft or kind is Kind.CONTACT


@pytest.mark.parametrize(
    ("start", "written"),
    [
        (None, "start: 2026-04-13T13:00\n"),
        (When(date(2027, 3, 17), time(10)), "start: 2027-03-17T10:00\n"),
        (When(date(2027, 3, 17)), "start: 2027-03-17\n"),
    ],
)
def test_an_event_starts_when_it_was_said_to(site: Site, start: When | None, written: str) -> None:
    """A day alone is a whole day; until somebody says when, it is this afternoon."""
    text = starter(Kind.EVENT, "Hej", site, NOW, "urn:x:1", start)
    parsed = parse_piece(Kind.EVENT, text, PurePosixPath("posts/events/hej.md"), site)

    assert written in text
    assert parsed.problems == ()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CONTACT])
def test_advice_left_in_a_finished_piece_is_told(site: Site, kind: Kind) -> None:
    """What the new file says to its writer never reaches a reader unseen."""
    text = starter(kind, "Hej", site, NOW, "urn:x:1").replace("draft: true\n", "")
    parsed = parse_piece(kind, text, PurePosixPath(f"posts/{kind.value}/hej.md"), site)
    assert parsed.piece is not None

    found = lint(parsed.piece, parsed.front, passages(parsed.piece, parsed.front), {})

    assert [problem.code for problem in found] == ["unfinished"]
