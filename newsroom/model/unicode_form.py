"""Unicode normalization: one form for å, whether it was typed as one character or as two.

macOS and some programs write å as an a and a combining ring (Form D). All texts and file names in
newsroom are in Form C, as browsers and editors write them (Unicode Standard Annex 15).
"""

from unicodedata import normalize


def composed(text: str) -> str:
    """The same text in Normalization Form C; line numbers stay as they are."""
    return text if text.isascii() else normalize("NFC", text)
