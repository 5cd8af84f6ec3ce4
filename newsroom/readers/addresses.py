"""Mail addresses: what somebody wrote, as the one form that the list knows it by."""

import unicodedata

from newsroom.errors import AddressError
from newsroom.model.saying import Saying, say

MISSING = say("there is no address")
CONTROLS = say("the address holds a line break or a control character; write it on one line")
SEVERAL = say("there is more than one address here; write one")
LETTERS = say(
    "the part before @ holds letters other than a–z, which many mail systems cannot deliver to; "
    "use another address"
)
SHAPE = say("this is not an e-mail address; write it like name@example.se")


def canonical(text: str) -> str:
    """The address in lower case, an international domain as its A-label.

    Two spellings of one address give the same text, although RFC 5321 section 2.4 would let a host
    tell `Anna@` from `anna@`: no host that we send to does. Names kept for tests (RFC 6761) are
    accepted, no name server is asked. Raises AddressError; its message never repeats the address.
    """
    from email_validator import EmailNotValidError, validate_email

    address = text.strip(" \t\u00a0")
    fault = _fault(address)
    if fault is not None:
        raise AddressError(fault)
    try:
        valid = validate_email(
            address,
            check_deliverability=False,
            allow_smtputf8=True,  # refused below, with a reason of its own
            allow_quoted_local=True,
            strict=True,  # 64 characters before @ (RFC 5321 section 4.5.3.1.1)
            test_environment=True,
        )
    except EmailNotValidError as error:
        raise AddressError(SHAPE) from error
    if valid.ascii_email is None:
        raise AddressError(LETTERS)
    return valid.ascii_email.lower()


def _fault(address: str) -> Saying | None:
    """What is wrong with an address before its syntax is looked at."""
    if not address:
        return MISSING
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in address):
        return CONTROLS
    if address.count("@") > 1 and any(separator in address for separator in ",; "):
        return SEVERAL
    return None
