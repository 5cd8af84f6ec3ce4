"""The mails that the public forms cause. Nothing that somebody typed into a form stands in them."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from textwrap import fill
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.render.mail.headers import system_message
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Note:
    """A mail of a few sentences and one link."""

    words: Words
    subject: str
    why: str  # this mail came
    button: str  # what the link says
    url: str
    otherwise: str  # what to do when the mail was not wanted


@dataclass(frozen=True, slots=True)
class _Sentences:
    """What a note says, in English: the catalogues have it in other languages."""

    subject: str
    why: str
    button: str
    otherwise: str


def _(message: str) -> str:
    """The same, marked for the catalogues."""
    return message


_CONFIRM = _Sentences(
    subject=_("One step left to the newsletter"),
    why=_(
        "Somebody, probably you, has asked for the newsletter of %(name)s to this address. "
        "Follow the link and press the button there. The link works for seven days."
    ),
    button=_("Continue to confirm"),
    otherwise=_(
        "Was it not you? Then you need not do anything. No newsletter comes, "
        "and the address is erased within 14 days."
    ),
)
_ALREADY = _Sentences(
    subject=_("You already get the newsletter"),
    why=_(
        "Somebody, probably you, has asked for the newsletter of %(name)s to this address. "
        "The address is on the list already, so you need not do anything."
    ),
    button=_("End the subscription instead"),
    otherwise=_("Was it not you? Then you can throw this mail away. Nothing has changed."),
)
_LEAVE = _Sentences(
    subject=_("The link that ends your subscription"),
    why=_(
        "Somebody, probably you, has asked how to end the newsletter of %(name)s "
        "to this address. Follow the link and press the button there."
    ),
    button=_("Continue to end the subscription"),
    otherwise=_("Was it not you? Then you can throw this mail away. Nothing has changed."),
)


def confirmation_note(site: Site, words: Words, url: str) -> Note:
    """Asks whoever reads the mailbox to continue to the page that confirms."""
    return _note(_CONFIRM, site, words, url)


def already_note(site: Site, words: Words, url: str) -> Note:
    """Tells a subscriber who signed up again that all is well, and how to leave."""
    return _note(_ALREADY, site, words, url)


def leave_note(site: Site, words: Words, url: str) -> Note:
    """Brings a subscriber the link that ends the subscription."""
    return _note(_LEAVE, site, words, url)


def _note(said: _Sentences, site: Site, words: Words, url: str) -> Note:
    return Note(
        words=words,
        subject=words.gettext(said.subject),
        why=words.gettext(said.why) % {"name": site.name},
        button=words.gettext(said.button),
        url=url,
        otherwise=words.gettext(said.otherwise),
    )


def note_message(
    site: Site, note: Note, to: str, now: datetime, templates: "Templates"
) -> EmailMessage:
    """The note as a message from the program to one address, without pictures.

    There is nothing to leave in it yet, so it has no List-Unsubscribe.
    """
    html = templates.render("web/mail.html", note.words, note=note, site=site)
    message = system_message(site, to, note.subject, _text(site, note), html, now)
    message["Content-Language"] = note.words.lang
    return message


def _text(site: Site, note: Note) -> str:
    why, otherwise = fill(note.why, _WIDTH), fill(note.otherwise, _WIDTH)
    sender = "\n".join(line for line in (site.name, site.postal_address) if line)
    return f"{why}\n\n{note.button}:\n{note.url}\n\n{otherwise}\n\n-- \n{sender}\n"
