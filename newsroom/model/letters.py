"""Letters in one form: å is one letter, and not an a and a ring.

macOS and some programs write the second (Unicode Normalization Form D). All texts and names in the
house are in Form C, as browsers and editors write them (Unicode Standard Annex 15).
"""

from unicodedata import normalize


def composed(text: str) -> str:
    """The same text in Form C; no line in it moves."""
    return text if text.isascii() else normalize("NFC", text)
