import time
from pathlib import PurePosixPath

import pytest

from newsroom.content.kinds.piece import parse_piece
from newsroom.content.lint.codes import CODES
from newsroom.content.lint.lint import lint, passages
from newsroom.content.lint.shape_checks import KEPT_ELEMENTS
from newsroom.model import Kind, Problem, Severity, Site
from newsroom.render.text import safe_html
from tests.content.samples import Parse


def findings(
    parse: Parse, body: str = "", fields: str = "", kind: Kind = Kind.NEWS, **severities: Severity
) -> tuple[Problem, ...]:
    """What the lint finds in a piece."""
    start = "start" if kind is Kind.EVENT else "date"
    parsed = parse(kind, f"{start}: 2026-11-02\n{fields}", body)
    assert parsed.piece is not None, parsed.problems
    texts = passages(parsed.piece, parsed.front)
    named = [(code.replace("_", "-"), severity) for code, severity in severities.items()]
    return lint(parsed.piece, parsed.front, texts, named)


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("Text\n\n![](a.jpg)", "missing-alt", 9),
        ("Text\n\n![][ref]", "missing-alt", 9),
        ('<img src="a.jpg">', "missing-alt", 7),
        ("Text\n\n![Två bord](https://x.test/a.jpg)", "remote-picture", 9),
        ('<img alt="Två bord" src="//x.test/a.jpg">', "remote-picture", 7),
        ("[1]: https://x.test/a.jpg\n\n![Två bord][1]", "remote-picture", 9),
        ("![Två  bord][]\n\n[två bord]: <//x.test/a.jpg> 'Bord'", "remote-picture", 7),
        ("![Två bord]\n\n[Två bord]: https://x.test/a.jpg", "remote-picture", 7),
        ("[Läs mer](https://x.test)", "vague-link", 7),
        ("[**här**.](https://x.test)", "vague-link", 7),
        ("Ett [click\nhere](https://x.test)", "vague-link", 7),
        ("[link][1]\n\n[1]: https://x.test", "vague-link", 7),
        ("[](https://x.test)", "empty-link", 7),
        ("[Rapporten](https://x.test/rapport.pdf)", "file-link", 7),
        ("# Rubrik", "top-heading", 7),
        ("Rubrik\n======", "top-heading", 7),
        ("<h1>Rubrik</h1>", "top-heading", 7),
        ("### Rubrik", "heading-order", 7),
        ("## A\n\n#### B", "heading-order", 9),
        ("|  |  |\n| --- | --- |\n| a | b |", "table-header", 8),
        ("Ett\n\n| --- | --- |\n| a | b |", "table-header", 9),
        ("<iframe src='x'></iframe>", "raw-html", 7),
        ("<script>x</script>", "raw-html", 7),
        ("Vi behöver:\n- kaffe\n- bullar", "list-start", 8),
        ("Vi behöver:\n1. kaffe", "list-start", 8),
        ("Vi behöver\n\n• kaffe\n• bullar\n• te", "pasted-list", 9),
        ("![IMG_1234.jpg](a.jpg)", "poor-alt", 7),
        ("![bild på mötet.JPG](<bild på mötet.JPG>)", "poor-alt", 7),
        ("Vi ses [Skriv texten här.] på torget.", "placeholder", 7),
        ("Text\n\nTODO: siffrorna", "placeholder", 9),
        ("Hej {{ namn }}!", "placeholder", 7),
        ("![en bild](a.jpg)", "poor-alt", 7),
        ('<img src="a.jpg" alt="foto">', "poor-alt", 7),
        ("[Rapporten](https://x.test/r.docx)", "file-link", 7),
        ("[ladda ner](https://x.test)", "vague-link", 7),
        ('<a href="https://x.test">läs <b>här</b></a>', "vague-link", 7),
        ("Text\n\n[a] (https://x.test)", "not-a-link", 9),
        ("Text\n\n| a | b |\n| 1 | 2 |", "broken-table", 9),
        ("<o:p></o:p>Text", "raw-html", 7),
        ("Ett\n\no\tFjärde", "pasted-list", 9),
        ("[Bilden](file:///C:/bild.jpg)", "broken-link", 7),
        ("[Bilden](C:\\bilder\\a.jpg)", "broken-link", 7),
        ("[Sidan](http://localhost:8000/a)", "broken-link", 7),
        ("[Sidan](htps://x.test/a)", "broken-link", 7),
        ("[Sidan](https//x.test/a)", "broken-link", 7),
        ("[Sidan](javascript:alert(1))", "broken-link", 7),
        (
            "[Sidan](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.test%2Fa)",
            "wrapped-link",
            7,
        ),
        ("[Sidan](https://www.google.com/url?q=https://x.test/a&sa=D)", "wrapped-link", 7),
        ("## Hej\n\nText", "repeated-title", 7),
        ("# Hej\n\nText", "repeated-title", 7),
        ("Text\n\n**Program för dagen**\n\nVi börjar.", "bold-heading", 9),
        ('<p id="a">x</p>\n\n<p id="a">y</p>', "duplicate-anchor", 9),
        ('## Rubrik ett\n\n<p id="rubrik-ett">y</p>', "duplicate-anchor", 9),
        ("<table>\n<tr><td>a</td></tr>\n</table>", "table-header", 7),
        ("JÃ¤mlik hÃ¤lsa", "garbled", 7),
        ("Vi sa â€“ ja", "garbled", 7),
        ("Lorem ipsum dolor sit amet", "filler-text", 7),
        ("Möte tisdag 14 maj 2026", "weekday", 7),
        ("Anna, 811228-9874", "personal-number", 7),
        ("`811228-9874`", "personal-number", 7),
        (
            "The plan of the network is ready and will be read by all of them. " * 6,
            "text-language",
            7,
        ),
    ],
)
def test_what_readers_would_stumble_on(parse: Parse, body: str, code: str, line: int) -> None:
    """Each fault is told once, with its line in the file."""
    found = findings(parse, body)

    assert [(problem.code, problem.line) for problem in found] == [(code, line)]
    assert found[0].severity is CODES[code]
    assert found[0].fix


