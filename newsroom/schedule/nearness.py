"""The known word that a misspelt one most likely means (edit distance, å as a)."""

import unicodedata
from collections.abc import Iterable

_SHORT = 5  # letters: in a word of so few a second slip makes another word of it


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that fewest slips lead to, of several the first; None when none is near.

    Keyboards without å, ä and ö write a, a and o, which is a smaller slip than any other: `mondag`
    is one away from måndag, `lordag` is lördag.
    """
    written = word.casefold()
    found = min(known, key=lambda other: _distance(written, other), default=None)
    return found if found is not None and _is_near(written, found) else None


def _distance(written: str, known: str) -> tuple[int, bool]:
    """How far apart two words are; of equals the one that begins with the same letter is nearer."""
    bare, meant = _without_marks(written), _without_marks(known)
    return _slips(bare, meant), bare[:1] != meant[:1]


def _is_near(written: str, known: str) -> bool:
    slips, begins_otherwise = _distance(written, known)
    if slips > 1 and begins_otherwise:
        return False
    longest = max(len(written), len(known))
    return slips <= (1 if longest <= _SHORT else 2) and slips < longest - 1


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _slips(written: str, meant: str) -> int:
    """How many letters to put in, leave out, change, or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(written, 1):
        above, row_before = row, before
        row = [i]
        for j, other in enumerate(meant, 1):
            fewest = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and written[i - 2] == other:
                fewest = min(fewest, row_before[j - 2] + 1)
            row.append(fewest)
        before = above
    return row[-1]
