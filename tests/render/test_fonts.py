"""The typefaces that a brand can name."""

import re

import pytest

from newsroom.model import FONTS
from newsroom.render.fonts import fonts

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
