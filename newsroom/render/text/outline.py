"""The headings of a text as an outline that skips no level, whatever levels they were given."""

import re
from collections.abc import Iterable, Iterator

_HIGHEST, _LOWEST = 2, 6  # the page has its title in h1
_HEADING = re.compile(r"(</?h)([1-6])(?=[ >])")


def whole_outline(html: str) -> str:
    """Sanitised HTML with each heading one level below the one that it stands under.

    A heading stands under the nearest one before it of a higher level, else under the title of the
    page. Headings that skip no level are as they were.
    """
    signs = _HEADING.findall(html)
    given = [int(level) for before, level in signs if before == "<h"]
    shown = list(levels_below(given))
    if shown == given:
        return html
    levels = iter([level for level in shown for _ in ("start", "end")])
    return _HEADING.sub(lambda sign: f"{sign[1]}{next(levels)}", html)


def levels_below(given: Iterable[int]) -> Iterator[int]:
    """The level of each heading in an outline that begins below a page's title."""
    above: list[int] = []
    for level in given:
        while above and above[-1] >= level:
            above.pop()
        yield min(_HIGHEST + len(above), _LOWEST)
        above.append(level)
