"""What somebody agrees to is what the form shows, on every page that has the form."""

from dataclasses import replace

import pytest
from markupsafe import escape

from newsroom.model import Newsroom
from newsroom.render.consent import consent_wording
from newsroom.render.pages.frame import make_frame
from newsroom.render.templates import Templates, default_templates
from newsroom.render.words import Words
from tests.web.house import SITE

TEMPLATES = Templates([default_templates()])


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_form_shows_the_sentence_that_is_logged(lang: str) -> None:
    """Letter by letter, however the newsroom is called."""
    site, words = replace(SITE, name="Öberg & Co <nytt>", language=lang), Words(lang)
    frame = make_frame(Newsroom(site=site), logo=None, style="style.css")

    form = TEMPLATES.render("web/sign_up_form.html", words, frame=frame)

    assert f">{escape(consent_wording(site, words))}\n" in form


def test_no_template_has_a_sentence_of_its_own() -> None:
    """Else a newsroom could log what nobody was shown."""
    written = [path.read_text(encoding="utf-8") for path in default_templates().rglob("*.html")]

    assert not [text for text in written if "I want the newsletter" in text]


def test_the_words_of_consent_are_in_the_readers_language() -> None:
    """Swedish and English both name the sender and say how to leave."""
    swedish, english = (consent_wording(SITE, Words(lang)) for lang in ("sv", "en"))

    assert swedish.startswith(f"Jag vill ha nyhetsbrevet från {SITE.name}")
    assert english.startswith(f"I want the newsletter of {SITE.name}")
