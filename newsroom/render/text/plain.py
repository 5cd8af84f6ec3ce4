"""What a text says, in words alone: its first paragraph, or all of its lines."""

from typing import Any

from newsroom.render.text.plain_writer import PlainWriter
from newsroom.render.text.rendered import Rendered, Target

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNFILLED = 100_000  # characters: a width at which no line is broken


def first_paragraph(text: Rendered) -> str | None:
    """The words of the first paragraph that has any, on one line; None when no paragraph has.

    What is said of files is left out, since their links are gone.
    """
    for paragraph in _tree(text.html(Target)).iter("p"):
        words = " ".join(paragraph.text_content().split())
        if words:
            return words
    return None


def plain_lines(text: Rendered) -> tuple[str, ...]:
    """Each paragraph, heading, item and row on a line of its own; links are words alone."""
    from lxml.etree import strip_tags

    tree = _tree(text.html(Target))
    strip_tags(tree, "a")
    for heading in tree.iter(*_HEADINGS):
        heading.tag = "p"
    blocks = PlainWriter(_UNFILLED).write(tree)
    return tuple(line for block in blocks for line in block.splitlines() if line)


# lxml has no types of its own, so its elements are Any here and nowhere else.
def _tree(html: str) -> Any:  # noqa: ANN401
    from lxml.html import fragment_fromstring

    return fragment_fromstring(html, create_parent="div")
