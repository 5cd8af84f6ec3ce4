"""Drawings of numbers (SVG) for the desk: a line of growth, a bar for each issue.

Each has a title and a description for those who do not see it, follows light and dark, and says in
figures what it shows in lengths; a table beside it has all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log10
from textwrap import wrap
from typing import TYPE_CHECKING

from newsroom.model import Brand
from newsroom.render.look.colour import Scheme, schemes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
WIDE, NARROW = 720, 300  # pixels across: on a page of its own, and on a telephone
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 64, 12, 28  # room for what is written around a plot
_PLOT = 240  # the height of a plot
_ROW, _BAR, _LINE = 52, 16, 18  # the height of a row with a bar, of the bar, of one more line
_LEGEND, _MARK = 24, 14  # the height of a line of a legend, and a side of the colour in it
_CHARACTER = 7.5  # the width of a letter of 14 pixels, generously
_TICKS = 4
_LABEL = 85  # the width of a label below a plot, with what keeps it from the next
_STYLE = """
text {{ font: 14px system-ui, sans-serif; fill: {0.ink}; }}
.quiet {{ fill: {0.quiet}; }}
.grid {{ stroke: {0.line}; }}
.line {{ stroke: {0.accent}; stroke-width: 2.5; fill: none; stroke-linejoin: round; }}
.area {{ fill: {0.tint}; }}
.dot, .part-0 {{ fill: {0.accent}; }}
.part-1 {{ fill: {0.alert}; }}
.part-2 {{ fill: {0.quiet}; }}
.part-3 {{ fill: {0.line}; }}
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a chart is, in words."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart."""

    label: str
    parts: tuple[int, ...]  # at most four, drawn one after the other
    figures: str  # the same in words


