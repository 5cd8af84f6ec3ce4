"""What is different between two texts, as people read: paragraph by paragraph, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

_WORDS = re.compile(r"\S+\s*")
_BLANK_LINES = re.compile(r"\n\s*\n")
_RELATED = 0.5  # of two paragraphs that are more alike, one is a new wording of the other


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that is not as it was, or a number of them that are."""

    runs: tuple[Run, ...] = ()
    unchanged: int = 0  # paragraphs left out here, since they are as they were


def differences(before: str, after: str) -> tuple[Passage, ...]:
    """The changed paragraphs in their order, and how many unchanged ones stand between them.

    How a text is broken into lines makes no difference. Equal texts give nothing.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return ()
    return tuple(_passages(old, new))


def _passages(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Passage(unchanged=j - i)
        else:
            for left, right in _pairs(old[i:j], new[k:m]):
                yield Passage(tuple(_runs(left, right)))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Old paragraphs beside the new ones that took their place; what has none stands alone."""
    for left, right in zip_longest(old, new, fillvalue=""):
        likeness = SequenceMatcher(None, left.split(), right.split(), autojunk=False).ratio()
        if left and right and likeness < _RELATED:
            yield left, ""
            yield "", right
        else:
            yield left, right


def _runs(left: str, right: str) -> Iterator[Run]:
    old, new = _WORDS.findall(left), _WORDS.findall(right)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run(Change.KEPT, "".join(new[k:m]))
            continue
        if j > i:
            yield Run(Change.REMOVED, "".join(old[i:j]))
        if m > k:
            yield Run(Change.ADDED, "".join(new[k:m]))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs, each on one line."""
    parts = (" ".join(part.split()) for part in _BLANK_LINES.split(text))
    return [part for part in parts if part]
