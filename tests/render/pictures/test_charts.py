from xml.etree import ElementTree as ET

import pytest

from newsroom.model import Brand
from newsroom.render.pictures.charts import NARROW, WIDE, Bar, Said, bar_chart, line_chart

SVG = "{http://www.w3.org/2000/svg}"
SAID = Said("Läsare <månad för månad>", "Från 0 till 7 & uppåt.")
PARTS = ("mottagna", "kom tillbaka", "avvisade", "lämnade aldrig")


def read(drawing: bytes) -> ET.Element:
    """A drawing as strict XML."""
    return ET.fromstring(drawing)


def numbers(points: str) -> list[tuple[float, float]]:
    """The places that a line goes through."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]


def test_a_chart_says_what_it_is() -> None:
    """Title and description are there for those who do not see it, whatever signs they hold."""
    for drawing in (line_chart(SAID, [("juni", 7)], Brand()), bar_chart(SAID, [], (), Brand())):
        svg = read(drawing)
        assert (svg.get("role"), svg.get("aria-label")) == ("img", SAID.title)
        assert svg[0].tag == f"{SVG}title"
        assert (svg[0].text, svg[1].text) == (SAID.title, SAID.description)


def test_a_line_is_as_high_as_its_numbers() -> None:
    """Twice the number is twice as high above the floor, from left to right in equal steps."""
    points = [("a", 0), ("b", 50), ("c", 100)]

    line = read(line_chart(SAID, points, Brand())).find(f"{SVG}polyline")

    assert line is not None
    (x1, floor), (x2, half), (x3, top) = numbers(line.attrib["points"])
    assert x2 - x1 == pytest.approx(x3 - x2)
    assert floor - top == pytest.approx(2 * (floor - half))


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, ["0", "1", "2", "3", "4"]),
        (4, ["0", "1", "2", "3", "4"]),
        (7, ["0", "2", "4", "6", "8"]),
        (100, ["0", "25", "50", "75", "100"]),
        (2951, ["0", "800", "1600", "2400", "3200"]),
        (999_999, ["0", "250000", "500000", "750000", "1000000"]),
    ],
)
def test_the_scale_has_round_numbers(most: int, ticks: list[str]) -> None:
    """Five lines from nothing to a little more than the highest number."""
    svg = read(line_chart(SAID, [("a", most)], Brand()))

    assert [text.text for text in svg.findall(f"{SVG}text")][:5] == ticks


@pytest.mark.parametrize("highest", [*range(1, 130), 199, 1001, 9999, 12_345])
def test_no_number_is_above_its_scale(highest: int) -> None:
    """Whatever the numbers are, the line stays inside the plot."""
    line = read(line_chart(SAID, [("a", 0), ("b", highest)], Brand())).find(f"{SVG}polyline")

    assert line is not None
    (_, floor), (_, top) = numbers(line.attrib["points"])
    assert 0 < top < floor


def test_many_months_have_few_labels() -> None:
    """Labels below the plot do not run into each other, and the last one is there."""
    points = [(f"m{number}", number) for number in range(100)]

    svg = read(line_chart(SAID, points, Brand()))

    labels = [text.text for text in svg.findall(f"{SVG}text") if (text.text or "")[:1] == "m"]
    assert len(labels) <= 7
    assert "m99" in labels


def across(svg: ET.Element) -> list[tuple[float, float]]:
    """From where to where each text goes, as wide letters take room."""
    width = {text: 7.5 * len(text.text or "") for text in svg.findall(f"{SVG}text")}
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}
    left = {
        text: float(text.attrib["x"]) - before[text.get("text-anchor", "start")] * wide
        for text, wide in width.items()
    }
    return [(left[text], left[text] + wide) for text, wide in width.items()]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("months", [1, 2, 12, 60])
def test_a_drawing_stays_within_its_width(width: int, months: int) -> None:
    """The last dot, its number, the labels and the words of a bar can be seen on a telephone."""
    points = [(f"sept. {2020 + n // 12}", 900 + n) for n in range(months)]
    bars = [
        Bar("2026-host", (800, 9, 2, 1), "800 av 812 mottagna, 9 av dem kom tillbaka, 2 avvisade")
    ]

    growth = read(line_chart(SAID, points, Brand(), width))
    issues = read(bar_chart(SAID, bars, PARTS, Brand(), width))

    for svg in (growth, issues):
        assert svg.attrib["viewBox"].split()[2] == str(width)
        assert all(0 <= left < right <= width for left, right in across(svg))
    dot = growth.find(f"{SVG}circle")
    assert dot is not None
    assert 0 < float(dot.attrib["cx"]) < width
    assert all(
        float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width + 0.01
        for rect in issues.findall(f"{SVG}rect")
    )


def test_words_without_room_beside_stand_below() -> None:
    """They are all there, in order, and the bar is below them."""
    figures = "800 av 812 mottagna, 9 av dem kom tillbaka, 2 avvisade"

    svg = read(bar_chart(SAID, [Bar("2026-host", (800, 9, 2, 1), figures)], (), Brand(), NARROW))

    label, *words = svg.findall(f"{SVG}text")
    assert label.text == "2026-host"
    assert " ".join(word.text or "" for word in words) == figures
    rect = svg.find(f"{SVG}rect")
    assert rect is not None
    assert float(rect.attrib["y"]) > max(float(word.attrib["y"]) for word in words)


@pytest.mark.parametrize(("width", "lines"), [(NARROW, 2), (WIDE, 1)])
def test_a_legend_names_the_colours_that_are_drawn(width: int, lines: int) -> None:
    """Below the bars stands what each part is, but for a part that no bar has."""
    svg = read(bar_chart(SAID, [Bar("2026-host", (8, 1, 0, 3), "8 av 12")], PARTS, Brand(), width))

    marks = svg.findall(f"{SVG}rect")[-3:]
    names = svg.findall(f"{SVG}text")[-3:]
    assert [mark.get("class") for mark in marks] == ["part-0", "part-1", "part-3"]
    assert [name.text for name in names] == ["mottagna", "kom tillbaka", "lämnade aldrig"]
    assert all(
        float(mark.attrib["x"]) < float(name.attrib["x"])
        for mark, name in zip(marks, names, strict=True)
    )
    assert len({mark.attrib["y"] for mark in marks}) == lines
    lowest = max(float(mark.attrib["y"]) + float(mark.attrib["height"]) for mark in marks)
    assert lowest <= float(svg.attrib["viewBox"].split()[3])


def test_nothing_to_draw_is_still_a_drawing() -> None:
    """An empty list has axes, and no line."""
    assert read(line_chart(SAID, [], Brand())).find(f"{SVG}polyline") is None


def test_bars_stand_side_by_side() -> None:
    """The parts of a bar follow each other without a gap; a part of nothing is not drawn."""
    bars = [Bar("2026-var", (60, 10, 0, 30), "60 av 100"), Bar("2026-host", (50, 0, 0, 0), "50")]

    svg = read(bar_chart(SAID, bars, (), Brand()))

    parts = [
        (rect.get("class"), float(rect.attrib["x"]), float(rect.attrib["width"]))
        for rect in svg.findall(f"{SVG}rect")
    ]
    assert parts == [
        ("part-0", 0, 432),
        ("part-1", 432, 72),
        ("part-3", 504, 216),
        ("part-0", 0, 360),
    ]
    words = [text.text for text in svg.findall(f"{SVG}text")]
    assert words == ["2026-var", "60 av 100", "2026-host", "50"]


def test_a_drawing_follows_light_and_dark_and_fetches_nothing() -> None:
    """Both schemes are in it, and no address of anything."""
    drawing = line_chart(SAID, [("a", 1)], Brand()).decode()

    assert "@media (prefers-color-scheme: dark)" in drawing
    assert drawing.count("http") == 1  # the name of the format
