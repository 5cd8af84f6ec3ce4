"""Colours that can be read: the tokens of a brand, worked out for light and for dark."""

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
    return _scheme(brand.accent, _LIGHT), _scheme(brand.accent, _DARK)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def readable(colour: str, backgrounds: tuple[str, ...], towards: str) -> str:
    """The colour itself, or the nearest to it on the way `towards` that reads on them all."""
    shade, share = colour, 0.0
    while share < 1 and any(contrast(shade, back) < READABLE for back in backgrounds):
        share += _STEP
        shade = mix(colour, towards, min(share, 1))
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


def _scheme(accent: str, base: dict[str, str]) -> Scheme:
    paper, ink = base["paper"], base["ink"]
    tint = mix(paper, accent, 0.07)
    shade = readable(accent, (paper, tint), towards=ink)
    alert_tint = mix(paper, base["alert"], 0.1)
    return Scheme(
        paper=paper,
        ink=ink,
        quiet=readable(base["quiet"], (paper, tint), towards=ink),
        line=base["line"],
        field=base["field"],
        tint=tint,
        accent=shade,
        on_accent=max(("#ffffff", "#000000"), key=lambda words: contrast(words, shade)),
        alert=readable(base["alert"], (paper, alert_tint), towards=ink),
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
