"""Whether a finished message can be carried by any mail server: sizes, lines, headers."""

from email.parser import BytesHeaderParser
from email.utils import getaddresses

from newsroom.model.saying import Saying, say

_LONGEST = 998  # octets of a line (RFC 5322 section 2.1.1)
_HOLE = b"newsroom-hole"
_NEEDED = ("From", "Date", "Message-ID", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post")
_PARSER = BytesHeaderParser()  # the old policy: the new one takes each header apart, in 8 ms


def unsound(message: bytes, recipient: str) -> Saying | None:
    """What is wrong with a message to this address; None when nothing is."""
    if not message.isascii():
        return say("it has letters that not every mail server carries")
    lines = message.split(b"\r\n")
    if message.count(b"\r") + message.count(b"\n") != 2 * (len(lines) - 1):
        # A bare one means a line's end to some servers only (RFC 5321 section 2.3.8).
        return say("it has a line end that mail does not allow")
    if max(map(len, lines)) > _LONGEST:
        return say("it has a line of more than 998 characters")
    if _HOLE in message:
        return say("something personal in it was not filled in")
    return _of_the_headers(message, recipient)


def _of_the_headers(message: bytes, recipient: str) -> Saying | None:
    head, _, _ = message.partition(b"\r\n\r\n")
    headers = _PARSER.parsebytes(head)
    missing = [name for name in _NEEDED if len(headers.get_all(name, [])) != 1]
    if missing:
        return say("it has not one of each: {names}", names=", ".join(missing))
    to = [address for _, address in getaddresses(headers.get_all("To", []))]
    if to != [recipient]:
        return say("it is addressed to {names}", names=", ".join(to) or "-")
    return None
