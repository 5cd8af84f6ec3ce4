"""Renders the HTML of a mail from its template, with CSS inlined for mail programs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from newsroom.model import Site
from newsroom.render.look.colour import schemes
from newsroom.render.look.fonts import fonts
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ps", "ur", "yi"}
# Fills the line that mailboxes show, so that the letter's own first words do not.
_FILLER = Markup("&#8199;&#65279;") * 40


def dressed(
    templates: "Templates", name: str, site: Site, words: Words, /, **values: object
) -> str:
    """The template with its style sheet written into the elements; `@media` rules stay.

    Raises ContentError when the template is broken, and names the file and line.
    """
    from css_inline import CSSInliner

    written = templates.render(name, words, **_look(site, words), **values)
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return str(inliner.inline(written))


def dressed_part(
    templates: "Templates", name: str, site: Site, words: Words, /, **values: object
) -> str:
    """A piece to be put into a mail that is dressed already, whose `@media` rules hold for it too.

    Raises ContentError as `dressed` does.
    """
    from css_inline import CSSInliner

    look = _look(site, words)
    written = templates.render(name, words, **look, **values)
    sheet = templates.render("mail/style.css", words, **look)
    return str(CSSInliner(load_remote_stylesheets=False).inline_fragment(written, sheet))


def _look(site: Site, words: Words) -> dict[str, object]:
    """What every template of a mail is given."""
    light, dark = schemes(site.brand)
    typefaces = fonts(site.brand.font)
    return {
        "light": light,
        "dark": dark,
        "font": Markup(typefaces.mail_text),  # noqa: S704 (ours, and quoted for CSS)
        "title_font": Markup(typefaces.mail_title),  # noqa: S704
        "filler": _FILLER,
        "dir": direction(words.lang),
        "lang": _lang_of(words.lang),
        "whole": _whole,
    }


def direction(lang: str) -> str:
    """Which way a language is written."""
    return "rtl" if lang.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


def _lang_of(own: str) -> Callable[[str], str]:
    """For templates: the attributes of words in another language than the mail's."""

    def lang(other: str) -> str:
        if other == own:
            return ""
        return Markup(' lang="{}" dir="{}"').format(other, direction(other))

    return lang


def _whole(words: str) -> str:
    """Words that stay on one line: a date, a number with what it counts."""
    return words.replace(" ", "\xa0")
