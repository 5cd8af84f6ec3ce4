"""The earlier slugs of a piece, written as an editor would."""

import re
from pathlib import PurePosixPath

from newsroom.content.front.front_matter import NOTHING, split
from newsroom.content.front.notes import Notes
from newsroom.content.write import add_lines, field_lines, set_fields

_BLOCK = re.compile(r"aliases:\s*(#.*)?")  # then each slug stands on a line of its own


def with_alias(text: str, slug: str, source: PurePosixPath) -> str:
    """The text of `source` with one more earlier slug, behind those that are there.

    Nothing else in it changes. Raises ContentError when the text has no front matter to read.
    """
    written = field_lines(text, "aliases", source)
    entries = [line for line in written if line.lstrip().startswith("-")]
    if entries and _BLOCK.fullmatch(written[0]):
        indent = entries[0][: -len(entries[0].lstrip())]
        return add_lines(text, "aliases", [f"{indent}- {slug}"], source)
    return set_fields(text, {"aliases": [*_there(text, source), slug]}, source)


def _there(text: str, source: PurePosixPath) -> tuple[str, ...]:
    field = (split(text, Notes(source)) or NOTHING).fields.get("aliases")
    match field.value if field else None:
        case tuple(slugs):
            return tuple(str(slug.value) for slug in slugs)
        case str(slug):
            return (slug,)
    return ()
