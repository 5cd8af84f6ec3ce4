"""One issue of the newsletter as a letter: the same for every reader of a language."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from traceback import extract_tb
from typing import TYPE_CHECKING

from markupsafe import Markup

from newsroom.errors import ContentError
from newsroom.model import Issue, Newsroom
from newsroom.model.saying import joined
from newsroom.render.colour import schemes
from newsroom.render.fonts import fonts
from newsroom.render.mail.text import letter_text
from newsroom.render.mail.view import LetterView, letter_view
from newsroom.render.mail.weight import too_heavy

if TYPE_CHECKING:
    from jinja2 import TemplateError

    from newsroom.render.templates import Templates

_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ps", "ur", "yi"}
# Fills the line that mailboxes show, so that the letter's own first words do not.
_FILLER = Markup("&#8199;&#65279;") * 40


@dataclass(frozen=True, slots=True)
class Letter:
    """What the readers of one language get. Its holes are filled for each of them."""

    issue: str  # slug
    lang: str
    subject: str
    preheader: str
    html: str
    text: str


def compose(
    newsroom: Newsroom, issue: Issue, lang: str, now: datetime, templates: "Templates"
) -> Letter:
    """The letter of an issue, of what readers may see at `now`, with words of ours in `lang`.

    Raises ContentError when it is larger than mail programs show, and names what is large, and
    when a template is broken, and names the line.
    """
    view = letter_view(newsroom, issue, lang, now)
    html = _html(newsroom, view, templates)
    heavy = too_heavy(html)
    if heavy:
        raise ContentError(joined(": ", (str(issue.source), heavy)))
    return Letter(issue.slug, lang, view.subject, view.preheader, html, letter_text(view))


def content_hash(letters: Iterable[Letter]) -> str:
    """What an approval binds: changes when anything changes that any reader gets."""
    ordered = sorted(letters, key=lambda letter: letter.lang)
    return sha256(dumps([asdict(letter) for letter in ordered]).encode()).hexdigest()


def _html(newsroom: Newsroom, view: LetterView, templates: "Templates") -> str:
    """The template with its style sheet written into the elements; `@media` rules stay."""
    from css_inline import CSSInliner
    from jinja2 import TemplateError

    light, dark = schemes(newsroom.site.brand)
    typefaces = fonts(newsroom.site.brand.font)
    try:
        written = templates.render(
            "mail/letter.html",
            view.words,
            view=view,
            light=light,
            dark=dark,
            font=Markup(typefaces.mail_text),  # noqa: S704 (ours, and quoted for CSS)
            title_font=Markup(typefaces.mail_title),  # noqa: S704
            filler=_FILLER,
            dir=direction(view.words.lang),
            lang=_lang_of(view.words.lang),
            whole=_whole,
        )
    except TemplateError as error:
        raise ContentError(_broken(error)) from error
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return str(inliner.inline(written))


def _broken(error: "TemplateError") -> str:
    """Where a template is broken, as file:line, and how."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}; mend the template"
    # Jinja puts the template's own lines into the traceback.
    frames = extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}: " for frame in frames if "mail/" in frame.filename]
    return f"{(places or [''])[-1]}{error.message}; mend the template"


def direction(lang: str) -> str:
    """Which way a language is written."""
    return "rtl" if lang.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


def _whole(words: str) -> str:
    """Words that stay on one line: a date, a number with what it counts."""
    return words.replace(" ", "\xa0")


def _lang_of(own: str) -> Callable[[str], str]:
    """For templates: the attribute of a block in another language than the letter's."""

    def lang(other: str) -> str:
        if other == own:
            return ""
        return Markup(' lang="{}" dir="{}"').format(other, direction(other))

    return lang
