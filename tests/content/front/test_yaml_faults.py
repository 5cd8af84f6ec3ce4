"""What YAML stumbles over, in an editor's words."""

import re
from pathlib import PurePosixPath

import pytest

from newsroom.content.front.front_matter import read_mapping
from newsroom.content.front.notes import Notes
from newsroom.render.sayings import in_language

NOT_CLOSED = "a quotation mark or a bracket is never closed"
UNQUOTED = "a text with a colon has no quotation marks"
AFTER_CLOSE = "something stands after the closing quotation mark or bracket"
NO_COMMA = "there is no comma between two fields"
NEVER_OPENED = "a bracket is closed that was never opened"
SIGN = "a text begins with a sign that means something else here"
ELSEWHERE = "a field does not begin where the others do"
BELOW = "write the text on the lines below, with two spaces before each"
SHOWN = re.compile(r'( \(column \d+\))?: ".*"$')
EACH = "write each field as name: value, and put quotation marks around special signs"


def told(text: str) -> list[tuple[int | None, str, str]]:
    """Line, fault and fix of each problem; the fault without the line that is shown with it."""
    notes = Notes(PurePosixPath("a.md"))
    read_mapping(text, notes)
    return [
        (problem.line, SHOWN.sub("", problem.message), problem.fix) for problem in notes.problems
    ]


@pytest.mark.parametrize(
    ("text", "line", "message", "fix"),
    [
        ("title: A: B", 1, "a text with a colon has no quotation marks", 'write title: "A: B"'),
        (
            "title Hej du\ndate: 2026",
            1,
            'there is no colon in "title Hej du"',
            "write title: Hej du",
        ),
        (
            "a: b\ndate 2026-11-02\nc: d",
            2,
            'there is no colon in "date 2026-11-02"',
            "write date: 2026-11-02",
        ),
        (
            "title:Hej du\ndate: 2026",
            1,
            'there is no space after the colon in "title:Hej du"',
            "write title: Hej du",
        ),
        (
            "a: b\n? c\n: d\ne",
            4,
            "there is no colon after the name of a field",
            EACH,
        ),
        (
            "a: b\nimage:\n\tfile: x",
            3,
            "there is a tab before the text",
            "indent with spaces, not tabs",
        ),
        ('title: "Hej\ndate: 2026', 1, NOT_CLOSED, 'write title: "Hej"'),
        ("title: 'Hej\ndate: 2026\n...", 1, NOT_CLOSED, "write title: 'Hej'"),
        ("tags: [a, b\ndate: 2026", 1, NOT_CLOSED, "write tags: [a, b]"),
        ("tags: [a,\n b\ndate: 2026", 1, NOT_CLOSED, EACH),
        ("place: {name: Hej\ndate: 2026", 1, NOT_CLOSED, "write place: {name: Hej}"),
        ("a: 'It's so'", 1, AFTER_CLOSE, 'write a: "It\'s so"'),
        ('a: "Ja" och nej', 1, AFTER_CLOSE, "write a: '\"Ja\" och nej'"),
        ("a: @hej", 1, SIGN, 'write a: "@hej"'),
        ("a: *fet*", 1, SIGN, 'write a: "*fet*"'),
        ("a: - b", 1, SIGN, 'write a: "- b"'),
        ("a: ]", 1, SIGN, 'write a: "]"'),
        (
            "a: !Viktigt nu",
            1,
            "a text that begins with ! has no quotation marks",
            'write a: "!Viktigt nu"',
        ),
        ("a: > b\nc: d", 1, "a text stands on the same line as | or >", BELOW),
        (
            r'a: "C:\Users"',
            1,
            "a backslash stands in a text with quotation marks",
            r"write a: 'C:\Users'",
        ),
        ("a: b\n  c: d", 2, ELSEWHERE, "write c: d"),
        ("  a: b\nc: d", 2, ELSEWHERE, "begin each field at the start of its line"),
        ("a: b\n- c", 2, ELSEWHERE, "begin each field at the start of its line"),
        ("links: {at: '06:00'}}\na: b", 1, NEVER_OPENED, "write links: {at: '06:00'}"),
        ("links: {at: '06:00']\na: b", 1, NOT_CLOSED, "write links: {at: '06:00'}"),
        ('links: {at: "06:00}\na: b', 1, NOT_CLOSED, 'write links: {at: "06:00"}'),
        ('a: "b: c\n# d, ".md"\ne: f', 1, NOT_CLOSED, 'write a: "b: c"'),
        ('x: y\na: "b\nid: "tag:x"', 2, NOT_CLOSED, 'write a: "b"'),
        ("a: 'b\nc: 'd'\ne: f", 1, NOT_CLOSED, "write a: 'b'"),
        ('a: "b\nc: "d\ne: f', 1, NOT_CLOSED, 'write a: "b"'),
        ('a: {b: "c}\n# d, ".md"\ne: f', 1, NOT_CLOSED, 'write a: {b: "c"}'),
        ('a: "b\n  c"\nd: e: f', 3, UNQUOTED, 'write d: "e: f"'),
        ("a:\n  b: c: d\n  e: f", 2, UNQUOTED, 'write b: "c: d"'),
        ("links: {day: x at: y}", 1, NO_COMMA, "write links: {day: x, at: y}"),
        ("a:\n  b: c\n d: e", 3, ELSEWHERE, "write d: e with 2 spaces before it"),
        ("a:\n  b c\n  d: e", 2, 'there is no colon in "b c"', "write b: c"),
        ("a: b\n---\nc: d", 2, "a line --- stands among the fields", "take it away"),
        (
            "a: b\n%c",
            2,
            'the fields cannot be read from here on ("found unknown directive name")',
            EACH,
        ),
    ],
)
def test_each_fault_is_told_in_words(text: str, line: int, message: str, fix: str) -> None:
    """Where it begins, what it is, and the line as it should be: never the parser's own words."""
    assert told(text) == [(line, message, fix)]


@pytest.mark.parametrize(
    "text", ["a: 'it''s'", 'a: "b \\\\ c"', "a: |\n  b: c: d", "a b: c", "# a b"]
)
def test_what_yaml_reads_is_left_alone(text: str) -> None:
    """Nothing is said of it, however it looks."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sender:\n\tname: Redaktionen",
            'det står en tabb före texten (kolumn 1): "name: Redaktionen"; '
            "gör indrag med mellanslag, inte med tabb",
        ),
        (
            "sender:\n  name: x\n email: y",
            'ett fält börjar inte där de andra börjar (kolumn 2): "email: y"; '
            "skriv email: y med 2 mellanslag före",
        ),
        ("name Redaktionen", 'det saknas ett kolon i "name Redaktionen"; skriv name: Redaktionen'),
        (
            'name: "Redaktionen\nurl: x',
            'ett citattecken eller en parentes är inte avslutad (kolumn 7): "name: "Redaktionen"; '
            'skriv name: "Redaktionen"',
        ),
        ("name: x\nname: y", '"name" står två gånger, även på rad 1; behåll bara det ena'),
        (
            "name: x\n%y",
            'fälten går inte att läsa från och med den här raden ("found unknown directive name") '
            '(kolumn 3): "%y"; skriv varje fält som namn: värde och sätt citattecken runt '
            "specialtecken",
        ),
    ],
)
def test_each_fault_is_told_in_swedish(text: str, message: str) -> None:
    """With the line itself, how far in, and what to do; words of the parser stand in quotes."""
    notes = Notes(PurePosixPath("posts/site.yaml"))
    read_mapping(text, notes)

    (problem,) = notes.problems
    assert in_language(problem.sentence, "sv").partition(": ")[2] == message
