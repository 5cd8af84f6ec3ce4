"""Where a received message leads and what it shows, against what was sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.jobs.doctor.link_guards import guarded, host_of, parts_of
from newsroom.jobs.doctor.received_message import Received
from newsroom.model import Addresses, Site
from newsroom.model.checkup import Remark, fault, fine, warning
from newsroom.model.saying import Saying, say

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AFTER = ".,;:!?)]>'\""  # what ends a sentence and no address
_FEW = 3
_LEADING = {"a", "area"}
_TINY = re.compile(r"\s*[01](?:px)?\s*")
_HIDDEN = re.compile(
    r"(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)|display\s*:\s*none", re.IGNORECASE
)
_IF_CHANGED = say("if you changed the issue since, send a new test")


@dataclass(frozen=True, slots=True)
class LetterContent:
    """What an issue's letters lead to and show, as they left."""

    links: frozenset[str]
    pictures: frozenset[str]


def letter_content(htmls: tuple[str, ...]) -> LetterContent:
    """The links and pictures of some letters together."""
    links: set[str] = set()
    pictures: set[str] = set()
    for html in htmls:
        found = gathered(html)
        links.update(found.links)
        pictures.update(found.pictures)
    return LetterContent(frozenset(links), frozenset(pictures))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a page of HTML leads to and shows."""

    links: tuple[str, ...]
    pictures: tuple[str, ...]
    hidden: tuple[str, ...]  # pictures that nobody is to see


def gathered(html: str) -> Gathered:
    """What a page of HTML leads to and shows on the web."""
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    links, pictures, hidden = [], [], []
    try:
        tree = document_fromstring(html)
    except (ParserError, ValueError):  # empty, or with a declaration of another encoding
        return Gathered((), (), ())
    for element, _, written, _ in tree.iterlinks():
        address = written.strip()
        if not address.startswith(("http://", "https://", "//")):
            continue
        if element.tag in _LEADING:
            links.append(address)
            continue
        pictures.append(address)
        sizes = (element.get("width", ""), element.get("height", ""))
        if any(map(_TINY.fullmatch, sizes)) or _HIDDEN.search(element.get("style", "")):
            hidden.append(address)
    return Gathered(tuple(links), tuple(pictures), tuple(hidden))


def judge_links(
    seen: Gathered, received: Received, site: Site, sent: LetterContent | None
) -> Iterator[Remark]:
    """Links that lead elsewhere than those that were sent; a receiver's gateway is only told of."""
    written = seen.links if sent is None else (*seen.links, *_in_text(received))
    known = _in_text(received) if sent is None else sent.links
    behind = [(link, guarded(link)) for link in written]
    plain = [link if guard is None else guard.address for link, guard in behind]
    strange = [each for each in plain if each and not _is_ours(each, site, known)]
    elsewhere = [each for each in strange if host_of(each) != host_of(site.url)]
    if elsewhere:
        yield fault(
            say("these were rewritten or added: {links}", links=_some(elsewhere)),
            say("turn click tracking off at the provider; {or_else}", or_else=_IF_CHANGED),
        )
    elif strange and sent is not None:
        yield _not_in_the_issue(strange)
    yield from _told_of_gateways([guard.guard for _, guard in behind if guard is not None])
    yield _as_sent(seen.links)


def _not_in_the_issue(addresses: list[str]) -> Remark:
    """What leads to the newsroom's own site, and is not in the issue: it was written since."""
    return warning(
        say("these are not in the issue as it is now: {links}", links=_some(addresses)),
        _IF_CHANGED,
    )


def _as_sent(addresses: tuple[str, ...]) -> Remark:
    return fine(say("as they were sent ({number})", number=len(addresses)))


def _told_of_gateways(names: list[str]) -> Iterator[Remark]:
    for name in dict.fromkeys(names):
        yield fine(
            say(
                "{guard} of the receiver stands before {number} links, which is their own doing",
                guard=name,
                number=names.count(name),
            )
        )


def _in_text(received: Received) -> frozenset[str]:
    """The links that the text part tells, without what a gateway put before them."""
    text = received.part("text/plain") or ""
    found = (match.rstrip(_AFTER) for match in _ADDRESS.findall(text))
    behind = ((address, guarded(address)) for address in found)
    return frozenset(guard.address if guard and guard.address else link for link, guard in behind)


def _is_ours(address: str, site: Site, known: frozenset[str]) -> bool:
    """Whether a link was sent, or is one of the reader's own."""
    if {address, f"{address}/", address.rstrip("/")} & known:
        return True
    addresses = Addresses(site)
    own = (addresses.url(addresses.leave("")), addresses.url(addresses.one_click("")))
    return address.startswith(own)


def judge_pictures(seen: Gathered, site: Site, sent: LetterContent | None) -> Iterator[Remark]:
    """Pictures that were added; ours all stand on our own site, to be seen."""
    known = sent.pictures if sent is not None else frozenset()
    strange = [each for each in seen.pictures if each not in known]
    added = [each for each in strange if host_of(each) != host_of(site.url) or each in seen.hidden]
    if added:
        told = _some(added)
        is_pixel = not {*added}.isdisjoint(seen.hidden)
        yield fault(
            say(
                "an invisible picture was added, which tells who opened the mail: {links}",
                links=told,
            )
            if is_pixel
            else say("these were added: {links}", links=told),
            say("turn open tracking off at the provider; {or_else}", or_else=_IF_CHANGED),
        )
    elif strange and sent is not None:
        yield _not_in_the_issue(strange)
    yield _as_sent(seen.pictures)


def _some(addresses: list[str]) -> Saying | str:
    """The first few addresses, by where they lead; what follows may be about a person."""
    shown = list(dict.fromkeys(_short(address) for address in addresses))
    if len(shown) <= _FEW:
        return ", ".join(shown)
    return say("{first} and {number} more", first=", ".join(shown[:_FEW]), number=len(shown) - _FEW)


def _short(address: str) -> str:
    parts = parts_of(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:80]
