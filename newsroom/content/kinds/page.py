"""A standing page, from its file."""

from newsroom.content.kinds.sheet import Sheet
from newsroom.model import Page


def read_page(sheet: Sheet) -> Page:
    """The page; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    return Page(
        **sheet.shared(),
        menu=fields.text("menu"),
        order=fields.number("order") or 0,
    )
