"""Removes characters that XML, mail or calendars cannot carry."""

import re
from functools import cache


@cache
def _forbidden() -> re.Pattern[str]:
    """Compiled when it is first asked for, since that takes a millisecond."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that XML 1.0, section 2.2, cannot write, and without C1.

    The same ones are control characters in calendars and mails.
    """
    return _forbidden().sub("", text)


def one_line(text: str) -> str:
    """The text on one line, as a title or a header has it; hard spaces stay."""
    return re.sub("[ \t\n\r\u2028\u2029]+", " ", legal(text)).strip(" ")
