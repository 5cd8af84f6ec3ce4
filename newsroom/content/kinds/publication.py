"""A report, manual or paper, from the card beside its file."""

from newsroom.content.kinds.sheet import Sheet
from newsroom.model import Publication


def read_publication(sheet: Sheet) -> Publication:
    """The publication; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    published = fields.required_moment("date", "2026-11-02")
    return Publication(
        **sheet.shared(published.date()),
        published=published,
        file=fields.path("file") or sheet.source.with_suffix(".pdf"),
        author=fields.text("author"),
        members=fields.slugs("members"),
    )
