"""Finds the cause of a refusal, from its reply code, its enhanced status and its words.

One table serves both a reply that comes while we speak with a server and a report that comes back
later. The evidence is weighed in this order, and the first that decides is believed:

1. A local program's own fault (`procmail: couldn't create`), whatever status its system adds: it
   tells of a machine, and many systems report each failure of such a program as 5.1.1.
2. The class of the status, or of the reply: what begins with 4 may pass, so nobody is struck for
   it. That a receiver distrusts us does not pass by itself.
3. The status, where it is a precise one (RFC 3463, the registry of RFC 5248), unless the words
   beside it say more: systems put 5.1.1 before "refused for your reputation", and 5.7.1 before
   "no such user".
4. The words: first those that speak of us, so that nobody is called dead for our fault.
5. The reply code alone (RFC 5321 section 4.2.3).

An address is called gone only on good evidence: a precise status, a refusal of the recipient, or
the system's own word. "User unknown" in a reply that somebody quotes, without a status and without
saying what it was the reply to, may be a filter's excuse.
"""

import re

from newsroom.bounces import phrases
from newsroom.bounces.cause import Cause
from newsroom.bounces.stage import Stage
from newsroom.model.delivery import BounceSeverity

# Enhanced statuses without their class.
_BY_STATUS = {
    # Words beside these may say otherwise.
    **dict.fromkeys(("1.1", "1.2", "1.3", "1.6", "1.10", "4.4"), Cause.GONE),
    "2.1": Cause.CLOSED,
    # These are believed.
    **dict.fromkeys(("1.7", "1.8"), Cause.DISTRUST),  # the sender's address
    **dict.fromkeys(("2.3", "3.4"), Cause.CONTENT),  # too large for the mailbox, or for the system
    "2.2": Cause.FULL,
    **dict.fromkeys(("2.121", "2.122", "4.5"), Cause.BUSY),
    **dict.fromkeys(("3.1", "3.2", "3.5"), Cause.BROKEN),
    **dict.fromkeys(("4.1", "4.2", "4.3", "4.6", "4.7"), Cause.BROKEN),
    **dict.fromkeys(("4.10", "4.14", "4.316"), Cause.BROKEN),
}
_WORDS_MAY_DIFFER = {Cause.GONE, Cause.CLOSED}
_OF_THE_MAILBOX = {Cause.GONE, Cause.FULL, Cause.CLOSED, Cause.FILTERED}
_ABOUT_CONTENT, _ABOUT_TRUST = "6.", "7."
# "Other", "other mailbox status", and one by which there is a mailbox: no proof that there is none.
_NO_PROOF = {"0.0", "2.0", "2.1"}
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3}\.\d{1,3})(?!\.?\d)")  # and no IP address
_CODE = re.compile(r"(?<![\d.@:])([45]\d\d)(?=[ \-#:]|$)(?![-.]\d{2,3}[-.])", re.MULTILINE)
_POLICY_STATUS = re.compile(r"\b5\.7\.\d")  # a relay may quote the receiver's under its own
# Their words mean nothing here.
_ADDRESS = re.compile(r"<?\S{1,100}@[\w.\[\]-]{1,200}>?|(?<=[\w.])/\S*")
_IN_ORDER = (
    (phrases.RESTRICTED, Cause.FILTERED),
    (phrases.TOO_MUCH, Cause.BUSY),
    (phrases.ABOUT_US, Cause.DISTRUST),
    (phrases.NO_SUCH_ADDRESS, Cause.GONE),
    (phrases.FULL, Cause.FULL),
    (phrases.REFUSED, Cause.CONTENT),
    (phrases.CLOSED, Cause.CLOSED),
    (phrases.BROKEN, Cause.BROKEN),
)
_BY_CODE = {  # RFC 5321 section 4.2.3
    551: Cause.GONE,  # not local
    552: Cause.FULL,  # storage exceeded
    553: Cause.GONE,  # no such name is allowed
    556: Cause.GONE,  # the domain takes no mail (RFC 7504)
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


def cause(
    code: int | None, status: str | None, words: str, stage: Stage = Stage.RECIPIENT
) -> Cause:
    """Why a server refused; nobody is called dead on words that could mean us.

    `code` is the SMTP reply (550) where there is one, `status` the enhanced one (5.1.1).
    """
    said = _SPACE.sub(" ", _ADDRESS.sub(" ", words[:_LONGEST]))
    if phrases.MACHINE.search(said):
        return Cause.BROKEN
    detail = (status or "").partition(".")[2]
    if (status or str(code or "")).startswith("4"):
        return _passing(detail, said)
    found = _by_status(detail, said) or _by_words(None if status else code, said)
    if found is Cause.GONE and not _is_proven(code, detail, stage):
        return Cause.FILTERED
    return found


def _passing(detail: str, said: str) -> Cause:
    """Of what may pass: nobody is gone, but we may be distrusted."""
    in_words = _by_words(None, said)
    if in_words not in {Cause.GONE, Cause.UNKNOWN, Cause.CONTENT}:
        return in_words
    by_status = _BY_STATUS.get(detail, Cause.BUSY)
    return by_status if by_status.severity is BounceSeverity.SOFT else Cause.BUSY


def _by_status(detail: str, said: str) -> Cause | None:
    """What a status comes to with the words beside it; None where it does not decide."""
    if _POLICY_STATUS.search(said) or detail.startswith((_ABOUT_CONTENT, _ABOUT_TRUST)):
        return _of_policy(detail, said)
    if detail == "4.1" and _TENANT_HAS_NONE.search(said):
        return Cause.GONE
    found = _BY_STATUS.get(detail)
    if found not in _WORDS_MAY_DIFFER:
        return found
    if phrases.NO_SUCH_ADDRESS.search(said) and not phrases.RESTRICTED.search(said):
        return Cause.GONE
    in_words = _by_words(None, said)
    return found if in_words is Cause.UNKNOWN else in_words


def _of_policy(detail: str, said: str) -> Cause:
    """Of a status of policy or of content; some give it to each refusal, an unknown user too."""
    in_words = _by_words(None, said)
    if in_words in _OF_THE_MAILBOX:
        return in_words
    return Cause.CONTENT if detail.startswith(_ABOUT_CONTENT) else Cause.DISTRUST


def _by_words(code: int | None, said: str) -> Cause:
    for pattern, found in _IN_ORDER:
        if pattern.search(said):
            return found
    return _BY_CODE.get(code or 0, Cause.UNKNOWN)


def _is_proven(code: int | None, detail: str, stage: Stage) -> bool:
    """Whether it is good evidence that an address is gone."""
    if stage is Stage.TEXT:
        return False
    is_precise = bool(detail) and detail not in _NO_PROOF
    is_own_word = code is None and not detail
    return stage is Stage.RECIPIENT or is_precise or is_own_word
