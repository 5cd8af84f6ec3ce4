"""What a mail server answered, as a person reads it: what it means first, then its own words."""

from newsroom.bounces.cause import Cause
from newsroom.bounces.verdict import cause, enhanced_status, reply_code
from newsroom.model.saying import Saying, joined, say


def in_plain_words(code: str | None, reason: str | None) -> str | None:
    """An answer, with what it means where that is known; None when there is none.

    A reason that is ours, and not a server's, is said as it is.
    """
    if code is None or isinstance(reason, Saying):
        return reason if code is None else joined(": ", (code, reason or ""))
    words = _once(code, reason or "")
    meaning = cause(reply_code(code), enhanced_status(code), words)
    if meaning is Cause.UNKNOWN:
        return words
    return say("{meaning} ({words})", meaning=meaning.words, words=words)


def _once(code: str, reason: str) -> str:
    """The code and the words; servers begin their words with the status that the code has."""
    status = enhanced_status(code)
    words = reason.removeprefix(status).lstrip(" :-") if status else reason
    return f"{code} {words}".rstrip()