def line_chart(
    said: Said, points: Sequence[tuple[str, int]], brand: Brand, width: int = WIDE
) -> bytes:
    """A line through numbers at equal distances, from zero; the last one is written beside it."""
    top = _ceiling(max((number for _, number in points), default=0))
    places = list(_places([number for _, number in points], top, width))
    height = _TOP + _PLOT + _BOTTOM
    svg = _drawing(said, width, height, brand)
    for step in range(_TICKS + 1):
        y = _TOP + _PLOT * (1 - step / _TICKS)
        _add(svg, "line", x1=_LEFT, x2=width - _RIGHT, y1=y, y2=y, class_="grid")
        _text(svg, f"{top * step // _TICKS}", _LEFT - 8, y + 5, "quiet", "end")
    if not places:
        return _bytes(svg)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    (first, _), (last, end) = places[0], places[-1]
    floor = _TOP + _PLOT
    _add(svg, "polygon", points=f"{first:.1f},{floor} {line} {last:.1f},{floor}", class_="area")
    _add(svg, "polyline", points=line, class_="line")
    _add(svg, "circle", cx=last, cy=end, r=4, class_="dot")
    _text(svg, str(points[-1][1]), last + 8, end + 5)
    each = ceil(len(points) / ((width - _LEFT - _RIGHT) // _LABEL))
    for number in range(len(points) - 1, -1, -each):
        _text(svg, points[number][0], places[number][0], height - 6, "quiet", "middle")
    return _bytes(svg)


def bar_chart(
    said: Said, bars: Sequence[Bar], parts: Sequence[str], brand: Brand, width: int = WIDE
) -> bytes:
    """A row for each of some things, its parts side by side and in words.

    `parts` names them, for the legend below: those that some bar has.
    """
    most = max((sum(bar.parts) for bar in bars), default=0) or 1
    rows = [(bar, _lines_below(bar, width)) for bar in bars]
    shown = [n for n in range(len(parts)) if any(bar.parts[n] for bar in bars)]
    legend = list(_legend_places([parts[n] for n in shown], width))
    height = sum(_ROW + _LINE * len(lines) for _, lines in rows) or _ROW
    below = _LEGEND * (1 + max(row for row, _ in legend)) if legend else 0
    svg = _drawing(said, width, _TOP + height + below, brand)
    y = _TOP
    for bar, lines in rows:
        _text(svg, bar.label, 0, y + 14)
        if not lines:
            _text(svg, bar.figures, width, y + 14, "quiet", "end")
        for line in lines:
            y += _LINE
            _text(svg, line, 0, y + 14, "quiet")
        _parts(svg, bar, width / most, y + 22)
        y += _ROW
    for number, (row, x) in zip(shown, legend, strict=True):
        top = y + _LEGEND * row
        _add(svg, "rect", class_=f"part-{number}", x=x, y=top + 2, width=_MARK, height=_MARK)
        _text(svg, parts[number], x + _MARK + 6, top + 14, "quiet")
    return _bytes(svg)


def _legend_places(names: Sequence[str], width: int) -> Iterator[tuple[int, float]]:
    """The line and the place in it of each name of a legend, with its mark."""
    row, x = 0, 0.0
    for name in names:
        wide = _MARK + 6 + len(name) * _CHARACTER
        if x and x + wide > width:
            row, x = row + 1, 0.0
        yield row, x
        x += wide + 18


def _lines_below(bar: Bar, width: int) -> list[str]:
    """The words of a bar in lines; none where there is room for them beside its label."""
    room = int(width / _CHARACTER)
    return [] if len(bar.label) + 2 + len(bar.figures) <= room else wrap(bar.figures, room)


def _parts(svg: "Element", bar: Bar, each: float, y: float) -> None:
    """The parts of a bar; `each` is the width of one of whatever is counted."""
    x = 0.0
    for number, part in enumerate(bar.parts):
        if part:
            place = {"x": x, "y": y, "width": part * each, "height": _BAR}
            _add(svg, "rect", class_=f"part-{number}", **place)
        x += part * each


def _places(numbers: Sequence[int], top: int, width: int) -> Iterator[tuple[float, float]]:
    """Where each number is drawn; one alone stands at the right edge."""
    across = width - _LEFT - _RIGHT
    for place, number in enumerate(numbers):
        share = place / (len(numbers) - 1) if len(numbers) > 1 else 1
        yield _LEFT + across * share, _TOP + _PLOT * (1 - number / top)


def _ceiling(number: int) -> int:
    """The least round number that is not less, and that four steps divide evenly."""
    if number <= _TICKS:
        return _TICKS
    size: int = 10 ** int(log10(number))
    steps = (size * tenth // 10 for tenth in (10, 12, 16, 20, 24, 32, 40, 60, 80, 100, 120))
    return next(step for step in steps if step >= number and step % _TICKS == 0)


def _drawing(said: Said, width: int, height: int, brand: Brand) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    svg = Element("svg", xmlns=_SVG, viewBox=f"0 0 {width} {height}", role="img")
    svg.set("aria-label", said.title)
    SubElement(svg, "title").text = said.title
    SubElement(svg, "desc").text = said.description
    SubElement(svg, "style").text = _style(*schemes(brand))
    return svg


def _style(light: Scheme, dark: Scheme) -> str:
    other = _STYLE.format(dark)
    return f"{_STYLE.format(light)}@media (prefers-color-scheme: dark) {{{other}}}"


def _text(  # noqa: PLR0913, PLR0917 (what, where, and how)
    svg: "Element", words: str, x: float, y: float, look: str = "", anchor: str = "start"
) -> None:
    _add(svg, "text", x=x, y=y, class_=look, text_anchor=anchor).text = words


def _add(svg: "Element", name: str, **attributes: str | float) -> "Element":
    """A shape; `class_` and `text_anchor` are written as XML has them."""
    from xml.etree.ElementTree import SubElement

    written = {
        key.rstrip("_").replace("_", "-"): value if isinstance(value, str) else f"{value:g}"
        for key, value in attributes.items()
        if value != ""
    }
    return SubElement(svg, name, written)


def _bytes(svg: "Element") -> bytes:
    from xml.etree.ElementTree import tostring

    written: bytes = tostring(svg, encoding="utf-8")
    return written + b"\n"
