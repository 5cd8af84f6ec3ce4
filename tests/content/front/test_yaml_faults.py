"""What YAML stumbles over, in an editor's words."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

import pytest
import yaml

from newsroom.content.front.front_matter import read_mapping
from newsroom.content.front.notes import Notes
from newsroom.content.front.yaml_faults import fault_of
from newsroom.render.sayings import in_language

NOT_CLOSED = "a quotation mark or a bracket is never closed"
UNQUOTED = "a text with a colon has no quotation marks"
AFTER_CLOSE = "something stands after the closing quotation mark or bracket"
NO_COMMA = "there is no comma between two fields"
NEVER_OPENED = "a bracket is closed that was never opened"
SIGN = "a text begins with a sign that means something else here"
ELSEWHERE = "a field does not begin where the others do"
HARD_SPACE = "a space that does not break stands where an ordinary one should"
NO_LETTER = "could not find expected directive name"
LETTER = 'take " away, or write the letter that it stands for'
NO_BAR = "a text of several lines has no | before it"
GOES_ON = "a text goes on at the beginning of a line"
BESIDE = "begin it where the line above begins, or at the start of the line"
TOO_MANY = "there is a sign too many, or another one than was meant"
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
            "write file: x with 2 spaces before it",
        ),
        ('title: "Hej\ndate: 2026', 1, NOT_CLOSED, 'write title: "Hej"'),
        ("title: 'Hej\ndate: 2026\n...", 1, NOT_CLOSED, "write title: 'Hej'"),
        ("tags: [a, b\ndate: 2026", 1, NOT_CLOSED, "write tags: [a, b]"),
        ("tags: [a,\n b\ndate: 2026", 2, NOT_CLOSED, "write b]"),
        ("place: {name: Hej\ndate: 2026", 1, NOT_CLOSED, "write place: {name: Hej}"),
        ("a: 'It's so'", 1, AFTER_CLOSE, 'write a: "It\'s so"'),
        ('a: "Ja" och nej', 1, AFTER_CLOSE, "write a: '\"Ja\" och nej'"),
        ("a: @hej", 1, SIGN, 'write a: "@hej"'),
        ("a: *fet*", 1, SIGN, 'write a: "*fet*"'),
        ("a: - b", 1, TOO_MANY, "write a: b"),
        ("a: ]", 1, NOT_CLOSED, "write a: []"),
        (
            "a: !Viktigt nu",
            1,
            "a text that begins with ! has no quotation marks",
            'write a: "!Viktigt nu"',
        ),
        ("a: > b\nc: d", 1, "a text stands on the same line as | or >", "write a: b"),
        (
            r'a: "C:\Users"',
            1,
            "a backslash stands in a text with quotation marks",
            r"write a: 'C:\Users'",
        ),
        ("a: b\n  c: d", 2, ELSEWHERE, "write c: d at the start of the line"),
        ("  a: b\nc: d", 1, ELSEWHERE, "write a: b at the start of the line"),
        ("a: b\n- c", 2, ELSEWHERE, BESIDE),
        ("links: {at: '06:00'}}\na: b", 1, NEVER_OPENED, "write links: {at: '06:00'}"),
        ("links: {at: '06:00']\na: b", 1, NOT_CLOSED, "write links: {at: '06:00'}"),
        ('links: {at: "06:00}\na: b', 1, NOT_CLOSED, 'write links: {at: "06:00"}'),
        ('a: "b: c\n# d, ".md"\ne: f', 1, NOT_CLOSED, 'write a: "b: c"'),
        ('x: y\na: "b\nid: "tag:x"', 2, NOT_CLOSED, 'write a: "b"'),
        ("a: 'b\nc: 'd'\ne: f", 1, NOT_CLOSED, "write a: 'b'"),
        ('a: {b: "c}\n# d, ".md"\ne: f', 1, NOT_CLOSED, 'write a: {b: "c"}'),
        ('a: "b\n  c"\nd: e: f', 3, UNQUOTED, 'write d: "e: f"'),
        ("a:\n  b: c: d\n  e: f", 2, UNQUOTED, 'write b: "c: d"'),
        ("links: {day: x at: y}", 1, NO_COMMA, "write links: {day: x, at: y}"),
        ("a:\n  b: c\n d: e", 3, ELSEWHERE, BESIDE),
        ("place:\n  name c\n  d: e", 2, 'there is no colon in "name c"', "write name: c"),
        ("a: b\n---\nc: d", 2, "a line --- stands among the fields", "take it away"),
        ("title: x\n date: y", 2, ELSEWHERE, "write date: y at the start of the line"),
        ("title: Höst i\nLund\ndate: y", 1, GOES_ON, "write title: Höst i Lund on one line"),
        (
            "postal_address:\nGatan 1, 123 45 Ort",
            1,
            GOES_ON,
            'write postal_address: "Gatan 1, 123 45 Ort" on one line',
        ),
        ("program:\n  | Tid |\ndate: y", 1, NO_BAR, "write program: |"),
        ("place\n  name: Hall", 1, 'there is no colon in "place"', "write place:"),
        ('title:" "Höst"\ndate: y', 1, TOO_MANY, 'write title: "Höst"'),
        ('title: "A" och "B"\ndate: y', 1, AFTER_CLOSE, 'write title: \'"A" och "B"\''),
        ('summary: "Vi ses\ni maj"\ntitle: a: b', 3, UNQUOTED, 'write title: "a: b"'),
        ("title: a: b\nsummary: c: d", 1, UNQUOTED, 'write title: "a: b"'),
        ('title: "C:\\\ndate: y\nlang: sv', 1, NOT_CLOSED, "write title: 'C:\\'"),
        ("tags: [a, b # c\ndate: y", 1, NOT_CLOSED, "write tags: [a, b] # c"),
        ("tags: [a #, b]\ndate: y", 1, TOO_MANY, "write tags: [a , b]"),
        ("undo: 1: 2      # c: d\nlang: y", 1, UNQUOTED, 'write undo: "1: 2"'),
        ("title: ”Vård: så går det”\nlang: y", 1, UNQUOTED, 'write title: "Vård: så går det"'),
        ("title:\u00a0A\ndate: y", 1, HARD_SPACE, "write title: A"),
        ('title: "Höst"vinter"\nlang: y', 1, TOO_MANY, LETTER),
        ("tags: [a b] c\nlang: y", 1, AFTER_CLOSE, EACH),
        (
            "a: b\n%%c: d\ne",
            2,
            f'the fields cannot be read from here on ("{NO_LETTER}")',
            EACH,
        ),
    ],
)
def test_each_fault_is_told_in_words(text: str, line: int, message: str, fix: str) -> None:
    """Where it begins, what it is, and the line as it should be: never the parser's own words."""
    assert told(text) == [(line, message, fix)]


