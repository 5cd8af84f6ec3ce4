"""One issue of the newsletter as a letter: the same for every reader of a language."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING

from newsroom.errors import ContentError
from newsroom.model import Issue, Newsroom
from newsroom.model.saying import joined
from newsroom.render.mail.contents import letter_view
from newsroom.render.mail.dress import dressed
from newsroom.render.mail.text import letter_text
from newsroom.render.mail.weight import too_heavy

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


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
    html = dressed(
        templates,
        "mail/letter.html",
        newsroom.site,
        view.words,
        view=view,
        subject=view.subject,
        subject_lang=view.issue_lang,
        preheader=view.preheader,
    )
    heavy = too_heavy(html)
    if heavy:
        raise ContentError(joined(": ", (str(issue.source), heavy)))
    return Letter(issue.slug, lang, view.subject, view.preheader, html, letter_text(view))


def content_hash(letters: Iterable[Letter]) -> str:
    """What an approval binds: changes when anything changes that any reader gets."""
    ordered = sorted(letters, key=lambda letter: letter.lang)
    return sha256(dumps([asdict(letter) for letter in ordered]).encode()).hexdigest()
