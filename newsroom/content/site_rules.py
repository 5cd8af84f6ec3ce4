"""What site.yaml names is there: approvers, menu, logo."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from newsroom.content.breach import SITE, Breach, Slugs
from newsroom.content.notes import suggestion
from newsroom.model import SECTIONS, Addresses, Kind, Newsroom, Site


def site_breaches(
    newsroom: Newsroom, files: AbstractSet[PurePosixPath], slugs: Slugs
) -> Iterator[Breach]:
    """What site.yaml names and the folder does not have; no piece is kept out for it."""
    yield from _approvers(newsroom, slugs)
    yield from _menu(newsroom.site, slugs)
    logo = newsroom.site.brand.logo
    if logo and PurePosixPath("posts", logo) not in files:
        yield _of_site(
            ("brand", "logo"), "missing-file", f"there is no file posts/{logo}", "put it there"
        )


def _approvers(newsroom: Newsroom, slugs: Slugs) -> Iterator[Breach]:
    people = {contact.slug: contact for contact in newsroom.contacts}
    for number, slug in enumerate(newsroom.site.approvers):
        field = ("approvers", number)
        if slug not in slugs[Kind.CONTACT]:
            message = f'there is no "{slug}" in posts/contacts/'
            fix = suggestion(slug, slugs[Kind.CONTACT], "write the name of a file there")
            yield _of_site(field, "unknown-reference", message, fix)
        elif slug in people and people[slug].email is None:
            message = f"{slug} approves issues and has no mail address"
            yield _of_site(field, "unreachable", message, "write email: in its file")


def _menu(site: Site, slugs: Slugs) -> Iterator[Breach]:
    words = {Addresses(site).word(section) for section in SECTIONS} | slugs[Kind.PAGE]
    for number, word in enumerate(site.menu):
        if word not in words:
            message = f'the menu names "{word}", which is no part of the site and no page'
            fix = suggestion(word, words, "write the name of a file in posts/pages/")
            yield _of_site(("menu", number), "unknown-reference", message, fix)


def _of_site(field: tuple[str | int, ...], code: str, message: str, fix: str) -> Breach:
    return Breach(SITE, field, code, message, fix, keeps_out=False)
