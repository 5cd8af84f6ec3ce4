"""Typefaces that readers already have: nothing is fetched for the look of a page or a mail."""

from dataclasses import dataclass

_SYSTEM = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif"
_CHARTER = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'Noto Serif', serif"
_OLDSTYLE = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, serif"
_HUMANIST = "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Noto Sans', sans-serif"
_GEOMETRIC = "'Avenir Next', Avenir, Montserrat, Corbel, 'URW Gothic', sans-serif"
_GROTESQUE = "'Helvetica Neue', Helvetica, 'Arial Nova', 'Nimbus Sans', Arial, sans-serif"
_ROUNDED = "ui-rounded, 'SF Pro Rounded', 'Hiragino Maru Gothic ProN', Nunito, 'Varela Round'"
_SLAB = "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', 'Sitka Small', serif"

# Word, in which Outlook shows mail, falls back to Times when it lacks the first of the names.
_MAIL = "'Segoe UI', -apple-system, BlinkMacSystemFont, Roboto, Helvetica, Arial, sans-serif"
_MAIL_TITLE = "Georgia, 'Times New Roman', serif"


@dataclass(frozen=True, slots=True)
class Fonts:
    """The stacks of text and titles, on pages and in mails, as CSS writes them."""

    text: str
    title: str
    mail_text: str = _MAIL
    mail_title: str = _MAIL_TITLE


def fonts(name: str) -> Fonts:
    """The stacks that site.yaml calls `name`."""
    return _NAMED[name]


_NAMED = {
    "system": Fonts(_SYSTEM, _CHARTER),
    "serif": Fonts(_CHARTER, _CHARTER, _MAIL_TITLE),
    "oldstyle": Fonts(
        _OLDSTYLE,
        _OLDSTYLE,
        "'Palatino Linotype', Palatino, Georgia, serif",
        "'Palatino Linotype', Palatino, Georgia, serif",
    ),
    "humanist": Fonts(
        _HUMANIST,
        _HUMANIST,
        "Calibri, Seravek, Helvetica, Arial, sans-serif",
        "Calibri, Seravek, Helvetica, Arial, sans-serif",
    ),
    "geometric": Fonts(
        _GEOMETRIC,
        _GEOMETRIC,
        "Corbel, 'Avenir Next', Avenir, Helvetica, Arial, sans-serif",
        "Corbel, 'Avenir Next', Avenir, Helvetica, Arial, sans-serif",
    ),
    "grotesque": Fonts(
        _GROTESQUE,
        _GROTESQUE,
        "Arial, 'Helvetica Neue', Helvetica, sans-serif",
        "Arial, 'Helvetica Neue', Helvetica, sans-serif",
    ),
    "rounded": Fonts(f"{_ROUNDED}, {_SYSTEM}", f"{_ROUNDED}, {_SYSTEM}", _MAIL, _MAIL),
    "slab": Fonts(_SYSTEM, _SLAB, _MAIL, "Rockwell, Georgia, serif"),
}
