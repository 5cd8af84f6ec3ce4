"""A mail system's words, cleaned for a database and a screen."""

from newsroom.model.printable import in_short

_LONGEST = 500  # characters


def diagnostic(words: str) -> str | None:
    """Words on one line, of signs that can be shown; None where nothing is left.

    Anybody writes these words: a NUL or half a character would keep them out of a database.
    """
    return in_short(words, _LONGEST) or None
