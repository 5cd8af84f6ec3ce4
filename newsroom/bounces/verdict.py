"""What a refusal says about an address: the reply code, the enhanced status, the words around."""

import re

from newsroom.model.delivery import BounceSeverity

# Enhanced status codes (RFC 3463, and the registry of RFC 5248).
_NO_SUCH_ADDRESS = {"1.1", "1.2", "1.3", "1.6", "1.10", "4.4"}
_SENDERS_FAULT = {"1.7", "1.8"}
_NOT_NOW = {"2.2", "3.4", "4.7"}  # mailbox full, message too large, expired on the way
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3}\.\d{1,3})(?!\.?\d)")  # and no IP address
_POLICY_STATUS = re.compile(r"\b5\.7\.\d")  # a relay may quote the receiver's under its own
_POLICY_WORDS = re.compile(
    r"\bspf\b|\bdkim\b|\bdmarc\b|\bspam\b|block(ed|list)|black ?list|denylist|reputation|"
    r"not allowed to send|sender (address )?rejected|relay(ing)? (access )?denied|"
    r"SubmissionQuotaExceeded|policy|banned|authentication required",
    re.IGNORECASE,
)
_UNKNOWN_WORDS = re.compile(
    r"(user|recipient|mailbox|address|account|person|alias)( is| was|:)? ?"
    r"(unknown|not found|does ?n.t exist|does not exist|not exist|invalid|unavailable|disabled|"
    r"inactive|no longer)|"
    r"(no such|unknown|invalid|nonexistent|non-existent) (user|recipient|mailbox|address|person|"
    r"local user|account)|no mailbox here|not our customer|address rejected",
    re.IGNORECASE,
)
_FULL_WORDS = re.compile(r"full|quota|too (large|big)|size|storage", re.IGNORECASE)
_CLOSED_WORDS = re.compile(
    r"disabled|unknown|inactive|no longer|suspended|deactivated|closed", re.IGNORECASE
)


def enhanced_status(text: str) -> str | None:
    """The first enhanced status in a server's words: `5.1.1`."""
    found = _STATUS.search(text)
    return None if found is None else f"{found[1]}.{found[2]}"


def severity(code: int | None, status: str | None, words: str) -> BounceSeverity:
    """How a refusal is to be taken; nobody is called dead on words that could mean us.

    `code` is the SMTP reply (550) where there is one, `status` the enhanced one (5.1.1).
    """
    permanent = (status or str(code or "")).startswith("5")
    if not permanent:
        return BounceSeverity.SOFT if status or code else BounceSeverity.UNKNOWN
    by_status = _by_status(status, words)
    return by_status if by_status is not None else _by_words(code, words)


def _by_status(status: str | None, words: str) -> BounceSeverity | None:
    detail = (status or "").partition(".")[2]
    if detail.startswith("7.") or detail in _SENDERS_FAULT or _POLICY_STATUS.search(words):
        return BounceSeverity.POLICY
    if detail in _NO_SUCH_ADDRESS:
        return BounceSeverity.HARD
    if detail in _NOT_NOW:
        return BounceSeverity.SOFT
    if detail == "2.1":
        return BounceSeverity.HARD if _CLOSED_WORDS.search(words) else BounceSeverity.SOFT
    return None


def _by_words(code: int | None, words: str) -> BounceSeverity:
    if _POLICY_WORDS.search(words):
        return BounceSeverity.POLICY
    if _UNKNOWN_WORDS.search(words):
        return BounceSeverity.HARD
    if code == 552 or _FULL_WORDS.search(words):  # noqa: PLR2004 (RFC 5321: storage exceeded)
        return BounceSeverity.SOFT
    return BounceSeverity.UNKNOWN
