from dataclasses import replace

import pytest

from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.lint import letter_problems
from tests.render.mail.test_letter import write
from tests.render.pieces import make_issue

GOOD = Letter(
    issue="2026-var",
    lang="sv",
    subject="Våren",
    preheader="Tre korta stycken.",
    html=(
        '<!DOCTYPE html><html lang="sv" dir="ltr"><head><title>Våren</title></head><body>'
        '<div lang="sv" dir="ltr"><h1>Våren</h1>%s'
        f'<a href="{LEAVE}">Avsluta</a></div></body></html>'
    ),
    text=f"Våren\n\n-- \n{LEAVE}\n",
)


def messages(letter: Letter) -> list[str]:
    """What is wrong with a letter, each as a line."""
    return [f"{problem.code}: {problem}" for problem in letter_problems(letter, make_issue())]


def test_the_packaged_templates_are_without_fault() -> None:
    """The letter as it comes out of the box has nothing to complain of."""
    assert messages(write()) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<h1>Två</h1>", "mail-headings"),
        ("<h3>Hopp</h3>", "mail-headings"),
        ('<img src="https://e.test/a.jpg" alt="" width="1">', "mail-picture"),
        ('<img src="https://e.test/a.jpg" width="1" height="1">', "mail-picture"),
        ('<img src="https://e.test/a.svg" alt="" width="1" height="1">', "mail-picture"),
        ('<img src="data:image/png;base64," alt="" width="1" height="1">', "mail-picture"),
        ('<div style="display: flex">a</div>', "mail-style"),
        ('<div style="color: red; position: absolute">a</div>', "mail-style"),
        ('<td style="background: url(a.jpg)">a</td>', "mail-style"),
        ("<form><input></form>", "mail-element"),
        ("<svg></svg>", "mail-element"),
        ("<table><tr><td>a</td></tr></table>", "mail-table"),
        ('<a href="https://e.test/x">x</a>', "mail-text"),
        ("<p>" + "ö" * 20_000 + "</p>", "mail-size"),
    ],
)
def test_faults_of_html(html: str, code: str) -> None:
    """Each thing that a mail program would get wrong is named."""
    table = f"<table role=presentation><tr>{html}</tr></table>" if html[:3] == "<td" else html

    found = messages(replace(GOOD, html=GOOD.html % table))

    assert found
    assert all(message.startswith(code) for message in found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"preheader": "våren"}, "mail-preheader"),
        ({"subject": "TODO: ämne"}, "mail-unfinished"),
        ({"text": f"{{{{ namn }}}}\n-- \n{LEAVE}"}, "mail-unfinished"),
        ({"text": f"Utan fot\n{LEAVE}"}, "mail-text"),
        ({"text": f"{'ord ' * 30}\n-- \n{LEAVE}"}, "mail-text"),
        ({"html": GOOD.html.replace(' dir="ltr"', "") % ""}, "mail-language"),
        ({"html": "<html lang=sv dir=ltr><body></body></html>"}, "mail-"),
    ],
)
def test_faults_of_words(change: dict[str, str], code: str) -> None:
    """Unfinished words, lost footers and missing languages are named."""
    found = messages(replace(GOOD, **{"html": GOOD.html % "", **change}))

    assert found
    assert all(message.startswith(code) for message in found)


def test_a_table_of_data() -> None:
    """A table with head cells is one of data, and fine."""
    table = "<table><tr><th>Tid</th></tr><tr><td>13.00</td></tr></table>"

    assert messages(replace(GOOD, html=GOOD.html % table)) == []


def test_place() -> None:
    """A finding stands in the issue's file."""
    found = letter_problems(replace(GOOD, html=GOOD.html % "<h1>Två</h1>"), make_issue())

    assert str(found[0]) == "posts/newsletters/2026-var.md: the letter has 2 h1; give it one"
