"""Texts that a check passes over at a glance hold nothing that it would have found."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.content.lint import markup, personal_numbers, shape_checks, weekdays, word_checks
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Markup
from newsroom.content.lint.shape_checks import bold_headings, tables

PIECES = (
    *" \n,.-–/:|*_#<>[]ÅåÄäÖöſKİ1٣9a",
    *("måndag", "TIſ.", "lör", "LÖR", "Monday", "Tue.", "sundag", "den", "the", "12", "maj", "May"),
    *("2026-05-12", "2026", "19", "640823-3234", "Ã¤", "Ã", "¤", "â€™", "\ufffd", "Lorem Ipſum"),
    *("lorem ipsum", "[Skriv här.]", "\n[Write it.]\n", "\n| --- | --- |\n", "<table>", "</table>"),
    *(
        "\n## A",
        "\nA\n===\n",
        "\nA\n---\n",
        "\n\n**Fet rad**\n\nText",
        "\n• ",
        "==",
        "---",
        "__Fet__",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(TEXTS)
def test_weekdays(text: str) -> None:
    """A text without a figure and a weekday that something follows has no date with a weekday."""
    patterns = weekdays._DATED
    everything = [
        match.start()
        for pattern in patterns
        for match in pattern.finditer(text)
        if not weekdays._ONE_OF_SEVERAL.search(text[max(0, match.start() - 25) : match.start()])
        and weekdays._right_weekday(match, 2026)
    ]

    assert [finding.at for finding in weekdays.wrong_weekdays(text, 2026)] == everything


@pytest.mark.parametrize(
    ("pattern", "find"),
    [
        (word_checks._GARBLED, word_checks.garbled),
        (word_checks._FILLER, lambda text: word_checks.unfinished(Markup(text))),
    ],
)
@given(text=TEXTS)
def test_damage_and_filler(
    pattern: re.Pattern[str], find: Callable[[str], Iterator[Finding]], text: str
) -> None:
    """What was damaged or stands in place of a text is found wherever its pattern is."""
    if pattern.search(Markup(text).text):
        assert list(find(text))


@given(TEXTS)
def test_shapes(text: str) -> None:
    """Underlined headings, bold paragraphs and pasted dots are found wherever their pattern is."""
    made = Markup(text)

    assert [heading.at for heading in made.headings if made.text[heading.at] != "#"] == [
        match.start()
        for match in markup._UNDERLINED.finditer(made.text)
        if match["text"].strip() and not markup._LIST_ITEM.match(match["text"])
    ]
    assert len(list(bold_headings(made))) == len(list(shape_checks._BOLD.finditer(made.text)))
    if shape_checks._PASTED_ITEM.search(made.text):
        assert any(finding.code == "pasted-list" for finding in shape_checks.lists(made))


@pytest.mark.parametrize(
    "text",
    ["Wednesday,   september.   17", "torsdagen,   den   18 september", "Tuesday, the 1 May"],
)
def test_far_weekdays(text: str) -> None:
    """A weekday is seen however far before the day it may stand."""
    assert len(list(weekdays.wrong_weekdays(text, None))) == 0
    assert len(list(weekdays.wrong_weekdays(f"{text} 2026", None))) == 1


@given(st.text("0123456789-+ a/=.", max_size=30))
def test_personal_numbers(text: str) -> None:
    """Every personal number has six figures in a row."""
    if personal_numbers._NUMBER.search(text):
        assert personal_numbers._LONG.search(text)


@given(TEXTS)
def test_tables(text: str) -> None:
    """A table without headings is found wherever one stands."""
    markup = Markup(text)
    rows = re.finditer(
        r"^[ \t|]*\n {0,3}\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*$", markup.text, re.MULTILINE
    )

    assert len(list(rows)) <= len(list(tables(markup)))
