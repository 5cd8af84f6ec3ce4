"""Speeds Python-Markdown up: a pattern is tried only where it can match.

It tries each of its processors on every block, and each of its patterns on every paragraph, item
and cell, most of which hold none of the signs that any of them begins with. Looking for the signs
first takes a fraction of the time, and the HTML is the same to the letter.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import TypeVar
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import ETX, STX, AtomicString, Registry

Part = TypeVar("Part")
Signs = Collection[str]

# By the names of what Python-Markdown, its footnotes and we have: one of these is in whatever it
# finds something in. A reference leads to nothing in a text without definitions, which have "]:".
_PREPROCESSORS = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
_BLOCKS = {  # those that search a block from end to end
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("--", "- ", "__", "_ ", "**", "* "),
    "quote": (">",),
    "footnote": ("]:",),
    "reference": ("]:",),
}
_INLINE = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("]:",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("]:",),
    "short_reference": ("]:",),
    "short_image_ref": ("]:",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "bare-address": ("://", "www."),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_ALWAYS = ("",)
_SIGNS = frozenset(chain(_ALWAYS, *_BLOCKS.values(), *_INLINE.values()))
_ANY_INLINE = ("`", "\\", "[", "<", "&", "*", "_", "  \n", "://", "www.")
_UNTIDY = (STX, ETX, "\r", "\t", " \n")  # whitespace, and signs of the converter's own


class Tidied(Preprocessor):
    """Whitespace made regular, in texts where any is not."""

    def __init__(self, asked: Preprocessor) -> None:
        super().__init__(asked.md)
        self._asked = asked

    def run(self, lines: list[str]) -> list[str]:
        """The lines and two empty ones."""
        ended = [*lines, "", ""]
        return self._asked.run(lines) if _holds("\n".join(ended), _UNTIDY) else ended


class SparingPreprocessor(Preprocessor):
    """A preprocessor that is asked about a text only when it holds one of some signs."""

    def __init__(self, asked: Preprocessor, signs: Signs) -> None:
        super().__init__(asked.md)
        self._asked = asked
        self._signs = signs

    def run(self, lines: list[str]) -> list[str]:
        """What the preprocessor makes of the lines."""
        return self._asked.run(lines) if _holds("\n".join(lines), self._signs) else lines


class SparingBlocks(BlockProcessor):
    """A processor of blocks that is asked about a block only when it holds one of some signs."""

    def __init__(self, asked: BlockProcessor, signs: Signs) -> None:
        super().__init__(asked.parser)
        self._asked = asked
        self._signs = signs

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether the processor may take the block."""
        return _holds(block, self._signs) and self._asked.test(parent, block)

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        """What the processor does; False when it does not take the block after all."""
        return self._asked.run(parent, blocks)


class Choice(Preprocessor):
    """Leaves out, for one text, the processors and patterns whose signs are nowhere in it."""

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        self._inline = InlineProcessor(converter)
        converter.treeprocessors.register(self._inline, "inline", 20)
        self._patterns = _with_signs(converter.inlinePatterns, _INLINE)
        self._blocks = [
            (SparingBlocks(processor, signs) if signs != _ALWAYS else processor, _within(signs))
            for processor, signs in _with_signs(converter.parser.blockprocessors, _BLOCKS)
        ]

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        text = "\n".join(lines)
        found = {sign for sign in _SIGNS if sign in text}
        self.md.parser.blockprocessors = _chosen(self._blocks, found)  # type: ignore[assignment]
        self._inline.inlinePatterns = _chosen(self._patterns, found)  # type: ignore[assignment]
        return lines


class PlainTexts(Treeprocessor):
    """Marks the texts in which no inline pattern finds anything, so that none is tried on them."""

    def run(self, root: ET.Element) -> None:
        """Mark the texts of a tree."""
        for element in root.iter():
            if element.text and not _holds(element.text, _ANY_INLINE):
                element.text = AtomicString(element.text)
            if element.tail and not _holds(element.tail, _ANY_INLINE):
                element.tail = AtomicString(element.tail)


def make_sparing(converter: Markdown) -> None:
    """Have a converter with fences, tables and footnotes look for signs first.

    Lists do for its registries: they are gone through, and asked for the one at a place.
    """
    tidy, *others = _with_signs(converter.preprocessors, _PREPROCESSORS)
    converter.preprocessors = [  # type: ignore[assignment]
        Tidied(tidy[0]),
        *(SparingPreprocessor(processor, signs) for processor, signs in others),
        Choice(converter),
    ]
    # It is asked of every element, and a set knows sooner.
    elements = frozenset(converter.block_level_elements)
    converter.block_level_elements = elements  # type: ignore[assignment]
    # Just above `inline` (20), which passes over what is marked.
    converter.treeprocessors.register(PlainTexts(converter), "plain-texts", 21)


def _with_signs(registry: Registry[Part], signs: Mapping[str, Signs]) -> list[tuple[Part, Signs]]:
    """The parts of a registry in their order, each with the signs that it is asked for."""
    by_part = {id(registry[name]): found for name, found in signs.items()}
    return [(part, by_part.get(id(part), _ALWAYS)) for part in registry]


def _within(signs: Signs) -> Signs:
    """Signs that are in a text when they are in a block of it.

    What begins a line in a block may stand behind other signs in the text.
    """
    return _ALWAYS if any("\n" in sign for sign in signs) else signs


def _chosen(parts: Iterable[tuple[Part, Signs]], found: AbstractSet[str]) -> list[Part]:
    return [part for part, signs in parts if not found.isdisjoint(signs)]


def _holds(text: str, signs: Signs) -> bool:
    for sign in signs:  # noqa: SIM110 (any() would take as long as the looking)
        if sign in text:
            return True
    return False
