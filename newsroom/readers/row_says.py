"""Whether a row of an imported list may become a reader, by what its cells say of the person."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

_YES = frozenset({"ja", "j", "yes", "y", "x", "true", "sant", "1", "ok"})
_NO = frozenset({"nej", "n", "no", "false", "falskt", "0", "-", "null", "none", "never", "aldrig"})
_NO_TIME = "0000-00-00"  # as MySQL writes a time that never was


class RowSays(StrEnum):
    """What a list says of a person, from the least to the most forbidding."""

    READER = "reader"
    UNKNOWN = "unknown"  # a status word that nobody has taught us
    UNCONFIRMED = "unconfirmed"  # signed up, but never confirmed
    NO_CONSENT = "no consent"  # the list has a column for it, and it does not say yes
    LEFT = "left"
    BOUNCED = "bounced"


_STATUS = {
    word: says
    for says, text in {
        RowSays.READER: "enabled subscribed active confirmed regular aktiv prenumerant",
        RowSays.UNCONFIRMED: "unconfirmed pending unactivated nonsubscribed transactional "
        "obekräftad",
        RowSays.LEFT: "unsubscribed disabled blocklisted blacklisted removed avslutad avanmäld",
        RowSays.BOUNCED: "cleaned bounced undeliverable suppressed complained studsat utanför",
    }.items()
    for word in text.split()
}


def says_no(cell: str) -> bool:
    """Whether a cell about something that may have happened says that it has not."""
    return cell.lower() in _NO or cell.startswith(_NO_TIME)


def row_says(cells: Mapping[str, str], columns: Sequence[str | None]) -> RowSays:
    """What is said by the cells of a row that hold something, in a list with these columns.

    "left" and "bounced" stand among them when they tell when or that it happened (see `says_no`).
    """
    if "bounced" in cells:
        return RowSays.BOUNCED
    if "left" in cells:
        return RowSays.LEFT
    if "status" in cells:
        return _STATUS.get(cells["status"].lower(), RowSays.UNKNOWN)
    if "consent" in columns and cells.get("consent", "").lower() not in _YES:
        return RowSays.NO_CONSENT
    # A column called "type" means many things; only the words that we know say something.
    return _STATUS.get(cells.get("type", "").lower(), RowSays.READER)
