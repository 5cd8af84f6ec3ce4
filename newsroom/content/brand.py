"""The `brand` line of site.yaml: the colour, the logo and the font of pages and mails."""

import re

from newsroom.content.fields import Fields
from newsroom.content.notes import suggestion
from newsroom.model import FONTS, Brand

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def read_brand(site: Fields) -> Brand:
    """The brand, with the usual look where a part is left out."""
    usual = Brand()
    fields = site.nested("brand", 'brand: {accent: "#0b6e6e"}')
    if fields is None:
        return usual
    accent = fields.read("accent", _colour, usual.accent, "a colour", '"#0b6e6e"')
    if "accent" in fields.written and not fields.has("accent"):
        fix = 'put it in quotation marks, accent: "#0b6e6e", since # begins a comment'
        fields.warning("accent", "empty", "accent is empty, so the usual colour is used", fix)
    logo = fields.path("logo")
    return Brand(
        accent=accent,
        logo=str(logo.relative_to("posts")) if logo else None,
        font=_font(fields, usual.font),
    )


def _font(fields: Fields, usual: str) -> str:
    font = fields.text("font") or usual
    if font in FONTS:
        return font
    message = f'the font "{font}" is not known, so the reader\'s own is used'
    fix = suggestion(font, FONTS, f"write one of: {', '.join(FONTS)}")
    fields.warning("font", "unknown-font", message, fix)
    return usual


def _colour(text: str) -> str | None:
    return text if _COLOUR.fullmatch(text) else None
