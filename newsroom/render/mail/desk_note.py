"""The mails to those at the desk: what is asked, some sentences, one link, and perhaps a letter."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.render.mail.dress import dressed_part
from newsroom.render.mail.headers import system_message
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.marking import marked
from newsroom.render.mail.note import note_html
from newsroom.render.text.plain_writer import filled
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


@dataclass(frozen=True, slots=True)
class DeskNote:
    """A mail of a few sentences."""

    lang: str
    subject: str
    sentences: tuple[str, ...]
    button: str  # what the link says
    url: str | None  # None: there is nothing to press
    preview: Letter | None = None  # shown below, as readers get it
    caption: str = ""  # what stands over it


def desk_message(
    site: Site, note: DeskNote, to: str, now: datetime, templates: "Templates"
) -> EmailMessage:
    """The note as a message from the program to one address; its links are nobody's way out."""
    words = Words(note.lang)
    link = (note.button, note.url) if note.url else None
    if note.preview is None:
        html = note_html(templates, site, words, note.subject, note.sentences, link=link)
        text = f"{_text(note)}\n\n-- \n{site.name}\n"
    else:
        head = dressed_part(
            templates,
            "mail/preview.html",
            site,
            words,
            sentences=note.sentences,
            link=link,
            caption=note.caption,
        )
        letter = marked(note.preview, note.subject, head, f"{_text(note)}\n\n{note.caption}")
        html, text = (part.replace(LEAVE, site.url) for part in (letter.html, letter.text))
    message = system_message(site, to, note.subject, text, html, now)
    message["Content-Language"] = note.lang
    return message


def _text(note: DeskNote) -> str:
    """The sentences and the link as text."""
    paragraphs = [filled(sentence) for sentence in note.sentences]
    if note.url:
        paragraphs.append(f"{note.button}:\n{note.url}")
    return "\n\n".join(paragraphs)
