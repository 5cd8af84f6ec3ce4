"""The `brand` line of site.yaml: the colour, the logo and the font of pages and mails."""

import re

from newsroom.content.front.fields import Fields
from newsroom.content.front.notes import suggestion
from newsroom.model import FONTS, Brand
from newsroom.model.saying import say

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def read_brand(site: Fields) -> Brand:
    """The brand, with the usual look where a part is left out."""
    usual = Brand()
    fields = site.nested("brand", 'brand: {accent: "#0b6e6e"}')
    if fields is None:
        return usual
    accent = fields.read("accent", _colour, usual.accent, say("a colour"), '"#0b6e6e"')
    if "accent" in fields.written and not fields.has("accent"):
        message = say("accent is empty, so the usual colour is used")
        fix = say('put it in quotation marks, accent: "#0b6e6e", since # begins a comment')
        fields.warning("accent", "empty", message, fix)
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
    message = say('the font "{font}" is not known, so the reader\'s own is used', font=font)
    fix = suggestion(font, FONTS, say("use one of: {names}", names=", ".join(FONTS)))
    fields.warning("font", "unknown-font", message, fix)
    return usual


def _colour(text: str) -> str | None:
    return text if _COLOUR.fullmatch(text) else None
