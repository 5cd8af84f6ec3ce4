"""A mail of some sentences and one link, in the look of the letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.model import Site
from newsroom.render.mail.dress import dressed
from newsroom.render.words import Words

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


def sender_lines(site: Site) -> tuple[str, ...]:
    """Who a mail is from, at its foot; an address that begins with the name says it already."""
    name, address = site.name, site.postal_address
    if not address:
        return (name,)
    return (address,) if address.casefold().startswith(name.casefold()) else (name, address)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mail asks: what to mend, what to press, and what to write instead."""

    must: tuple[str, tuple[str, ...]] | None = None  # a heading, and faults
    link: tuple[str, str] | None = None  # what the button says, and where it leads
    command: tuple[str, str] | None = None  # why, and what to write
    aside: tuple[str, str] | None = None  # a quieter link: its words, and where it leads


def note_html(  # noqa: PLR0913, PLR0917 (a mail is all of these)
    templates: "Templates",
    site: Site,
    words: Words,
    subject: str,
    before: Iterable[str],
    asked: Asked,
    after: Iterable[str] = (),
) -> str:
    """The HTML of a note: sentences, what is asked, and what there is to know beside it.

    Raises ContentError when a template is broken.
    """
    return dressed(
        templates,
        "mail/note.html",
        site,
        words,
        site=site,
        subject=subject,
        subject_lang=words.lang,
        preheader=None,
        before=tuple(before),
        asked=asked,
        after=tuple(after),
        sender_lines=sender_lines(site),
    )
