"""A mail of some sentences and one link, in the look of the letters."""

from collections.abc import Iterable
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


def note_html(  # noqa: PLR0913 (a mail is all of these)
    templates: "Templates",
    site: Site,
    words: Words,
    subject: str,
    before: Iterable[str],
    *,
    link: tuple[str, str] | None,
    must: tuple[str, Iterable[str]] | None = None,
    after: Iterable[str] = (),
    aside: tuple[str, str] | None = None,
) -> str:
    """The HTML of a note: sentences, faults, what its button says and where it leads, and more.

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
        must=must,
        link=link,
        after=tuple(after),
        sender_lines=sender_lines(site),
        aside=aside,
    )
