"""A mail system's words, cleaned for a database and a screen."""

_LONGEST = 500  # characters


def diagnostic(words: str) -> str | None:
    """Words on one line, of signs that can be shown; None where nothing is left.

    Anybody writes these words: a NUL or half a character would keep them out of a database.
    """
    shown = "".join(sign if sign.isprintable() else " " for sign in words[: 8 * _LONGEST])
    return " ".join(shown.split())[:_LONGEST] or None
