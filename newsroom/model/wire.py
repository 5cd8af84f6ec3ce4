"""A message that is ready for SMTP as it is (CRLF, no dots to double), and marked as such."""


class WireText(bytes):
    """A message whose every line ends in CRLF, the last one too, while none begins with a dot.

    SMTP carries it as it is (RFC 5321 sections 2.3.8 and 4.5.2). Whoever makes one vouches for it:
    a letter is looked through once, not for each of its readers.
    """

    __slots__ = ()


def travels(*parts: bytes) -> bool:
    """Whether SMTP carries these parts of a message as they are, whatever stands between them."""
    text = b"\r\n".join((b"", *parts, b""))
    ends_alike = text.count(b"\n") == text.count(b"\r") == text.count(b"\r\n")
    return ends_alike and b"\r\n." not in text
