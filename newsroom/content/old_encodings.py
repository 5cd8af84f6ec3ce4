"""Texts that a program saved as it did before UTF-8: as Windows-1252 ("ANSI"), or as UTF-16."""

import codecs
import re
from typing import NamedTuple

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LETTERS = "åäöÅÄÖéÉèÈêëüÜáàâíìîïóòôúùûøØæÆçñßðþý"
_SIGNS = "–—’‘“”»«…•·§°©®€½¼¾²³´×\u00a0\u00ad"
_USUAL = frozenset(_LETTERS + _SIGNS)
# In a text of another encoding they stand where a letter should.
_IN_A_WORD = re.compile(r"[^\W\d_][“”»«…•·§°©®€½¼¾²³×][^\W\d_]|[a-zåäö][ÅÄÖÉÈÜØÆ][a-zåäö]")
_MANY = re.compile(rf"[{_LETTERS}]{{3}}")  # letters of another alphabet
_WORD = re.compile(r"\w+")


class Recoded(NamedTuple):
    """A text, and the name of what it was saved as."""

    text: str
    encoding: str

    @property
    def word(self) -> str:
        """A word by which somebody sees that the text was read as it was meant."""
        words = _WORD.findall(self.text)
        return next((word for word in words if not word.isascii()), "")


def recoded(content: bytes) -> Recoded | None:
    """The text that some bytes most likely are; None when it would not be a text in Swedish.

    UTF-16 says itself what it is. Any bytes can be read as Windows-1252: they are only where all
    that comes out is letters and signs of a Swedish text, in places where those may stand.
    """
    try:
        if content.startswith(_MARKS):
            return Recoded(content.decode("utf-16"), "UTF-16")
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    unusual = {sign for sign in text if not sign.isascii()} - _USUAL
    if unusual or "\0" in text or _IN_A_WORD.search(text) or _MANY.search(text):
        return None
    return Recoded(text, "Windows-1252 (ANSI)")
