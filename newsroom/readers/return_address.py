"""VERP: a return address of its own for each copy, by which a bounce is known again.

`studs+TOKEN@example.se`, where the mail host lets a plus sign lead to `studs`. A token is 20 bytes
in base32, 32 small letters and digits, since hosts may change the case of an address: which key
(1), which subscriber (5), the key's word for them and the issue (14). It is the copy's envelope id
too (RFC 3461 section 4.4).
"""

import binascii
from base64 import b32decode, b32encode
from collections.abc import Sequence

from newsroom.model.seal import is_sealed, mark_of, marked_so, seal

_PURPOSE = b"return"
_ID = 5  # bytes, as in the token that ends a subscription
_SEAL = 14  # bytes, so that a token is whole in base32
_LENGTH = 1 + _ID + _SEAL
_NUMBERS = range(1, 2**31)  # that a database gives to subscribers


def return_token(secret: bytes, issue: str, subscriber_id: int) -> str:
    """The token of one reader's copy of one issue."""
    who = subscriber_id.to_bytes(_ID, "big")
    sealed = seal(secret, _PURPOSE, _copy(who, issue), _SEAL)
    return b32encode(mark_of(secret) + who + sealed).decode().lower()


def return_address(mailbox: str, token: str) -> str:
    """The address that mail for `mailbox` carries a token in."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_of(address: str) -> str:
    """What stands after the plus sign of an address; nothing where there is none."""
    return address.rpartition("@")[0].partition("+")[2].lower()


def claimed_reader(token: str) -> int | None:
    """Whose copy a token says it is; `is_return_token` tells whether that is true.

    Anybody can write a token, so a number that no subscriber can have is nobody's.
    """
    raw = _decode(token)
    number = 0 if raw is None else int.from_bytes(raw[1 : 1 + _ID], "big")
    return number if number in _NUMBERS else None


def is_return_token(keys: Sequence[bytes], token: str, issue: str, subscriber_id: int) -> bool:
    """Whether one of the secrets made this token for this reader's copy of this issue."""
    raw = _decode(token)
    if raw is None:
        return False
    likely, who, given = marked_so(keys, raw[:1]), raw[1 : 1 + _ID], raw[1 + _ID :]
    if int.from_bytes(who, "big") != subscriber_id:
        return False
    return is_sealed(likely, given, _PURPOSE, _copy(who, issue), _SEAL)


def _copy(who: bytes, issue: str) -> bytes:
    return who + b"\0" + issue.encode()


def _decode(token: str) -> bytes | None:
    try:
        raw = b32decode(token.upper().encode("ascii", "replace"))
    except binascii.Error:
        return None
    return raw if len(raw) == _LENGTH else None
