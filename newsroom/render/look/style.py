"""The style sheet: the tokens of a brand, written into its template."""

from newsroom.model import Brand
from newsroom.render.look.colour import schemes
from newsroom.render.look.fonts import fonts
from newsroom.render.page import Page
from newsroom.render.templates import Templates

_SHEET = "site/style.css"


def style_sheet(brand: Brand, templates: Templates) -> Page:
    """The sheet that every page has, in the colours and typefaces of the brand."""
    light, dark = schemes(brand)
    typefaces = fonts(brand.font)

    def render() -> bytes:
        return templates.render(_SHEET, light=light, dark=dark, fonts=typefaces).encode()

    return Page("style.css", (templates.text(_SHEET), light, dark, typefaces), render)
