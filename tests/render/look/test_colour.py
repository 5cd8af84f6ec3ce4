"""Colours that can be read, whatever accent a brand has."""

import pytest

from newsroom.model import Brand
from newsroom.render.look.colour import Scheme, contrast, mix, readable, schemes

ACCENTS = ["#0b6e6e", "#ffcc00", "#c00", "#003f87", "#ffffff", "#000000", "#7f7f7f", "#00ff00"]


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_reaches_the_contrast_asked_for(accent: str, dark: bool) -> None:  # noqa: FBT001
    """Text reaches 4.5:1 on paper and on tints, and form fields 3:1, in both schemes."""
    scheme: Scheme = schemes(Brand(accent=accent))[dark]

    for words in (scheme.ink, scheme.quiet, scheme.accent):
        assert contrast(words, scheme.paper) >= 4.5
        assert contrast(words, scheme.tint) >= 4.5
    assert contrast(scheme.on_accent, scheme.accent) >= 4.5
    assert contrast(scheme.alert, scheme.paper) >= 4.5
    assert contrast(scheme.alert, scheme.alert_tint) >= 4.5
    assert contrast(scheme.ink, scheme.alert_tint) >= 4.5
    assert contrast(scheme.field, scheme.paper) >= 3


def test_a_readable_accent_is_left_as_it_is() -> None:
    """A brand's own colour is changed only when it has to be."""
    light, _ = schemes(Brand(accent="#0b6e6e"))

    assert light.accent == "#0b6e6e"


def test_contrast_of_black_and_white_is_21() -> None:
    """The scale is that of WCAG: from 1 to 21, in either order."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#fff", "#ffffff") == pytest.approx(1)


def test_a_shade_keeps_its_hue() -> None:
    """A colour that is too pale is darkened, not greyed."""
    shade = readable("#ffcc00", ("#ffffff",), lighter=False)

    red, green, blue = (int(shade[i : i + 2], 16) for i in (1, 3, 5))
    assert red > green > blue == 0


def test_mix_goes_from_one_to_the_other() -> None:
    """A share of nothing is the first colour, a share of one the second."""
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
