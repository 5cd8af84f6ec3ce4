"""Which slugs a piece of a kind may have on a site, whoever proposes them."""

from dataclasses import dataclass

from newsroom.content.front.notes import quoted
from newsroom.model import SECTIONS, Addresses, Kind, Site
from newsroom.model.address import OTHER_FOLDERS
from newsroom.model.saying import Saying, say

_LONGEST = 200  # letters a–z: file systems take 255 in a name, and some in a whole path
_LONGEST_OF_AN_ISSUE = 100  # as the ledger keeps its name


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a slug cannot be used, and what to write instead."""

    code: str
    message: Saying
    fix: Saying


def why_not(slug: str, kind: str, site: Site) -> Refusal | None:
    """Why no piece of a kind can have a slug; None when nothing but another piece may hinder it.

    A name that is too long would end a build; others are addresses that the site needs itself.
    """
    most = _LONGEST_OF_AN_ISSUE if kind == Kind.ISSUE else _LONGEST
    if len(slug) > most:
        message = say("{name} has {count} letters", name=quoted(slug), count=len(slug))
        return Refusal("bad-slug", message, say("write one of at most {most}", most=most))
    if kind == Kind.NEWS and slug.isdigit():
        message = say('the slug "{slug}" looks like a month or a page of the archive', slug=slug)
        return Refusal("taken-address", message, say("write slug: {slug}", slug=f"nr-{slug}"))
    if kind == Kind.PAGE and slug in _taken(site):
        ending = "sida" if site.language.startswith("sv") else "page"
        message = say('the address "{slug}/" is the site\'s own', slug=slug)
        return Refusal("taken-address", message, say("write slug: {slug}", slug=f"{slug}-{ending}"))
    return None


def _taken(site: Site) -> set[str]:
    words = Addresses(site)
    return {words.word(section) for section in SECTIONS}.union(OTHER_FOLDERS)
