"""Links and tables that are none, by a slip of the finger."""

import time

import pytest

from newsroom.content.lint.markup import Markup
from newsroom.content.lint.slip_checks import broken_tables, half_links
from newsroom.render.text.markdown import render_html
from newsroom.render.text.rendered import Target


def shown(body: str) -> str:
    """What readers see of a text."""
    return render_html(body, Target)


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("Läs [mer om oss] (https://x.test/a).", "write [mer om oss](https://x.test/a)"),
        ("Läs [mer om oss] (../pages/om.md).", "write [mer om oss](../pages/om.md)"),
        ("Läs [mer om oss] (om.md).", "write [mer om oss](om.md)"),
        ("Läs [mer om oss](https://x.test/a och mer.", "write [mer om oss](https://x.test/a)"),
        ("Läs [mer om oss](om.md\n\nNytt stycke (här).", "write [mer om oss](om.md)"),
    ],
)
def test_what_is_nearly_a_link(body: str, fix: str) -> None:
    """The page shows its brackets, so it is told with the link as it should be."""
    found = list(half_links(Markup(body)))

    assert "[mer om oss]" in shown(body)
    assert [(finding.at, finding.fix) for finding in found] == [(4, fix)]


@pytest.mark.parametrize(
    "body",
    [
        "[a](b.md)",
        '[a](b.md "Titel")',
        "[a](b_(c).md)",
        "[a](<b c.md>)",
        "[a](Rapport 2026.pdf)",
        "[a](b.md\n'Titel')",
        "[a]({{ b\n}}/c)",
        "[1] (se ovan)",
        "- [ ] (valfritt)",
        "`[a] (https://x.test)`",
        "![a](b.jpg",
    ],
)
def test_what_is_a_link_or_was_not_meant_as_one(body: str) -> None:
    """Nothing is said of whole links, nor of brackets that something else stands in."""
    assert list(half_links(Markup(body))) == []


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("| a | b |\n| 1 | 2 |", "write |---|---| on a line below the first"),
        ("Text\n| a | b |\n|---|---|\n| 1 | 2 |\n", "leave a blank line before the table"),
    ],
)
def test_what_is_nearly_a_table(body: str, fix: str) -> None:
    """The page shows its lines as running text."""
    found = list(broken_tables(Markup(body)))

    assert "<table" not in shown(body)
    assert [finding.fix for finding in found] == [fix]


@pytest.mark.parametrize(
    "body",
    [
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        "## Rubrik\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Text\n\n| a | b |\n| :-- | --- |\n",
        "|  |  |\n| --- | --- |\n| 1 | 2 |",
        "Ett | två\nTre | fyra",
        "```\n| a |\n| b |\n```",
    ],
)
def test_what_is_a_table_or_was_not_meant_as_one(body: str) -> None:
    """Nothing is said of tables that are whole, nor of signs in running text."""
    assert list(broken_tables(Markup(body))) == []


@pytest.mark.parametrize("part", ["[a](b ", "[a] (b.", "| a |", "| a |\n", "[a](b\n"])
def test_a_hostile_text_costs_time_in_proportion(part: str) -> None:
    """Signs that are never closed take no longer than others."""
    started = time.process_time()

    for look in (half_links, broken_tables):
        list(look(Markup(part * 20_000)))

    assert time.process_time() - started < 5
