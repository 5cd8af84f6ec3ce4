"""The mails to those at the desk: what is asked, some sentences, one link, and perhaps a letter."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.model.saying import say
from newsroom.render.mail.dress import dressed_part
from newsroom.render.mail.headers import system_message
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.marking import banner, marked
from newsroom.render.mail.note import Asked, note_html
from newsroom.render.text.plain_writer import filled
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

OWN_LINK = say("[here stands each reader's own link]")


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
    must: tuple[str, ...] = ()  # faults, each in a line of its own
    heading: str = ""  # what stands over them
    command: tuple[str, str] | None = None  # what to write instead of pressing, and before it why
    aside: tuple[str, str] | None = None  # a quieter link below: what it is, and where it leads
    way_out: str = ""  # stands in the text for the link that ends a reader's subscription


def desk_message(
    site: Site, note: DeskNote, to: str, now: datetime, templates: "Templates"
) -> EmailMessage:
    """The note as a message from the program to one address; its links are nobody's way out."""
    words = Words(note.lang)
    asked = Asked(
        must=(note.heading, note.must) if note.must else None,
        link=(note.button, note.url) if note.url else None,
        command=note.command,
        aside=note.aside,
    )
    if note.preview is None:
        html = note_html(templates, site, words, note.subject, note.sentences, asked)
        text = f"{_text(note)}\n\n-- \n{site.name}\n"
    else:
        head = dressed_part(
            templates,
            "mail/preview.html",
            site,
            words,
            sentences=note.sentences,
            asked=asked,
        )
        head += banner(note.caption, note.lang)
        letter = marked(note.preview, note.subject, head, f"{_text(note)}\n\n{note.caption}")
        html, text = letter.html.replace(LEAVE, site.url), letter.text.replace(LEAVE, note.way_out)
    message = system_message(site, to, note.subject, text, html, now)
    message["Content-Language"] = note.lang
    return message


def _text(note: DeskNote) -> str:
    """The sentences, the faults and the links as text; no command is broken between two lines."""
    paragraphs = [filled(sentence) for sentence in note.sentences]
    if note.must:
        faults = (filled(fault, first="- ", rest="  ") for fault in note.must)
        paragraphs.append("\n".join((note.heading, *faults)))
    if note.url:
        paragraphs.append(f"{note.button}:\n{note.url}")
    if note.command:
        paragraphs.append("{}\n{}".format(*note.command))
    if note.aside:
        paragraphs.append("{}:\n{}".format(*note.aside))
    return "\n\n".join(paragraphs)
