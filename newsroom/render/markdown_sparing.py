"""Python-Markdown asked only where there is something to find.

It tries each of its patterns on every paragraph, item and cell, most of which hold none of the
signs that any pattern begins with. Looking for the signs first takes a fraction of the time, and
the HTML is the same to the letter.
"""

from collections.abc import Collection
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

# Without one of these no inline pattern finds anything: not those of Python-Markdown, nor that of
# its footnotes, nor ours of bare addresses.
_INLINE_SIGNS = ("`", "\\", "[", "<", "&", "*", "_", "  \n", "://", "www.")


class _Signs(NamedTuple):
    """A processor of blocks by its name and priority, and what any block holds that it takes."""

    name: str
    priority: int
    signs: Collection[str]


_BLOCK_SIGNS = (  # of those that search a block from end to end
    _Signs("table", 75, ("|",)),
    _Signs("hashheader", 70, ("#",)),
    _Signs("setextheader", 60, ("\n=", "\n-")),
    _Signs("hr", 50, ("--", "- ", "__", "_ ", "**", "* ")),
    _Signs("quote", 20, (">",)),
    _Signs("footnote", 17, ("]:",)),
    _Signs("reference", 15, ("]:",)),
)


class PlainTexts(Treeprocessor):
    """Marks the texts in which no inline pattern finds anything, so that none is tried on them."""

    def run(self, root: ET.Element) -> None:
        """Mark the texts of a tree."""
        for element in root.iter():
            if element.text and not _holds(element.text, _INLINE_SIGNS):
                element.text = AtomicString(element.text)
            if element.tail and not _holds(element.tail, _INLINE_SIGNS):
                element.tail = AtomicString(element.tail)


class Sparing(BlockProcessor):
    """A processor of blocks that is asked about a block only when it holds one of some signs."""

    def __init__(self, asked: BlockProcessor, signs: Collection[str]) -> None:
        super().__init__(asked.parser)
        self._asked = asked
        self._signs = signs

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether the processor may take the block."""
        return _holds(block, self._signs) and self._asked.test(parent, block)

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        """What the processor does; False when it does not take the block after all."""
        return self._asked.run(parent, blocks)


def make_sparing(converter: Markdown) -> None:
    """Have a converter with tables and footnotes look for signs first."""
    # Just above `inline` (20), which passes over what is marked.
    converter.treeprocessors.register(PlainTexts(converter), "plain-texts", 21)
    processors = converter.parser.blockprocessors
    for name, priority, signs in _BLOCK_SIGNS:
        processors.register(Sparing(processors[name], signs), name, priority)


def _holds(text: str, signs: Collection[str]) -> bool:
    for sign in signs:  # noqa: SIM110 (any() would take as long as the looking)
        if sign in text:
            return True
    return False
