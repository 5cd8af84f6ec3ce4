from pathlib import PurePosixPath

import pytest

from newsroom.content.front.front_matter import FrontMatter, split
from newsroom.content.front.notes import Notes


def read(text: str) -> tuple[FrontMatter | None, list[str]]:
    """A file taken apart, and its problems as they are printed."""
    notes = Notes(PurePosixPath("a.md"))
    front = split(text, notes)
    return front, [str(problem) for problem in notes.problems]


def test_fields_and_body_know_their_lines() -> None:
    """Each value, nested ones too, has the line it stands on; so has the body."""
    front, problems = read("---\ntitle: Hej\nimage:\n  file: a.jpg\n  alt: En bild\n---\n\nText\n")

    assert problems == []
    assert front is not None
    assert front.fields["title"].value == "Hej"
    assert front.line("image", "alt") == 5
    assert front.line("image", "nothing") == 3
    assert (front.body, front.body_line) == ("Text", 8)


def test_items_of_a_list_know_their_lines() -> None:
    """A list says on which line each of its items stands."""
    front, _ = read("---\nstories:\n  - one\n  - two\n---\n")

    assert front is not None
    assert front.line("stories", 1) == 4
    assert front.line("stories", 7) == 2


@pytest.mark.parametrize(
    "written", ["10:30", "2026-11-02", "1_000", "0x10", "yes", "1e3", "=", "012"]
)
def test_values_stay_as_written(written: str) -> None:
    """YAML's ideas of times, dates and numbers never come in."""
    front, problems = read(f"---\nvalue: {written}\n---\n")

    assert front is not None
    assert (front.fields["value"].value, problems) == (written, [])


@pytest.mark.parametrize(
    ("written", "value"), [("", None), ("~", None), ("null", None), ('""', "")]
)
def test_nothing_differs_from_an_empty_text(written: str, value: str | None) -> None:
    """A value left out is None; a text written as empty is empty."""
    front, _ = read(f"---\nalt: {written}\n---\n")

    assert front is not None
    assert front.fields["alt"].value == value


def test_byte_order_mark_and_windows_line_ends() -> None:
    """A file saved by Windows Notepad reads like any other."""
    front, problems = read("\ufeff---\r\ntitle: Hej\r\n---\r\n\r\nRad ett\r\nRad två\r\n")

    assert problems == []
    assert front is not None
    assert (front.fields["title"].value, front.body, front.body_line) == (
        "Hej",
        "Rad ett\nRad två",
        5,
    )


def test_rule_in_the_body_is_no_front_matter() -> None:
    """A line --- further down belongs to the body."""
    front, _ = read("---\ntitle: Hej\n---\nEtt\n\n---\n\nTvå")

    assert front is not None
    assert front.body == "Ett\n\n---\n\nTvå"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "Hej",
            "a.md:1: there is no front matter; begin with a line ---, the fields, and --- again",
        ),
        (
            "---\ntitle: x\n",
            "a.md:1: the front matter does not end; write --- on a line of its own after it",
        ),
        (
            "---\ntitle: Hej: du\n---\n",
            'a.md:2: a text with a colon has no quotation marks (column 11): "title: Hej: du"; '
            'write title: "Hej: du"',
        ),
        (
            "—\ntitle: x\n—\n",
            'a.md:1: the first line is "—", and not ---; '
            "write --- there, and once more below the fields",
        ),
        (
            "---\ntitle: x\n\tdate: y\n---\n",
            'a.md:3: there is a tab before the text (column 1): "date: y"; '
            "write date: y at the start of the line",
        ),
        (
            "---\na: 1\nb: 2\na: 3\n---\n",
            'a.md:4: "a" is written twice, on line 2 too; keep one of them',
        ),
        ("---\n- a\n---\n", "a.md:2: these are not fields; write each as name: value"),
        (
            "---\na: x\x07\n---\n",
            "a.md:2: there is a control character (U+0007); write the line anew",
        ),
        (
            '---\na: "x\\a"\n---\n',
            "a.md:2: there is a control character (U+0007); write the line anew",
        ),
        (
            "---\na: &x [1]\nb: *x\n---\n",
            "a.md:2: anchors (&) and aliases (*) are not read here; write the value out in full",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, problem: str) -> None:
    """Each fault names its line and what to write instead."""
    assert read(text)[1] == [problem]


@pytest.mark.parametrize(
    "value", ["[" * 30_000, "[" * 13 + "]" * 13, "{a: " * 30_000, "- " * 30_000, "? " * 30_000]
)
def test_deep_nesting_is_refused_and_never_a_crash(value: str) -> None:
    """Brackets in brackets in brackets end in a message; the C library would crash on them."""
    front, problems = read(f"---\na: {value}\n---\n")

    assert front is None
    assert len(problems) == 1


def test_front_matter_has_a_largest_size() -> None:
    """What belongs in the body is not read as fields."""
    front, problems = read(f"---\na: {'x' * 70_000}\n---\n")

    assert front is None
    assert "move the text below the closing ---" in problems[0]
