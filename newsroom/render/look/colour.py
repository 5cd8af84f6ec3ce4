"""Colours that can be read: the tokens of a brand, worked out for light and for dark."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from newsroom.model import Brand

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3: text against its background
_STEP = 0.02


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme, light or dark, as #rrggbb."""

    paper: str
    ink: str
    quiet: str  # dates, categories, authors
    line: str  # hairlines
    field: str  # the edge of a form field, 3:1 (WCAG 2.2, 1.4.11)
    tint: str  # what lies behind a box
    accent: str  # links and buttons
    on_accent: str  # the words on a button
    alert: str  # cancelled, moved
    alert_tint: str


def schemes(brand: Brand) -> tuple[Scheme, Scheme]:
    """The light and the dark scheme. Every text reaches 4.5:1 whatever accent the brand has."""
    return _scheme(brand.accent, _LIGHT), _scheme(brand.accent, _DARK, dark=True)


def accent_in_its_place(brand: Brand) -> str | None:
    """The darker colour that stands in for an accent too pale to read; None when it reads."""
    shade = schemes(brand)[0].accent
    return None if shade == brand.accent else shade


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def readable(
    colour: str, backgrounds: tuple[str, ...], *, lighter: bool, ratio: float = READABLE
) -> str:
    """The colour itself, or its first lighter (or darker) shade that reads on the backgrounds."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    shade = colour
    end = 1.0 if lighter else 0.0
    while lightness != end and any(contrast(shade, back) < ratio for back in backgrounds):
        lightness = min(lightness + _STEP, end) if lighter else max(lightness - _STEP, end)
        channels = hls_to_rgb(hue, lightness, saturation)
        shade = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return shade


_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1c1b1a",
    "quiet": "#5c5955",
    "line": "#dfdcd7",
    "field": "#807c76",
    "alert": "#9a2a12",
}
_DARK = {
    "paper": "#161718",
    "ink": "#e9e7e3",
    "quiet": "#a8a49d",
    "line": "#37393b",
    "field": "#84817b",
    "alert": "#ffab91",
}


def _scheme(accent: str, base: dict[str, str], *, dark: bool = False) -> Scheme:
    paper = base["paper"]
    tint = mix(paper, accent, 0.07)
    alert_tint = mix(paper, base["alert"], 0.1)
    # Thin light letters on dark need more than the least that is allowed.
    shade = readable(accent, (paper, tint), lighter=dark, ratio=6 if dark else READABLE)
    return Scheme(
        paper=paper,
        ink=base["ink"],
        quiet=readable(base["quiet"], (paper, tint), lighter=dark),
        line=base["line"],
        field=base["field"],
        tint=tint,
        accent=shade,
        on_accent=max(("#ffffff", "#000000"), key=lambda words: contrast(words, shade)),
        alert=readable(base["alert"], (paper, alert_tint), lighter=dark),
        alert_tint=alert_tint,
    )


def _channels(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 (#rgb)
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