@pytest.mark.parametrize(
    "body",
    [
        "![Två personer vid ett bord](a.jpg)",
        '<img src="a.jpg" alt="">',
        "![Två bord](a.jpg)\n\n[Två bord]: https://x.test",
        "![Två bord][1] ![Tre bord]\n\n[1]: a.jpg\n[1]: https://x.test",
        "[Läs mer om valet](https://x.test)",
        "[Rapporten](rapport.pdf) och [den andra](../b/rapport%202.docx)",
        "[Rapporten (PDF)](https://x.test/rapport.pdf)",
        "[`kod`](https://x.test)",
        "## A\n\n### B\n\n## C",
        "| a | b |\n| --- | --- |\n| c | d |",
        "|  | b |\n| --- | --- |\n| c | d |",
        "<details><summary>Mer</summary>x</details>",
        "<https://x.test> och <a@x.test>",
        "`<script>` och ```[](x)```",
        "Text\n\n- ett\n- två\nfortsätter\n- tre",
        "Priset är 3 < 5",
        "[Rapporten (Word)](https://x.test/r.docx)",
        "[Mejla oss](mailto:kansli@x.test), [ring](tel:+4684051000)",
        "[Kartan](https://www.google.com/maps?q=https://x.test)",
        "**Obs!**\n\nText",
        "**En hel mening som är fet slutar med punkt.**\n\nText",
        "Text\n\n**Anna Ek**",
        "## Ett\n\n### Hej",
        '<p id="a">x</p>\n\n<p id="b">y</p>',
        "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
        "– Det är bra, säger Anna.\n– Ja, säger Bo.",
        "Årets bästa håll i Ålborg, São Paulo, Ã",
        "Dag • ort • pris",
    ],
)
def test_what_is_well_written(parse: Parse, body: str) -> None:
    """Nothing is said of what readers can use."""
    assert findings(parse, body) == ()


def test_the_picture_of_a_piece_needs_its_description_written(parse: Parse) -> None:
    """`alt` must be there; it may be empty."""
    missing = findings(parse, fields="image: {file: a.jpg}")
    decorative = findings(parse, fields='image: {file: a.jpg, alt: ""}')

    assert [(problem.code, problem.line) for problem in missing] == [("missing-alt", 5)]
    assert decorative == ()


@pytest.mark.parametrize(("title", "codes"), [("ÅRSMÖTET FLYTTAS", ["capitals"]), ("EU", [])])
def test_titles_in_capitals(site: Site, title: str, codes: list[str]) -> None:
    """A title in capitals is pointed out, an acronym is not."""
    text = f"---\nid: x\ntitle: {title}\n---\n"
    parsed = parse_piece(Kind.PAGE, text, PurePosixPath("posts/pages/a.md"), site)

    assert parsed.piece is not None
    assert [problem.code for problem in lint(parsed.piece, parsed.front, (), ())] == codes


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (Kind.NEWS, "expires: 2026-11-01", "date-order"),
        (Kind.NEWS, "updated: 2026-11-01", "date-order"),
        (Kind.EVENT, "end: 2026-11-03\nregistration: {deadline: 2026-11-04}", "date-order"),
        (Kind.NEWS, "summary: Vi ses tisdag 14 maj 2026", "weekday"),
        (Kind.NEWS, "summary: Anna, 811228-9874", "personal-number"),
        (Kind.NEWS, "image: {file: a.jpg, alt: 811228-9874}", "personal-number"),
        (Kind.NEWS, "image: {file: a.jpg, alt: bild}", "poor-alt"),
        (Kind.NEWS, "summary: JÃ¤mlikt", "garbled"),
    ],
)
def test_what_fields_tell(parse: Parse, kind: Kind, fields: str, code: str) -> None:
    """Dates in a strange order, and words in fields, are told with the line of the field."""
    found = findings(parse, fields=fields, kind=kind)

    assert [problem.code for problem in found] == [code]
    assert found[0].line in {5, 6}


