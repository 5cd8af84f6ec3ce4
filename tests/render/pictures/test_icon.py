import pytest
from lxml import etree

from newsroom.model import Brand
from newsroom.render.pictures.drawing import clean_drawing
from newsroom.render.pictures.icon import icon
from tests.render.pieces import make_site
from tests.render.printed import packaged


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Folkhälsonätverket Sju Kommuner", "FK"),
        ("Kvarnmo", "K"),
        ("[Organisationens namn]", "ON"),
        ("<svg> & co", "SC"),
        ("– –", ""),
    ],
)
def test_the_initials_on_the_colour(name: str, initials: str) -> None:
    """The first letters of the first and the last word, in signs that no name can break."""
    drawn = icon(make_site(name=name, brand=Brand(accent="#7a1f3d")), packaged()).render()

    root = etree.fromstring(drawn)
    assert "".join(root.itertext()).strip() == initials
    assert root[0].get("fill") == "#7a1f3d"


def test_it_is_as_clean_as_any_drawing() -> None:
    """Nothing in it runs, is fetched or is styled from inside."""
    drawn = icon(make_site(), packaged()).render()

    assert clean_drawing(drawn).split() == drawn.split()


def test_another_name_is_another_icon() -> None:
    """It is made anew when the name or the colour is another."""
    templates = packaged()

    made = [icon(make_site(name=name), templates).digest for name in ("A", "A", "B")]

    assert made[0] == made[1] != made[2]
