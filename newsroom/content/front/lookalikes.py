"""Names that one may have meant by another, found without comparing it with all of them."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

_EACH_WAY = 3


class Lookalikes:
    """Many names, of which a few that begin or end most like another are soon found."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._backwards = sorted(name[::-1] for name in self._names)

    def of(self, name: str) -> tuple[str, ...]:
        """A dozen names at most. A slip in one place leaves what stands before or after it."""
        ends = (found[::-1] for found in _around(self._backwards, name[::-1]))
        return tuple(dict.fromkeys((*_around(self._names, name), *ends)))


def _around(names: Sequence[str], name: str) -> Iterator[str]:
    """The names before and after the place where one would stand."""
    place = bisect(names, name)
    yield from names[max(0, place - _EACH_WAY) : place + _EACH_WAY]
