"""The characters that every format we write can carry."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without the characters that XML 1.0, section 2.2, cannot write, and without C1.

    The same ones are control characters in calendars and mails.
    """
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, as a title or a header has it; hard spaces stay."""
    return re.sub("[ \t\n\r\u2028\u2029]+", " ", legal(text)).strip(" ")
