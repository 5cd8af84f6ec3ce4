"""The mails that the public forms cause. Nothing that somebody typed into a form stands in them."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256
from typing import TYPE_CHECKING

from newsroom.model import Addresses, Site
from newsroom.render.mail.headers import system_message
from newsroom.render.mail.note import Asked, note_html, sender_lines
from newsroom.render.text.plain_writer import filled
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


@dataclass(frozen=True, slots=True)
class Note:
    """A mail of a few sentences and one link."""

    words: Words
    subject: str
    why: str  # this mail came
    button: str  # what the link says
    url: str
    otherwise: str  # what to do when the mail was not wanted
    code: str | None = None  # what to write on the page


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What is kept about somebody, as two files."""

    words: str  # to read
    json: bytes  # for other programs


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
_CODE = replace(
    _CONFIRM,
    why=_(
        "Somebody, probably you, has asked for the newsletter of %(name)s to this address. "
        "Follow the link and write the code there. Both work for seven days."
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
_DATA = _Sentences(
    subject=_("The link to what we have about you"),
    why=_(
        "Somebody, probably you, has asked what %(name)s keeps about this address. "
        "Follow the link to see it, change it, have it sent to you or have it erased. "
        "The link works for 24 hours. Do not pass it on."
    ),
    button=_("See what we have about you"),
    otherwise=_("Was it not you? Then you can throw this mail away. Nothing has changed."),
)
_COPY = _Sentences(
    subject=_("What we have about you"),
    why=_(
        "Here is a copy of what %(name)s keeps about this address. The file that ends with .txt is "
        "to read. The one that ends with .json has every detail, for other programs."
    ),
    button=_("See what we have about you"),
    otherwise=_("Is something wrong in it? Answer this mail, and we put it right."),
)


def confirmation_note(site: Site, words: Words, url: str) -> Note:
    """Asks whoever reads the mailbox to continue to the page that confirms."""
    return _note(_CONFIRM, site, words, url)


def code_note(site: Site, words: Words, url: str, code: str) -> Note:
    """Asks the same, with a code to write on the page."""
    return replace(_note(_CODE, site, words, url), code=code)


def data_note(site: Site, words: Words, url: str) -> Note:
    """Brings somebody the link to what is kept about them."""
    return _note(_DATA, site, words, url)


def copy_note(site: Site, words: Words, url: str) -> Note:
    """Brings somebody a copy of what is kept about them."""
    return _note(_COPY, site, words, url)


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


def note_message(  # noqa: PLR0913, PLR0917 (a mail is all of these)
    site: Site,
    note: Note,
    to: str,
    now: datetime,
    templates: "Templates",
    copy: OwnCopy | None = None,
) -> EmailMessage:
    """The note as a message from the program to one address, without pictures.

    There is nothing to leave in it yet, so it has no List-Unsubscribe. A `copy` of somebody's data
    goes along as files.
    """
    html = note_html(
        templates,
        site,
        note.words,
        note.subject,
        [part for part in (note.why, _code(note)) if part],
        Asked(link=(note.button, note.url)),
        after=[note.otherwise],
    )
    message = system_message(site, to, note.subject, _text(site, note), html, now)
    message["Content-Language"] = note.words.lang
    if copy is not None:
        name = Addresses(site).word("my_data")
        message.add_attachment(copy.words, filename=f"{name}.txt", cte="base64")
        message.add_attachment(copy.json, "application", "json", filename=f"{name}.json")
        message.set_boundary(f"=_{sha256(copy.json).hexdigest()[:32]}")
    return message


def _text(site: Site, note: Note) -> str:
    sender = "\n".join(sender_lines(site))
    link = f"{note.button}:\n{note.url}"
    parts = (filled(note.why), _code(note), link, filled(note.otherwise), f"-- \n{sender}\n")
    return "\n\n".join(part for part in parts if part)


def _code(note: Note) -> str:
    return note.words.gettext("The code: %(code)s") % {"code": note.code} if note.code else ""
