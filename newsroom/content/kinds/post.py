"""A news item, from its file."""

from newsroom.content.front.fields import Fields
from newsroom.content.kinds.sheet import Sheet
from newsroom.content.write import as_yaml
from newsroom.model import Placement, Post, Source
from newsroom.model.saying import say


def read_post(sheet: Sheet) -> Post:
    """The post; what stands in for a bad value never leaves `parse_piece`."""
    fields = sheet.fields
    published = fields.required_moment("date", "2026-11-02")
    return Post(
        **sheet.shared(published.date()),
        published=published,
        author=fields.text("author"),
        category=fields.text("category"),
        event=fields.slug("event"),
        members=fields.slugs("members"),
        expires=fields.moment("expires"),
        placement=fields.choice("newsletter", Placement, Placement.AUTO),
        origin=_origin(fields),
    )


def _origin(fields: Fields) -> Source | None:
    example = "source: {name: …, url: https://…}"
    source = fields.nested("source", example, lambda text: f"source: {as_yaml({'name': text})}")
    if source is None:
        return None
    return Source(source.required("name", say("who published it first")), source.url("url"))
