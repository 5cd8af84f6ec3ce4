"""What a mail is for that goes to one person, and is no copy of an issue."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a single mail is for."""

    CONFIRM = "confirm"
    ALREADY = "already"  # signed up, but was on the list
    LINK = "link"  # asked for the link that ends the subscription
    DATA = "data"  # asked for the link to their own data
    COPY = "copy"  # asked for a copy of their own data
    MEMO = "memo"  # to the coordinator, of whatever they are to know
