"""Whether words can be read where mail programs recolour them."""

import pytest

from newsroom.model import Brand, Earlier
from newsroom.render.look.colour import READABLE, contrast
from newsroom.render.mail.recolouring import (
    MODELS,
    contrast_faults,
    in_the_dark,
    partly_inverted,
    wholly_inverted,
)
from tests.render.mail.test_letter import full_newsroom, write
from tests.render.pieces import at, make_event, make_site

ACCENTS = ["#0b6e6e", "#e4007c", "#ffd400", "#003366", "#ffffff", "#000000", "#808080", "#00ff00"]


def page(style: str, sheet: str = "") -> str:
    """A letter with one paragraph."""
    head = f"<head><style>{sheet}</style></head>"
    return f'<html>{head}<body><p style="{style}">Hej</p></body></html>'


def told(html: str) -> list[str]:
    """What is said of it."""
    return [str(fault.message) for fault in contrast_faults(html)]


@pytest.mark.parametrize("accent", ACCENTS)
def test_any_brand_can_be_read_everywhere(accent: str) -> None:
    """4.5:1 in light, in the dark scheme and under both inversions, whatever colour a brand has."""
    moved = make_event(previously=(Earlier(start=at("2026-10-07T13:00")),))
    site = make_site(brand=Brand(accent=accent))

    letter = write(full_newsroom(site=site, events=(moved,)))

    assert "tidigare 7 oktober" in letter.html
    assert told(letter.html) == []


def test_pale_words() -> None:
    """Words too pale for their paper are told with both colours and the ratio."""
    assert told(page("color: #999999"))[0] == ('"Hej" (#999999 on #ffffff) has a contrast of 2.8:1')


def test_what_only_an_inversion_makes_unreadable() -> None:
    """Black on a middling green reads, and no more where the black is turned over."""
    found = told(page("color: #000000; background-color: #3a9d3a"))

    assert [line.partition(":1 ")[2] for line in found] == [
        "where a mail program darkens letters by itself"
    ] * 2


def test_the_dark_scheme_is_looked_at() -> None:
    """What a letter itself asks for in the dark has to be readable, too."""
    rules = "p { color: #333 !important; background-color: #222 !important }"
    dark = f"@media (prefers-color-scheme: dark) {{ {rules} }}"

    found = told(page("color: #000; background-color: #fff", dark))

    assert [line for line in found if "in the dark scheme" in line]
    assert "#333" in in_the_dark(page("color: #000", dark))


def test_each_pair_of_colours_is_told_once() -> None:
    """Twenty pale paragraphs are one fault for each way in which they are shown."""
    body = '<p style="color: #999">Hej</p>' * 20

    assert len(told(f"<html><body>{body}</body></html>")) == len(set(told(page("color: #999"))))


@pytest.mark.parametrize(
    ("pair", "whole", "part"),
    [
        (("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#ffffff", "#212121")),
        (("#ffffff", "#0b6e6e"), ("#000000", "#91f4f4"), ("#ffffff", "#0b6e6e")),
    ],
)
def test_models(pair: tuple[str, str], whole: tuple[str, str], part: tuple[str, str]) -> None:
    """One turns every colour over; the other leaves dark papers and light words as they are."""
    assert wholly_inverted(*pair) == whole
    assert partly_inverted(*pair) == part


def test_readable_is_4_5() -> None:
    """The limit is that of WCAG 2.2 for text, in every model."""
    assert READABLE == 4.5
    assert all(contrast(*model("#000000", "#ffffff")) > 15 for model in MODELS.values())