SAMPLE = """title: "Höstkonferens i Lund"
date: 2026-11-02
summary: Alla är välkomna
tags: [möte, lund]
place: {name: Stadshuset, address: "Torget 1"}
contacts: [anna-ek]
previously:
  - changed: 2026-10-01
    start: 2026-11-01T09:00
"""


def slips(text: str, every: int) -> Iterator[str]:
    """The text with one slip of the finger in each: a sign too few, too many, or another one."""
    signs = ":\"'[]{}#-, å"
    every_one = (
        text[:at] + put + text[at + gone :]
        for at in range(len(text))
        for put, gone in [("", 1), *((sign, 0) for sign in signs), *((sign, 1) for sign in signs)]
    )
    yield from islice(every_one, 0, None, every)


def followed(text: str, line: int, fix: str) -> str | None:
    """The text as it is when somebody does what the advice says; None when it names no line."""
    lines = text.split("\n")
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
    if match := re.fullmatch(r"write (.*) with (\d) spaces before it", fix):
        lines[line] = " " * int(match[2]) + match[1]
    elif match := re.fullmatch(r"write (.*) at the start of the line", fix):
        lines[line] = match[1]
    elif match := re.fullmatch(r"write (.*) on one line", fix):
        lines[line : line + 2] = [indent + match[1]]
    elif (match := re.fullmatch(r"write (.*)", fix)) and fix != EACH:
        lines[line] = indent + match[1]
    else:
        return None
    return "\n".join(lines)


def test_advice_that_is_followed_leads_to_a_text_that_reads() -> None:
    """Of hundreds of slips none is answered with a line that YAML cannot read either.

    Most answers that name a line give back just what the text said before the slip.
    """
    before = yaml.load(SAMPLE, Loader=yaml.BaseLoader)
    as_before, otherwise = 0, 0

    for text in slips(SAMPLE, 17):
        try:
            yaml.load(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            fault = fault_of(error, text)
            mended = followed(text, fault.line, fault.fix)
            if mended is not None:
                is_same = yaml.load(mended, Loader=yaml.BaseLoader) == before
                as_before, otherwise = as_before + is_same, otherwise + (not is_same)

    assert as_before > 2 * otherwise
    assert as_before > 20


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
            "skriv name: Redaktionen med 2 mellanslag före",
        ),
        (
            "sender:\n  name: x\n email: y",
            'ett fält börjar inte där de andra börjar (kolumn 2): "email: y"; '
            "låt det börja där raden ovanför börjar, eller längst till vänster på raden",
        ),
        ("name Redaktionen", 'det saknas ett kolon i "name Redaktionen"; skriv name: Redaktionen'),
        (
            'name: "Redaktionen\nurl: x',
            'ett citattecken eller en parentes är inte avslutad (kolumn 7): "name: "Redaktionen"; '
            'skriv name: "Redaktionen"',
        ),
        ("name: x\nname: y", '"name" står två gånger, även på rad 1; behåll bara det ena'),
        (
            "name: x\n%%y: z\nw",
            "fälten går inte att läsa från och med den här raden "
            f'("{NO_LETTER}") (kolumn 2): "%%y: z"; '
            "skriv varje fält som namn: värde och sätt citattecken runt "
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
