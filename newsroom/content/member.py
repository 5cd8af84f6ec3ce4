"""An organisation that belongs to the network, from its file."""

from newsroom.content.sheet import Sheet
from newsroom.model import Member


def read_member(sheet: Sheet) -> Member:
    """The member; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    joined, left = fields.day("joined"), fields.day("left")
    if joined and left and left < joined:
        message = f"left {left} is before joined {joined}"
        fields.error("left", "end-before-start", message, "write a day that comes later")
    return Member(
        **sheet.shared(),
        type=fields.text("type"),
        joined=joined,
        left=left,
        url=fields.url("url"),
        logo=sheet.image("logo"),
    )
