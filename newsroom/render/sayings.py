"""What newsroom says to the people at the desk, in their language."""

from functools import cache
from gettext import NullTranslations, translation

from newsroom.model.saying import Saying
from newsroom.render.words import CATALOGUES


def in_language(text: str, lang: str) -> str:
    """A saying in that language (BCP 47); any other text, and what has no translation, as it is."""
    return text.said(_catalogue(lang).gettext) if isinstance(text, Saying) else text


@cache
def _catalogue(lang: str) -> NullTranslations:
    """The desk's own catalogue, read once: its short words mean other things on the pages."""
    names = [lang.replace("-", "_"), lang.partition("-")[0]]
    return translation("desk", CATALOGUES, names, fallback=True)
