import time

import pytest

from newsroom.content.lint.markup import Markup


def test_pictures_and_links() -> None:
    """Pictures and links are found, in each other too, with text, address and line."""
    markup = Markup(
        'Ett\n[![alt](a.png)](b.pdf) och\n[två "ord"](<c d.md> "t")\n[tre][x]\n\n[x]: e.md\n'
    )

    assert [(p.text, p.address) for p in markup.pictures] == [("alt", "a.png")]
    assert [(link.text, link.address, markup.line(link.at)) for link in markup.links] == [
        ("alt", "b.pdf", 1),
        ('två "ord"', "c d.md", 2),
        ("tre", None, 3),
    ]
    assert [link.address for link in markup.definitions()] == ["e.md"]


def test_addresses_with_brackets() -> None:
    """An address may hold a pair of brackets."""
    assert [link.address for link in Markup("[a](https://x.test/b_(c))").links] == [
        "https://x.test/b_(c)"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "```\n[x](y)\n```\n",
        "~~~ md\n[x](y)\n~~~\n",
        "Text:\n\n    [x](y)\n",
        "\t[x](y)\n",
        "`[x](y)`",
        "<!-- [x](y) -->",
        "<pre>[x](y)</pre>",
    ],
)
def test_code_is_no_markup(code: str) -> None:
    """What stands in code, in comments and in verbatim HTML leads nowhere."""
    assert Markup("\n" + code).links == ()


def test_code_as_the_text_of_a_link() -> None:
    """A link may show code."""
    assert [link.text.strip("_") for link in Markup("[`a(b)`](c)").links] == ["a_b"]


def test_what_is_indented_below_a_list_is_no_code() -> None:
    """The paragraphs of a list item are text."""
    assert len(Markup("- ett\n\n    [x](y)\n\n    [z](w)\n").links) == 2


def test_headings_of_both_kinds() -> None:
    """A heading has # before it or a line below it; a rule and a table have not."""
    text = "Ett\n===\n\n## Två ##\n\nTre\n---\n\n---\n\n- fyra\n---\n\n| a |\n| --- |\n"

    assert [(h.level, h.text) for h in Markup(text).headings] == [
        (1, "Ett"),
        (2, "Två"),
        (2, "Tre"),
    ]


def test_addresses_in_raw_html() -> None:
    """Pictures and links in raw HTML lead somewhere too."""
    text = '<figure>\n<img class="x" src="a.png" alt="">\n</figure>\n<a href=\'b.md\'>b</a>'

    assert [link.address for link in Markup(text).elements()] == ["a.png", "b.md"]


HOSTILE = (
    "[", "![", "](", "[](", "[a](", "`", "``a`", "~~~\n", "```\n", "<!--", "<pre>", "<a "
    "", "<img src=", "|-",
    "[x]: ", "* a\n", "#", "a\n-", "- ", "\\", "<", "&", "    a\n\n", "![a][", "(((", "```````\n`",
)  # fmt: skip


@pytest.mark.parametrize("sign", HOSTILE)
def test_hostile_text_takes_no_time(sign: str) -> None:
    """Two hundred thousand characters of one sign are looked through within seconds."""
    text = (sign * 200_000)[:200_000]

    started = time.process_time()
    markup = Markup(text)
    found = [*markup.addresses, *markup.headings, *markup.late_lists()]

    assert time.process_time() - started < 5
    assert len(found) <= len(text)


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("Se https://x.test/a, och www.y.test.", ["https://x.test/a", "https://www.y.test"]),
        ("(https://x.test/a_(b))", ["https://x.test/a_(b)"]),
        ("<https://x.test/>", ["https://x.test/"]),
        ("[se https://x.test](https://y.test)", ["https://x.test"]),
        ("xhttps://x.test", []),
        ("[a](https://x.test) [b](<https://x.test>)\n\n[c]: https://x.test", []),
        ("[https://x.test](https://x.test)", []),
        ('<a href="https://x.test" title=https://x.test>a</a>', []),
        ("`https://x.test`", []),
    ],
)
def test_bare_addresses(body: str, addresses: list[str]) -> None:
    """Those that stand by themselves, without the signs of the sentence around them."""
    assert [link.address for link in Markup(body).bare_addresses()] == addresses


def test_links_in_raw_html_have_words() -> None:
    """Elements inside a link are left out of its words; a picture has a description of its own."""
    body = '<a class="x" href="a.md">Läs <b>mer</b></a> <a href="b.md"><img></a> <a id="c">C</a>'

    assert [(link.text, link.address) for link in Markup(body).worded_elements()] == [
        ("Läs mer", "a.md")
    ]


def test_an_address_with_spaces() -> None:
    """Markdown takes it, so that it is followed as it is shown."""
    assert [link.address for link in Markup('[a](Min rapport.pdf "Titel")').links] == [
        "Min rapport.pdf"
    ]
