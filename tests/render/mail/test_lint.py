from dataclasses import replace

import pytest

from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.lint import letter_problems
from newsroom.render.mail.markup import markup_faults
from tests.render.mail.test_letter import write
from tests.render.pieces import URL, make_issue, make_site

GOOD = Letter(
    issue="2026-var",
    lang="sv",
    subject="Våren",
    preheader="Tre korta stycken, ett möte och två personer att fråga.",
    html=(
        '<!DOCTYPE html><html lang="sv" dir="ltr"><head><title>Våren</title></head><body>'
        '<div lang="sv" dir="ltr"><h1>Våren</h1>%s'
        f'<a href="{LEAVE}">Avsluta</a></div></body></html>'
    ),
    text=f"Våren\n\n-- \n{LEAVE}\n",
)


def messages(letter: Letter) -> list[str]:
    """What is wrong with a letter, each as a line."""
    return [
        f"{problem.code}: {problem}"
        for problem in letter_problems(letter, make_issue(), make_site())
    ]


def test_the_packaged_templates_are_without_fault() -> None:
    """The letter as it comes out of the box has nothing to complain of."""
    assert messages(write()) == []


IMG = '<img src="{}" alt="" width="1" height="1">'


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<h1>Två</h1>", "mail-headings"),
        ("<h3>Hopp</h3>", "mail-headings"),
        (f'<img src="{URL}/a.jpg" alt="" width="1">', "mail-picture"),
        (f'<img src="{URL}/a.jpg" width="1" height="1">', "mail-picture"),
        (IMG.format(f"{URL}/a.svg"), "mail-picture"),
        (IMG.format(f"{URL}/a.webp?v=2"), "mail-picture"),
        (IMG.format("data:image/png;base64,"), "mail-picture"),
        (IMG.format("http://nyheter.example.se/a.jpg"), "mail-picture"),
        (IMG.format("https://e.test/a.jpg"), "mail-other-host"),
        ('<td background="https://e.test/a.jpg">a</td>', "mail-other-host"),
        ('<link rel="stylesheet" href="https://e.test/a.css">', "mail-"),
        ('<p style="list-style: url(https://e.test/a.jpg)">a</p>', "mail-other-host"),
        ('<div style="display: flex">a</div>', "mail-style"),
        ('<div style="color: #900; position: absolute">a</div>', "mail-style"),
        ('<td style="background: url(a.jpg)">a</td>', "mail-style"),
        ("<form><input></form>", "mail-element"),
        ("<svg></svg>", "mail-element"),
        ("<script>1</script>", "mail-element"),
        ('<p style="font-size: 15px">a</p>', "mail-size-of-text"),
        ('<p style="font-size: 11pt">a</p>', "mail-size-of-text"),
        ('<p style="font-size: .8em">a</p>', "mail-size-of-text"),
        ('<p style="color: #999">a</p>', "mail-contrast"),
        ("<table><tr><td>a</td></tr></table>", "mail-table"),
        ('<a href="https://e.test/x">x</a>', "mail-text"),
        ('<a href="tel:1"><img src="a" alt="" width="1" height="1"></a>', "mail-"),
        ("<h2>&nbsp;</h2>", "mail-bare"),
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
        ({"preheader": "Kort."}, "mail-preheader"),
        ({"preheader": "ord " * 23}, "mail-preheader"),
        ({"text": f"[Skriv några rader.]\n-- \n{LEAVE}"}, "unfinished"),
        ({"subject": "TODO: ämne"}, "mail-unfinished"),
        ({"text": f"{{{{ namn }}}}\n-- \n{LEAVE}"}, "mail-unfinished"),
        ({"subject": "{% if namn %}"}, "mail-unfinished"),
        ({"text": f"Utan fot\n{LEAVE}"}, "mail-text"),
        ({"text": f"{'ord ' * 30}\n-- \n{LEAVE}"}, "mail-text"),
        ({"html": GOOD.html.replace(LEAVE, "tel:1") % ""}, "mail-bare"),
        ({"html": GOOD.html.replace("<a href", '<a style="display: none" href') % ""}, "mail-bare"),
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
    found = letter_problems(
        replace(GOOD, html=GOOD.html % "<h1>Två</h1>"), make_issue(), make_site()
    )

    assert str(found[0]) == "posts/newsletters/2026-var.md: the letter has 2 h1; give it one"


def test_a_preheader_that_nobody_wrote_is_not_counted() -> None:
    """The letter's first words stand in for it; who reads the remark never wrote those."""
    issue = replace(make_issue(), preheader=None)
    letter = replace(GOOD, html=GOOD.html % "", preheader="Kort.")

    found = letter_problems(letter, issue, make_site())

    assert [str(each.message) for each in found] == [
        "preheader is empty: lists of letters show the first words of the letter"
    ]


def test_a_picture_of_a_site_without_https_is_named_for_that() -> None:
    """It is a JPEG on the site: what is wrong is how the site's address begins."""
    site = make_site(url="http://nyheter.example.se")

    found = [fault.message for fault in markup_faults(IMG.format(f"{site.url}/a.jpg"), site)]

    assert any(message.endswith("since its address begins with http") for message in found)
