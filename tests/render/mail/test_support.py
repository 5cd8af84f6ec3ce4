"""What Outlook for Windows and Gmail do not show."""

import csv
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

import newsroom.render.mail
from newsroom.render.mail.support import outside_of_media, support_faults

HERE = Path(newsroom.render.mail.__file__).parent
LINES = (HERE / "caniemail.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader([line for line in LINES if line[0] != "#"], delimiter="\t"))
NOT_SHOWN = [row for row in ROWS if "n" in {row["outlook-windows"], row["gmail"]}]
# What stands without them is whole, or is read all the same.
LET_PASS = {
    *("abbr", "acronym", "bdi", "dfn", "figcaption", "figure", "mark", "section", "time", "wbr"),
    *("aria-describedby", "aria-labelledby", "loading", "required", "sizes", "srcset"),
}
WRITTEN = {
    "property": '<p style="{}: 1">a</p>',
    "declaration": '<p style="{}">a</p>',
    "function": '<p style="width: {}(1, 2)">a</p>',
    "unit": '<p style="width: 1.5{}">a</p>',
    "at-rule": "<style>{} x {{ a: b }}</style>",
    "element": "<{0}>a</{0}>",
    "attribute": '<p {}="x">a</p>',
    "picture": '<img src="https://e.test/a{}?b">',
}


def letter(html: str) -> HtmlElement:
    """A document with this in its body."""
    return document_fromstring(f"<html><head></head><body><div>{html}</div></body></html>")


def faults(html: str) -> list[str]:
    """What is told of it."""
    return [str(fault.message) for fault in support_faults(letter(html))]


@pytest.mark.parametrize(
    "row",
    [row for row in NOT_SHOWN if row["name"] not in {*LET_PASS, "@media", "data:"}],
    ids=lambda row: f"{row['kind']} {row['name']}",
)
def test_whatever_is_marked_n_is_told(row: dict[str, str]) -> None:
    """Nothing that the table marks n for Outlook for Windows or Gmail passes, by which it is."""
    told = faults(WRITTEN[row["kind"]].format(row["name"]))

    assert any(line.endswith(f" does not know {row['name']}") for line in told)
    assert ("Outlook" in "".join(told)) == (row["outlook-windows"] == "n")
    assert ("Gmail" in "".join(told)) == (row["gmail"] == "n")


@pytest.mark.parametrize("name", sorted(LET_PASS))
def test_nothing_is_lost_with_these(name: str) -> None:
    """Words stay where their element is unknown, and pictures where an attribute is."""
    assert faults(f'<img {name}="x" alt=""><{name.partition("-")[0]}>a') == []


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media screen { p { position: fixed } @supports (x) { a {} } }</style>",
        "<!--[if mso]><p style='position: absolute'>a</p><v:rect></v:rect><![endif]--><p>b</p>",
        '<div style="max-height: 0; overflow: hidden; mso-hide: all">a</div>',
        '<!--[if !mso]><!--><p style="border-radius: 3px">a</p><!--<![endif]-->',
        '<p style="mso-line-height-rule: exactly; -webkit-text-size-adjust: 100%">a</p>',
        '<p style="color: #123456; margin: 0 auto; font: 16px/1.5 Georgia">a</p>',
        '<td background="/a.png" align="right" valign="top" width="20">a</td>',
    ],
)
def test_what_is_only_finer_passes(html: str) -> None:
    """In @media, in a comment for Word alone, and hidden from Word, a letter may do more."""
    assert faults(html) == []


def test_behind_a_comment_for_all_but_word_gmail_still_counts() -> None:
    """What Word does not see Gmail does; and after the comment Word looks again."""
    hidden = '<!--[if !mso]><!--><p style="position: fixed">a</p><!--<![endif]-->'

    assert faults(hidden) == ["<p>: Gmail does not know position"]
    assert faults(f'{hidden}<b style="float: left">b</b>') == [
        "<p>: Gmail does not know position",
        "<b>: Outlook for Windows does not know float",
    ]


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("DISPLAY:Inline-Flex", "display:flex"),
        ("width: calc(100% - 2px) !important", "calc"),
        ("background: #fff url('a;b.png') repeat", "background-image"),
        ("margin: 0 0 2.5rem", "rem"),
        ("color: rgba(0, 0, 0, .5)", "rgba"),
        ("font-size: 5vw", "vw"),
    ],
)
def test_styles_are_read_as_they_are_written(style: str, name: str) -> None:
    """Capitals, functions, quotes and units are understood."""
    assert any(line.endswith(f"know {name}") for line in faults(f'<p style="{style}">a</p>'))


def test_each_fault_is_told_once() -> None:
    """Twenty cells that float are one fault."""
    assert len(faults('<p style="float: left">a</p>' * 20)) == 1


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        ("a{} @media x { b { c } } d{}", "a{}  d{}"),
        ("@media x { b {", ""),
        ("a{}", "a{}"),
    ],
)
def test_what_stands_outside_of_media(sheet: str, left: str) -> None:
    """Braces within braces are counted; a block that is never closed goes on to the end."""
    assert outside_of_media(sheet) == left


def test_the_table_says_where_it_is_from() -> None:
    """The table names its source and its day, and its licence lies beside it."""
    assert "github.com/hteumeuleu/caniemail" in LINES[0]
    assert "2026-05-13" in LINES[1]
    assert "MIT License" in (HERE / "caniemail.LICENSE").read_text(encoding="utf-8")
    assert len(ROWS) > 250
