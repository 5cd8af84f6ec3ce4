"""Where the letters of an issue lead: on our own site, and on those of others."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsroom.content.front.notes import quoted
from newsroom.jobs.issue.edition import Proof
from newsroom.model import Addresses, Newsroom, Problem, Severity
from newsroom.model.saying import say
from newsroom.render.mail.letter import Letter
from newsroom.render.pages.whole_site import plan
from newsroom.render.pictures.pictures import variants

if TYPE_CHECKING:
    from newsroom.render.templates import Templates


def dead_ends(newsroom: Newsroom, proof: Proof, templates: "Templates") -> Iterator[Problem]:
    """Links and pictures of the letters that the site will not have when they leave."""
    site = plan(as_sent(newsroom, proof), proof.at, templates)
    addresses = Addresses(newsroom.site)
    # The page of a reader's own details is no file: the bot answers there itself.
    there = {addresses.section("my_data"), *(page.path for page in site.pages)}
    for asset in (*site.shown, *site.offered):
        there |= {addresses.asset(asset), *(each.address for each in variants(asset, addresses))}
    for letter in proof.letters.values():
        own = {a for a in _addresses(letter) if a.startswith(f"{newsroom.site.url}/")}
        for address in sorted(own):
            path = unquote(urlsplit(address).path).removeprefix(_path_of(newsroom.site.url))
            if not {path, f"{path}index.html"} & there:
                message = say(
                    "the letter leads to {address}, which will not be there",
                    address=quoted(address),
                )
                fix = say("see that the site has it, or take the link away")
                yield Problem(proof.issue.source, None, Severity.ERROR, "broken-link", message, fix)


def outside_links(proof: Proof) -> tuple[str, ...]:
    """The addresses of other sites that the letters lead to."""
    own = f"{proof.site.url}/"
    found = (address for letter in proof.letters.values() for address in _addresses(letter))
    web = (each for each in found if each.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(each for each in web if not each.startswith(own)))


def dead_outside(proof: Proof, dead: Mapping[str, str]) -> tuple[Problem, ...]:
    """A warning for each address of another site that leads nowhere: `dead` says why."""
    return tuple(
        Problem(
            proof.issue.source,
            None,
            Severity.WARNING,
            "dead-link",
            say("the letter leads to {address}: {why}", address=quoted(address), why=why),
            say("open it, and mend the link if it leads nowhere"),
        )
        for address, why in dead.items()
    )


def as_sent(newsroom: Newsroom, proof: Proof) -> Newsroom:
    """The newsroom as it is when the issue has left: its page is there."""
    sent = replace(proof.issue, draft=False, published=proof.at)
    others = [issue for issue in newsroom.issues if issue.slug != sent.slug]
    return replace(newsroom, issues=(sent, *others))


def _addresses(letter: Letter) -> list[str]:
    """Everything that a letter links to or shows, in its order."""
    from lxml.html import document_fromstring

    return [address for _, _, address, _ in document_fromstring(letter.html).iterlinks()]


def _path_of(site_url: str) -> str:
    return f"{urlsplit(site_url).path}/"
