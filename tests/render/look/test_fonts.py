"""The typefaces that a brand can name."""

import re

import pytest

from newsroom.model import FONTS, Brand
from newsroom.render.look.fonts import fonts
from newsroom.render.mail.letter import compose
from tests.render.pieces import make_issue, make_newsroom, make_site
from tests.render.printed import NOW, packaged, printed

_GENERIC = ("serif", "sans-serif")


@pytest.mark.parametrize("name", FONTS)
def test_every_font_ends_with_one_that_every_machine_has(name: str) -> None:
    """Whatever a reader lacks, there is something left to read with; nothing is fetched."""
    stacks = fonts(name)

    for stack in (stacks.text, stacks.title, stacks.mail_text, stacks.mail_title):
        assert stack.rpartition(", ")[2] in _GENERIC
        assert re.fullmatch(r"[\w' ,-]+", stack)


def test_mails_begin_with_a_typeface_that_windows_has() -> None:
    """Outlook for Windows looks at the first name alone."""
    on_windows = {"'Segoe UI'", "Georgia", "'Palatino Linotype'", "Calibri", "Corbel", "Arial"}

    for name in FONTS:
        assert fonts(name).mail_text.partition(",")[0] in on_windows


def test_pages_and_mails_wear_the_font_of_the_brand() -> None:
    """One line of site.yaml decides the letters of both."""
    newsroom = make_newsroom(site=make_site(brand=Brand(font="humanist")))

    sheet = printed(newsroom)["style.css"]
    letter = compose(newsroom, make_issue(), "sv", NOW, packaged())

    assert "--text:Seravek,'Gill Sans Nova'," in sheet
    assert "font-family: Calibri, Seravek," in letter.html
