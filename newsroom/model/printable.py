"""Texts that strangers wrote, without characters that could harm a terminal or a database."""

from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def printable(text: str, instead: str = REPLACEMENT) -> str:
    """The text with another character in place of each that cannot be shown.

    Those are control characters, NUL and line ends among them, and halves of a character.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else instead for sign in text)


def in_short(text: str, most: int) -> str:
    """The beginning of a text on one line, at most `most` characters of it."""
    beginning = printable(text[: 8 * most], " ")  # however long the text, and however blank
    return " ".join(beginning.split())[:most]
