import time

import pytest

from newsroom.render.text.markdown import render_html, render_markdown
from newsroom.render.text.rendered import Target


def known(address: str) -> Target:
    """Every file is there, and of one size."""
    return Target(address, size="1,2 MB")


def text_of(body: str) -> str:
    """What a text says where its files are known."""
    return render_html(body, known).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[rapporten](r.pdf)", "rapporten (PDF, 1,2 MB)</a>"),
        ("[rapporten](<../b/en rapport.pdf>)", "rapporten (PDF, 1,2 MB)</a>"),
        ("[sidan två](r.pdf#page=2)", "sidan två (PDF, 1,2 MB)</a>"),
        ("[mallen][1]\n\n[1]: m.docx", "mallen (Word, 1,2 MB)</a>"),
        ('<a href="film.mp4">filmen</a>', "filmen (MP4, 1,2 MB)</a>"),
        ('[**hela**](r.pdf "a>b")', "<strong>hela</strong> (PDF, 1,2 MB)</a>"),
        ("[`r`](r.pdf)", "<code>r</code> (PDF, 1,2 MB)</a>"),
        ("[PDF-rapporten](r.pdf)", "PDF-rapporten (1,2 MB)</a>"),
        ("[r.pdf](r.pdf)", "r.pdf (1,2 MB)</a>"),
        ("[Rapporten (PDF)](r.pdf)", "Rapporten (PDF, 1,2 MB)</a>"),
        ("[**Rapporten (PDF)**](r.pdf)", "<strong>Rapporten (PDF, 1,2 MB)</strong></a>"),
        ("[Rapporten (PDF) från maj](r.pdf)", "Rapporten (PDF) från maj (1,2 MB)</a>"),
        ("[Rapporten, 3 MB](r.pdf)", "Rapporten, 3 MB (PDF)</a>"),
        ("[Rapporten (PDF, 3 MB)](r.pdf)", "Rapporten (PDF, 3 MB)</a>"),
    ],
)
def test_a_link_to_a_file_tells_what_it_leads_to(link: str, said: str) -> None:
    """Its type and size stand at its end, as far as its own words do not tell them."""
    assert said in text_of(link)


@pytest.mark.parametrize(
    "body",
    [
        "[rapporten](https://x.test/r.pdf)",
        "[rapporten](/r.pdf)",
        "[torget](torget.jpg)",
        "[![Omslaget](omslag.jpg)](r.pdf)",
        "[mötet](../events/mote.md)",
        "[längre ner](#ner.pdf)",
        "`[rapporten](r.pdf)`",
        "![rapporten](r.pdf)",
    ],
)
def test_other_links_are_left_as_they_are(body: str) -> None:
    """Pages, pictures, other sites and code say nothing of a size."""
    assert "1,2 MB" not in text_of(body)


def test_a_file_that_is_not_there_is_told_nothing_of() -> None:
    """Without a size there is no note, and the text is as it was written."""
    rendered = render_markdown("[rapporten (PDF)](r.pdf)")

    assert rendered.html(Target).strip() == '<p><a href="r.pdf">rapporten (PDF)</a></p>'


def test_a_note_cannot_carry_markup() -> None:
    """What is filled in is escaped, whatever it is."""
    html = render_markdown("[a](r.pdf)").html(lambda a: Target(a, size="<b>"))

    assert "(PDF, &lt;b&gt;)" in html


@pytest.mark.parametrize(
    "body", ["[a (PDF)](a.pdf) " * 8_000, f"[{'(pdf) ' * 9_000}](a.pdf)", "<a href=a.pdf>" * 9_000]
)
def test_many_links_take_no_time(body: str) -> None:
    """Time grows with the length of the text."""
    started = time.process_time()
    render_markdown(body)

    assert time.process_time() - started < 5
