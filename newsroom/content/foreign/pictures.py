"""Pictures of another site that nobody has described: each waits, and no post stays away for it."""

from collections.abc import Mapping

from newsroom.content.lint.markup import Markup
from newsroom.content.lint.picture_checks import pictures
from newsroom.content.write import Value

_CODE = "missing-alt"
# An editor takes the line away when the pictures are described.
LET_THROUGH: Mapping[str, Value] = {"checks": {_CODE: "warning"}}


def undescribed(fields: Mapping[str, Value], body: str) -> int:
    """How many pictures of a piece, told by our fields and its text, have no description."""
    image = fields.get("image")
    in_fields = isinstance(image, Mapping) and "alt" not in image
    return in_fields + sum(found.code == _CODE for found in pictures(Markup(body)))
