"""The characters that every format we write can carry."""

import re

# A table, since the pattern that says the same takes long to compile.
_FORBIDDEN = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF}
    - {ord("\t"), ord("\n"), ord("\r")}
)


def legal(text: str) -> str:
    """The text without the characters that XML 1.0, section 2.2, cannot write, and without C1.

    The same ones are control characters in calendars and mails.
    """
    return text.translate(_FORBIDDEN)


def one_line(text: str) -> str:
    """The text on one line, as a title or a header has it; hard spaces stay."""
    return re.sub("[ \t\n\r\u2028\u2029]+", " ", legal(text)).strip(" ")
