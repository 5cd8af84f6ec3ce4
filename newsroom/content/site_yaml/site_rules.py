"""What site.yaml names is there: approvers, menu, logo."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from newsroom.content.front.notes import suggestion
from newsroom.content.rules.breach import SITE, Breach, Slugs
from newsroom.model import SECTIONS, Addresses, Kind, Newsroom, Site
from newsroom.model.saying import say


def site_breaches(newsroom: Newsroom, files: AbstractSet[str], slugs: Slugs) -> Iterator[Breach]:
    """What site.yaml names and the folder does not have; no piece is kept out for it."""
    yield from _approvers(newsroom, slugs)
    yield from _menu(newsroom.site, slugs)
    logo = newsroom.site.brand.logo
    if logo and f"posts/{logo}" not in files:
        message = say("there is no file {file}", file=f"posts/{logo}")
        yield _of_site(("brand", "logo"), "missing-file", message, say("put it there"))


def _approvers(newsroom: Newsroom, slugs: Slugs) -> Iterator[Breach]:
    people = {contact.slug: contact for contact in newsroom.contacts}
    for number, slug in enumerate(newsroom.site.approvers):
        field = ("approvers", number)
        if slug not in slugs[Kind.CONTACT]:
            message = say('there is no "{slug}" in {folder}', slug=slug, folder="posts/contacts/")
            fix = suggestion(slug, slugs[Kind.CONTACT], say("write the name of a file there"))
            yield _of_site(field, "unknown-reference", message, fix)
        elif slug in people and people[slug].email is None:
            message = say("{slug} approves issues and has no mail address", slug=slug)
            yield _of_site(field, "unreachable", message, say("write email: in its file"))
    if newsroom.site.review.yeses > max(1, len(set(newsroom.site.approvers))):
        message = say("two must approve, and approvers names fewer")
        fix = say("write {words}", words="approvers: [anna-exempel, bo-exempel]")
        yield _of_site(("approval", "by"), "too-few-approvers", message, fix)


def _menu(site: Site, slugs: Slugs) -> Iterator[Breach]:
    words = {Addresses(site).word(section) for section in SECTIONS} | slugs[Kind.PAGE]
    for number, word in enumerate(site.menu):
        if word not in words:
            message = say(
                'the menu names "{word}", which is no part of the site and no page', word=word
            )
            fix = suggestion(word, words, say("write the name of a file in posts/pages/"))
            yield _of_site(("menu", number), "unknown-reference", message, fix)


def _of_site(field: tuple[str | int, ...], code: str, message: str, fix: str) -> Breach:
    return Breach(str(SITE), field, code, message, fix, keeps_out=False)
