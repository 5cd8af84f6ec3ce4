"""The key to an approver's calendar of deadlines: it opens that calendar, and nothing else.

It has no end, since nobody renews an address in Outlook. It is the newest secret's word alone, so
that a change of secret takes back every address that was given out before.
"""

from collections.abc import Iterable

from newsroom.model.seal import SEAL, from_base64url, is_sealed, seal, to_base64url

_PURPOSE = b"deadlines"


def calendar_token(secret: bytes, approver: str) -> str:
    """The key of one approver: 16 bytes in base64url, 22 characters."""
    return to_base64url(seal(secret, _PURPOSE, approver.encode()))


def calendar_of(secret: bytes, token: str, approvers: Iterable[str]) -> str | None:
    """Which of these people a key was given to; None when it is not one of ours, or of before."""
    given = from_base64url(token, SEAL)
    if given is None:
        return None
    theirs = (slug for slug in approvers if is_sealed((secret,), given, _PURPOSE, slug.encode()))
    return next(theirs, None)
