"""An organisation that belongs to the network, from its file."""

from newsroom.content.kinds.sheet import Sheet
from newsroom.model import Member
from newsroom.model.saying import say


def read_member(sheet: Sheet) -> Member:
    """The member; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    joined, left = fields.day("joined"), fields.day("left")
    if joined and left and left < joined:
        message = say("left {left} is before joined {joined}", left=left, joined=joined)
        fields.error("left", "end-before-start", message, say("write a day that comes later"))
    return Member(
        **sheet.shared(),
        type=fields.text("type"),
        joined=joined,
        left=left,
        url=fields.url("url"),
        logo=sheet.image("logo"),
    )
