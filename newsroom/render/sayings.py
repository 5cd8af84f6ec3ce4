"""What newsroom says to the people at the desk, in their language."""

from newsroom.model.saying import Saying
from newsroom.render.words import Words


def in_language(text: str, lang: str) -> str:
    """A saying in that language (BCP 47); any other text, and what has no translation, as it is."""
    return text.said(Words(lang).gettext) if isinstance(text, Saying) else text