@pytest.mark.parametrize(
    "fields",
    [
        "end: 2026-11-03\nregistration: {deadline: 2026-11-03}",
        "registration: {deadline: 2026-11-02}",
        "registration: {deadline: 2026-10-20}",
    ],
)
def test_a_deadline_may_be_the_day_itself(parse: Parse, fields: str) -> None:
    """Whoever takes registrations at the door says so."""
    assert findings(parse, fields=fields, kind=Kind.EVENT) == ()


@pytest.mark.parametrize(
    ("email", "codes"),
    [
        ("anna.ek@gmail.com", ["private-address"]),
        ("anna@hotmail.se", ["private-address"]),
        ("anna@me.example.se", []),
        ("anna.ek@lovhamn.example.se", []),
    ],
)
def test_a_contact_with_an_address_at_home(site: Site, email: str, codes: list[str]) -> None:
    """A role's address outlives the person in it."""
    text = f"---\nid: x\nname: Anna Ek\nemail: {email}\n---\n"
    parsed = parse_piece(Kind.CONTACT, text, PurePosixPath("posts/contacts/a.md"), site)

    assert parsed.piece is not None
    assert [problem.code for problem in lint(parsed.piece, parsed.front, (), ())] == codes


def test_texts_in_fields_are_looked_through(parse: Parse) -> None:
    """An event's programme is text too, with lines of its own."""
    found = findings(parse, fields="program: |\n  Ett\n\n  ![](a.png)\n", kind=Kind.EVENT)

    assert [(problem.code, problem.line) for problem in found] == [("missing-alt", 8)]


def test_the_site_decides_how_much_a_finding_matters(parse: Parse) -> None:
    """site.yaml's severities win over the usual ones."""
    found = findings(parse, "![](a.jpg)", missing_alt=Severity.NOTE)

    assert [problem.severity for problem in found] == [Severity.NOTE]


def test_a_draft_is_never_worse_than_a_warning(parse: Parse) -> None:
    """While a text is being written nothing in it is an error."""
    found = findings(parse, "![](a.jpg)", "draft: true")

    assert [problem.severity for problem in found] == [Severity.WARNING]


def test_the_elements_kept_are_those_the_sanitiser_keeps() -> None:
    """The lint and the sanitiser agree on what is taken away."""
    assert set(safe_html._TAGS.split()) == KEPT_ELEMENTS


def test_many_headings_and_tables_take_no_time(parse: Parse) -> None:
    """Time grows with the length of the text."""
    body = "## A\n\n|  |\n| --- | --- |\n\n[här](x)\n\n" * 3_000

    started = time.process_time()
    found = findings(parse, body)

    assert len(found) == 6_000
    assert time.process_time() - started < 5


HOSTILE = (
    *("[](", "<table>", "<p id=a", "**a**\n\n", "\n\n**", "• a\n", "tisdag ", "tis 14/", "Ã", "Ã¤"),
    *("811228", "1", "aÃ¤", "a ", "<img alt=", "![a](", "\n\n__a", "www.google.com/url?q="),
    *("https//", "tis–tis–", "## A\n\n**bcde**\n\na\n\n", "<a id=a>", "\ufffd", "[a](//"),
)


@pytest.mark.parametrize("sign", HOSTILE)
def test_hostile_text_takes_no_time(parse: Parse, sign: str) -> None:
    """A hundred thousand characters of one sign are looked through within seconds."""
    body = (sign * 100_000)[:100_000]

    started = time.process_time()
    findings(parse, body)

    assert time.process_time() - started < 5


def test_what_is_quoted_is_only_as_long_as_it_takes_to_find_it(parse: Parse) -> None:
    """A paragraph that became a heading by mistake is not told whole, nor is a long link."""
    found = findings(parse, f"# {'Ord ' * 200}\n\n[{'rapport ' * 50}](https://x.test/a.pdf)")

    assert [problem.code for problem in found] == ["file-link", "top-heading"]
    assert all("…" in problem.message for problem in found)
    assert all(len(f"{problem.message}; {problem.fix}") < 200 for problem in found)


def test_a_list_with_pasted_dots_is_told_once_with_its_length(parse: Parse) -> None:
    """Each list has its own line, however many dots it has."""
    found = findings(parse, "• Ett\n• Två\n·\tTre\no\tFyra\n\nText.\n\nMer.\n\n• Fem")

    assert [(f.line, f.message) for f in found if f.code == "pasted-list"] == [
        (7, "a list of 4 lines has dots that were pasted, so it runs on as text"),
        (16, "a list has dots that were pasted, so it runs on as text"),
    ]


@pytest.mark.parametrize("body", ["[a](<Rapport x.pdf>)", "[a][b]\n\n[b]: <Rapport x.pdf>"])
def test_brackets_around_an_address_are_no_element(parse: Parse, body: str) -> None:
    """They are the way to write an address with spaces."""
    assert "raw-html" not in {f.code for f in findings(parse, body)}
