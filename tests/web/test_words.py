"""Everything that the web says to readers is said in Swedish too."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

import newsroom
from newsroom.render.templates import default_templates
from newsroom.render.words import Words

PACKAGE = Path(newsroom.__file__).parent


def messages() -> set[str]:
    """Every message of the pages, the mails and the refusals."""
    found = set()
    for path in (default_templates() / "web").glob("*.html"):
        options = {"trim_blocks": "true", "newstyle_gettext": "true"}
        found |= {_first(one[1]) for one in extract_from_file("jinja2", path, options=options)}
    for code in ("render/mail/confirmation.py", "web/languages.py", "web/reasons.py"):
        found |= {_first(one[1]) for one in extract_from_file("python", PACKAGE / code)}
    return found


def _first(message: str | tuple[str, ...]) -> str:
    """A message; of one about a number of things the singular, which catalogues are asked for."""
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("message", sorted(messages()))
def test_every_message_has_its_swedish(message: str) -> None:
    """No page falls back to English in the middle of a sentence."""
    assert Words("sv").gettext(message) != message
