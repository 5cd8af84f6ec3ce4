"""A person, from a file."""

from newsroom.content.kinds.sheet import Sheet
from newsroom.model import Contact


def read_contact(sheet: Sheet) -> Contact:
    """The contact; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    return Contact(
        **sheet.shared(title="name"),
        role=fields.text("role"),
        organisation=fields.text("organisation"),
        email=fields.email("email"),
        phone=fields.text("phone"),
        photo=sheet.image("photo"),
        groups=fields.texts("groups"),
        party=fields.text("party"),
        order=fields.number("order") or 0,
        until=fields.end_of_day("until"),
        verified=fields.day("verified"),
    )
