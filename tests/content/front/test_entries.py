"""Signs of a field that YAML takes otherwise than whoever wrote them."""

import pytest

from newsroom.model import Kind, Severity
from tests.content.samples import Parse


def told(parse: Parse, kind: Kind, fields: str) -> list[tuple[int | None, str, str]]:
    """The warnings of a piece that has these fields."""
    return [
        (problem.line, problem.code, problem.fix)
        for problem in parse(kind, fields).problems
        if problem.severity is Severity.WARNING
    ]


@pytest.mark.parametrize(
    ("fields", "fix"),
    [
        ("summary: Vi är #1 i landet", 'write summary: "Vi är #1 i landet"'),
        ("summary: Tider # program", 'write summary: "Tider # program"'),
        ('summary: Säg "hej" #hej', "write summary: 'Säg \"hej\" #hej'"),
    ],
)
def test_a_text_that_a_number_sign_cuts_off_is_told(parse: Parse, fields: str, fix: str) -> None:
    """What stands after # after one space is left out, and that is said with the whole text."""
    assert told(parse, Kind.NEWS, f"date: 2026-04-12\n{fields}") == [(5, "cut-off", fix)]


@pytest.mark.parametrize(
    "fields",
    [
        "summary: Vi är nummer ett  # det vet alla",
        'summary: "Vi är #1 i landet"',
        "summary: Vi är nr#1",
        "draft: true # tills vidare",
    ],
)
def test_a_remark_is_no_text(parse: Parse, fields: str) -> None:
    """After two spaces, or behind a field that holds no words, # begins a remark."""
    assert told(parse, Kind.NEWS, f"date: 2026-04-12\n{fields}") == []


def test_quotation_marks_of_a_word_processor_around_a_name(parse: Parse) -> None:
    """YAML takes them for letters, so they would stand in the name wherever it is read."""
    parsed = parse(Kind.MEMBER, "name: ”Lunds kommun”")

    assert ("fancy-quotes", "write name: Lunds kommun") in {
        (problem.code, problem.fix) for problem in parsed.problems
    }


@pytest.mark.parametrize("written", ["draft:", 'draft: ""', "draft: ~"])
def test_a_draft_that_nobody_has_answered_is_not_published(parse: Parse, written: str) -> None:
    """An empty draft is neither yes nor no: the piece waits, and it is said what to write."""
    parsed = parse(Kind.NEWS, f"date: 2026-04-12\n{written}")

    assert parsed.piece is None
    assert [str(problem) for problem in parsed.problems] == [
        "posts/news/hej.md:5: draft is empty; write draft: true, or leave the line out"
    ]


def test_an_address_with_a_name_before_it(parse: Parse) -> None:
    """As a mail program copies it: the address alone is what to write."""
    (problem,) = parse(Kind.CONTACT, "email: Maria <maria@example.se>").problems

    assert problem.fix == "write maria@example.se"
