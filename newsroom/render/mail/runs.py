"""The text of a letter with the colours and sizes it is shown in, for the lint."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_LENGTH = re.compile(r"([\d.]+)\s*(px|pt|em|rem|%)")
_PIXELS = {"px": 1.0, "pt": 4 / 3}  # the rest are shares of what is around
_ROOT = 16.0  # pixels, of a browser that nobody has set
_LONGEST = 40


class Run(NamedTuple):
    """Some words, or what a picture says where it is not shown."""

    words: str  # as many as name the place
    tag: str
    ink: str  # #rrggbb
    paper: str
    size: float  # pixels


def runs(document: Any) -> Iterator[Run]:  # noqa: ANN401 (lxml has no types)
    """Every run of words that readers see, in their order.

    What is hidden from sight, as the preheader is, is not among them.
    """
    yield from _runs(document.find("body"), Run("", "body", "#000000", "#ffffff", _ROOT))


def _runs(element: Any, around: Run) -> Iterator[Run]:  # noqa: ANN401
    if not isinstance(element.tag, str) or element.tag == "style":
        return
    style = styles(element)
    if style.get("display") == "none":
        return
    here = Run(
        "",
        element.tag,
        colour(style.get("color", "")) or around.ink,
        _background(element, style) or around.paper,
        _size(style.get("font-size", ""), around.size),
    )
    said = element.get("alt", "") if element.tag == "img" else element.text
    yield from _said(said, here)
    for child in element:
        yield from _runs(child, here)
        yield from _said(child.tail, here)


def _said(text: str | None, here: Run) -> Iterator[Run]:
    words = " ".join((text or "").split())
    if words.strip("\xa0\ufeff\u2007"):
        yield here._replace(words=words[:_LONGEST])


def styles(element: Any) -> dict[str, str]:  # noqa: ANN401
    """The declarations of an element's own style."""
    pairs = (each.partition(":") for each in element.get("style", "").split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip() for name, _, value in pairs
    }


def colour(written: str) -> str | None:
    """A colour as #rrggbb; None for what names none by itself, such as `inherit`."""
    from PIL.ImageColor import getrgb

    try:
        red, green, blue = getrgb(written)[:3]
    except ValueError:
        return None
    return f"#{red:02x}{green:02x}{blue:02x}"


def _background(element: Any, style: dict[str, str]) -> str | None:  # noqa: ANN401
    shorthand = style.get("background", "").split()
    candidates = (style.get("background-color", ""), *shorthand, element.get("bgcolor", ""))
    return next(filter(None, map(colour, candidates)), None)


def _size(written: str, around: float) -> float:
    found = _LENGTH.match(written)
    if found is None:
        return around
    number, unit = float(found[1]), found[2]
    if unit in _PIXELS:
        return number * _PIXELS[unit]
    return number * {"em": around, "rem": _ROOT, "%": around / 100}[unit]
