"""What a refusal says about an address: the reply code, the enhanced status, the words around.

One table serves both a reply that comes while we speak with a server and a report that comes back
later.
"""

import re

from newsroom.bounces import phrases
from newsroom.model.delivery import BounceSeverity

# Enhanced status codes (RFC 3463, and the registry of RFC 5248), without their class.
_NO_SUCH_ADDRESS = {"1.1", "1.2", "1.3", "1.6", "1.10", "4.4"}
_SENDERS_FAULT = {"1.7", "1.8", "3.4", "2.3"}  # the last two: our message is too large
_NOT_NOW = {
    "2.2",
    "3.1",
    "3.2",
    "3.5",
    "4.1",
    "4.2",
    "4.3",
    "4.5",
    "4.6",
    "4.7",
    "4.10",
    "4.14",
    "4.316",
}
_NOT_IN_USE = "2.1"  # closed for good, or for a while
_ABOUT_CONTENT = re.compile(r"[67]\.")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3}\.\d{1,3})(?!\.?\d)")  # and no IP address
_CODE = re.compile(r"(?<![\d.@:])([45]\d\d)(?=[ \-#:]|$)(?![-.]\d{2,3}[-.])", re.MULTILINE)
_POLICY_STATUS = re.compile(r"\b5\.7\.\d")  # a relay may quote the receiver's under its own
_ADDRESS = re.compile(
    r"<?\S{1,100}@[\w.\[\]-]{1,200}>?|(?<=[\w.])/\S*"
)  # whose words mean nothing here
_IN_ORDER = (
    (phrases.ABOUT_US, BounceSeverity.POLICY),
    (phrases.NO_SUCH_ADDRESS, BounceSeverity.HARD),
    (phrases.FULL, BounceSeverity.SOFT),
    (phrases.REFUSED, BounceSeverity.POLICY),
    (phrases.NOT_NOW, BounceSeverity.SOFT),
)
_BY_CODE = {  # RFC 5321 section 4.2.3
    551: BounceSeverity.HARD,  # not local
    552: BounceSeverity.SOFT,  # storage exceeded
    553: BounceSeverity.HARD,  # no such name is allowed
    556: BounceSeverity.HARD,  # the domain takes no mail (RFC 7504)
}
_TENANT_HAS_NONE = re.compile("address rejected: access denied", re.IGNORECASE)  # Exchange Online
_SPACE = re.compile(r"\s+")
_LONGEST = 4_000  # characters that are looked through


def enhanced_status(text: str) -> str | None:
    """The first enhanced status in a server's words: `5.1.1`."""
    found = _STATUS.search(text)
    return None if found is None else f"{found[1]}.{found[2]}"


def reply_code(text: str) -> int | None:
    """The first SMTP reply code of a refusal in a server's words: 550."""
    found = _CODE.search(text[:_LONGEST])
    return None if found is None else int(found[1])


def severity(code: int | None, status: str | None, words: str) -> BounceSeverity:
    """How a refusal is to be taken; nobody is called dead on words that could mean us.

    `code` is the SMTP reply (550) where there is one, `status` the enhanced one (5.1.1).
    """
    said = _SPACE.sub(" ", _ADDRESS.sub(" ", words[:_LONGEST]))
    known = status or str(code or "")
    if known.startswith("4"):
        return _passing(status, said)
    by_status = _by_status((status or "").partition(".")[2], said)
    return by_status if by_status is not None else _by_words(None if status else code, said)


def _passing(status: str | None, said: str) -> BounceSeverity:
    """Of what may pass; that a receiver distrusts us does not pass by itself."""
    distrusted = (status or "").startswith("4.7") and phrases.ABOUT_US.search(said)
    return BounceSeverity.POLICY if distrusted else BounceSeverity.SOFT


def _by_status(detail: str, said: str) -> BounceSeverity | None:
    """What a status says by itself, unless the words beside it say otherwise."""
    is_unknown = phrases.NO_SUCH_ADDRESS.search(said)
    if _POLICY_STATUS.search(said) or _ABOUT_CONTENT.match(detail):
        is_address = is_unknown and not phrases.ABOUT_US.search(said)
        return BounceSeverity.HARD if is_address else BounceSeverity.POLICY
    if detail in _SENDERS_FAULT:
        return BounceSeverity.POLICY
    if detail == "4.1" and _TENANT_HAS_NONE.search(said):
        return BounceSeverity.HARD
    if detail in _NO_SUCH_ADDRESS:
        return BounceSeverity.HARD if is_unknown else _by_words_or(said, BounceSeverity.HARD)
    if detail in _NOT_NOW:
        return BounceSeverity.SOFT
    if detail == _NOT_IN_USE:
        return _by_words_or(said, BounceSeverity.SOFT)
    return None


def _by_words_or(said: str, otherwise: BounceSeverity) -> BounceSeverity:
    found = _by_words(None, said)
    return otherwise if found is BounceSeverity.UNKNOWN else found


def _by_words(code: int | None, said: str) -> BounceSeverity:
    for pattern, kind in _IN_ORDER:
        if pattern.search(said):
            return kind
    return _BY_CODE.get(code or 0, BounceSeverity.UNKNOWN)
