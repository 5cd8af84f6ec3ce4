"""The cache key beside a text's own bytes: the program's version and part of the site."""

from hashlib import sha256

from newsroom.model import Sender, Site
from newsroom.program import code, release


def program_stamp() -> bytes:
    """A digest of the program as its files are now, of its Python, and of what it stands on."""
    return sha256(repr((release(), sorted(code()))).encode()).digest()


def site_stamp(site: Site) -> bytes:
    """A digest of a site."""
    return sha256(repr(site).encode()).digest()


def as_read(site: Site) -> Site:
    """The site with only what decides how a piece is read, so that nothing else can.

    Who changes the pace of sending, or a word in the menu, then has no text read again.
    """
    return Site(
        name="",
        url=site.url,
        first_url=site.first_url,
        language=site.language,
        timezone=site.timezone,
        sender=Sender("", ""),
        path_words=site.path_words,
        checks=site.checks,
    )
