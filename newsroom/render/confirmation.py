"""The mails that the public forms cause. Nothing that somebody typed into a form stands in them."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from textwrap import fill
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.render.templates import render
from newsroom.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

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


def consent_wording(site: Site, words: Words) -> str:
    """What somebody agrees to with the sign-up form, exactly as it stands there."""
    text = words.gettext(
        "I want the newsletter of %(name)s by e-mail. "
        "I can end it at any time with a link in every issue."
    )
    return text % {"name": site.name}


def confirmation_note(site: Site, words: Words, url: str) -> Note:
    """Asks whoever reads the mailbox to continue to the page that confirms."""
    _ = words.gettext
    return Note(
        words=words,
        subject=_("One step left to the newsletter"),
        why=_(
            "Somebody, probably you, has asked for the newsletter of %(name)s to this address. "
            "Follow the link and press the button there. The link works for seven days."
        )
        % {"name": site.name},
        button=_("Continue to confirm"),
        url=url,
        otherwise=_(
            "Was it not you? Then you need not do anything. No newsletter comes, "
            "and the address is erased within 14 days."
        ),
    )


def already_note(site: Site, words: Words, url: str) -> Note:
    """Tells a subscriber who signed up again that all is well, and how to leave."""
    _ = words.gettext
    return Note(
        words=words,
        subject=_("You already get the newsletter"),
        why=_(
            "Somebody, probably you, has asked for the newsletter of %(name)s to this address. "
            "The address is on the list already, so you need not do anything."
        )
        % {"name": site.name},
        button=_("End the subscription instead"),
        url=url,
        otherwise=_("Was it not you? Then you can throw this mail away. Nothing has changed."),
    )


def leave_note(site: Site, words: Words, url: str) -> Note:
    """Brings a subscriber the link that ends the subscription."""
    _ = words.gettext
    return Note(
        words=words,
        subject=_("The link that ends your subscription"),
        why=_(
            "Somebody, probably you, has asked how to end the newsletter of %(name)s "
            "to this address. Follow the link and press the button there."
        )
        % {"name": site.name},
        button=_("Continue to end the subscription"),
        url=url,
        otherwise=_("Was it not you? Then you can throw this mail away. Nothing has changed."),
    )


def note_message(
    site: Site, note: Note, to: str, now: datetime, templates: "Environment"
) -> EmailMessage:
    """The note as a message: text first, then HTML without pictures.

    It says that a program wrote it (RFC 3834 section 5), and since there is nothing to leave yet it
    has no List-Unsubscribe. Its Message-ID comes from its link, which no other mail has.
    """
    domain = site.sender.email.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(site.sender.name, addr_spec=site.sender.email)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = note.subject
    message["Date"] = now
    message["Message-ID"] = f"<{sha256(f'{note.url} {now}'.encode()).hexdigest()[:32]}@{domain}>"
    if site.sender.reply_to:
        message["Reply-To"] = Address(addr_spec=site.sender.reply_to)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(_text(site, note), cte="quoted-printable")
    page = render(templates, "web/mail.html", note.words, note=note, site=site)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message["Content-Language"] = note.words.lang
    return message


def _text(site: Site, note: Note) -> str:
    why, otherwise = fill(note.why, _WIDTH), fill(note.otherwise, _WIDTH)
    sender = "\n".join(line for line in (site.name, site.postal_address) if line)
    return f"{why}\n\n{note.button}:\n{note.url}\n\n{otherwise}\n\n-- \n{sender}\n"
