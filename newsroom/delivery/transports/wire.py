"""SMTP framing: lines that end in CRLF, dots that are doubled, the dot at the end."""

from newsroom.model.wire import WireText


def with_crlf(message: bytes) -> bytes:
    """The message with CRLF at the end of every line, the last one too (RFC 5321 section 2.3.8)."""
    if isinstance(message, WireText):
        return message
    if not len(message.splitlines()) == message.count(b"\n") == message.count(b"\r"):
        lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        message = lines.replace(b"\n", b"\r\n")
    return message if message.endswith(b"\r\n") else message + b"\r\n"


def on_the_wire(message: bytes) -> bytes:
    """What follows DATA: dots at the beginnings of lines doubled (RFC 5321 section 4.5.2)."""
    if isinstance(message, WireText):
        return message + b".\r\n"
    lines = with_crlf(message)
    if b"\r\n." in lines:  # looking is quicker than replacing nothing
        lines = lines.replace(b"\r\n.", b"\r\n..")
    first_dot = b"." if lines.startswith(b".") else b""
    return b"".join((first_dot, lines, b".\r\n"))
