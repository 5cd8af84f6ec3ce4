"""Whether a received message says what was sent: nothing rewritten, nothing added, all there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.jobs.doctor.link_guards import guarded, host_of, parts_of
from newsroom.jobs.doctor.received_message import Received
from newsroom.model import Addresses, Site
from newsroom.model.saying import Saying, say
from newsroom.model.verdict import Check, Remark, Verdict, one_check
from newsroom.render.mail.headers import ascii_address

_CLIPPED, _WANTED = 102 * 1024, 80 * 1024  # octets of HTML: Gmail clips, and what we allow
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AFTER = ".,;:!?)]>'\""  # what ends a sentence and no address
_FEW = 3
_LEADING = {"a", "area"}
_TINY = re.compile(r"\s*[01](?:px)?\s*")
_HIDDEN = re.compile(
    r"(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)|display\s*:\s*none", re.IGNORECASE
)
_BULK = re.compile(r"BCL:(\d)")
_IF_CHANGED = say("if you changed the issue since, send a new test")
_BULK_WARN = 4  # Microsoft's stricter preset; the usual one begins at 7


@dataclass(frozen=True, slots=True)
class Sent:
    """What an issue's letters lead to and show, as they left."""

    links: frozenset[str]
    pictures: frozenset[str]


def letter_content(htmls: tuple[str, ...]) -> Sent:
    """The links and pictures of some letters together."""
    links: set[str] = set()
    pictures: set[str] = set()
    for html in htmls:
        found = _gathered(html)
        links.update(found.links)
        pictures.update(found.pictures)
    return Sent(frozenset(links), frozenset(pictures))


def content_checks(received: Received, site: Site, sent: Sent | None) -> Iterator[Check]:
    """Every check of what the message holds; `sent` is None when the issue is not known."""
    yield one_check("mail-headers", tuple(_headers(received, site)))
    yield one_check("mail-recipient", tuple(_recipient(received)))
    yield one_check("mail-parts", tuple(_parts(received)))
    yield one_check("mail-size", tuple(_size(received)))
    html = received.part("text/html")
    if html is not None:
        seen = _gathered(html)
        yield one_check("mail-links", tuple(_links(seen, received, site, sent)))
        yield one_check("mail-pictures", tuple(_pictures(seen, site, sent)))
    yield from _bulk_level(received)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a page of HTML leads to and shows."""

    links: tuple[str, ...]
    pictures: tuple[str, ...]
    hidden: tuple[str, ...]  # pictures that nobody is to see


def _gathered(html: str) -> _Gathered:
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    links, pictures, hidden = [], [], []
    try:
        tree = document_fromstring(html)
    except (ParserError, ValueError):  # empty, or with a declaration of another encoding
        return _Gathered((), (), ())
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
    return _Gathered(tuple(links), tuple(pictures), tuple(hidden))


def _headers(received: Received, site: Site) -> Iterator[Remark]:
    """What providers like to replace."""
    sender = site.sender
    if received.author != ascii_address(sender.email).lower():
        yield Remark(
            Verdict.FAIL,
            say(
                "it is from {found}, and posts/site.yaml says {wanted}",
                found=received.author,
                wanted=sender.email,
            ),
            say("let the provider send as {wanted}", wanted=sender.email),
        )
    if received.is_newsletter:
        yield from _list_headers(received, site)
    message_id = received.value("Message-ID") or ""
    domain = ascii_address(sender.email).rpartition("@")[2].lower()
    if not message_id.lower().endswith(f"@{domain}>"):
        yield Remark(
            Verdict.WARN,
            say(
                "its Message-ID was replaced ({found}), so a retry and a bounce are harder to tell",
                found=message_id or "-",
            ),
            say("see whether the provider can keep it"),
        )
    if (
        sender.reply_to
        and sender.reply_to.lower() not in (received.value("Reply-To") or "").lower()
    ):
        yield Remark(
            Verdict.WARN,
            say("Reply-To no longer names {wanted}", wanted=sender.reply_to),
            say("see what takes it away"),
        )
    yield Remark(Verdict.OK, say("the headers are as they left"))


def _list_headers(received: Received, site: Site) -> Iterator[Remark]:
    leave = received.value("List-Unsubscribe")
    ours = Addresses(site).url("u/")
    if leave is not None and not leave.startswith(f"<{ours}"):
        yield Remark(
            Verdict.FAIL,
            say("List-Unsubscribe was replaced: {found}", found=leave[:120]),
            say(
                "turn the provider's own unsubscribing off: readers would leave a list that "
                "newsroom does not see"
            ),
        )
    post = received.value("List-Unsubscribe-Post")
    if post is not None and post != "List-Unsubscribe=One-Click":
        yield Remark(
            Verdict.FAIL,
            say("List-Unsubscribe-Post says {found}", found=post[:80]),
            say("it must be List-Unsubscribe=One-Click; see what replaces it"),
        )
    if leave is not None and received.value("List-Id") is None:
        yield Remark(
            Verdict.WARN,
            say("List-Id is gone, by which readers sort their mail"),
            say("see what takes it away"),
        )


def _recipient(received: Received) -> Iterator[Remark]:
    found = len(received.recipients)
    if found == 1:
        yield Remark(Verdict.OK, say("to one address"))
        return
    yield Remark(
        Verdict.FAIL,
        say("it names {number} recipients, and must name one", number=found),
        say("see what stands between: each reader gets a message of their own"),
    )


def _parts(received: Received) -> Iterator[Remark]:
    text, html = received.part("text/plain"), received.part("text/html")
    if not (text or "").strip():
        yield Remark(
            Verdict.FAIL,
            say("the text part is gone"),
            say("see what takes it away: some readers have no other, and filters want it"),
        )
    if html is None and received.is_newsletter:
        yield Remark(Verdict.FAIL, say("the HTML part is gone"), say("see what takes it away"))
    yield Remark(Verdict.OK, say("text and HTML are there"))


def _size(received: Received) -> Iterator[Remark]:
    html = received.part("text/html") or ""
    octets = len(html.encode("utf-8"))
    kilobytes = f"{octets / 1024:.0f}"
    if octets > _CLIPPED:
        yield Remark(
            Verdict.FAIL,
            say("the HTML has {size} KB, and Gmail cuts it off at 102", size=kilobytes),
            say("shorten the issue, or turn off what makes it longer on the way"),
        )
    elif octets > _WANTED:
        yield Remark(
            Verdict.WARN,
            say("the HTML has {size} KB; Gmail cuts off at 102", size=kilobytes),
            say("shorten the issue, or turn off what makes it longer on the way"),
        )
    yield Remark(Verdict.OK, say("{size} KB of HTML", size=kilobytes))


def _links(seen: _Gathered, received: Received, site: Site, sent: Sent | None) -> Iterator[Remark]:
    """Links that lead elsewhere than those that were sent; a receiver's gateway is only told of."""
    written = seen.links if sent is None else (*seen.links, *_in_text(received))
    known = _in_text(received) if sent is None else sent.links
    behind = [(link, guarded(link)) for link in written]
    plain = [link if guard is None else guard.address for link, guard in behind]
    strange = [each for each in plain if each and not _is_ours(each, site, known)]
    elsewhere = [each for each in strange if host_of(each) != host_of(site.url)]
    if elsewhere:
        yield Remark(
            Verdict.FAIL,
            say(
                "{number} links were rewritten or added: {links}",
                number=len(elsewhere),
                links=_some(elsewhere),
            ),
            say("turn click tracking off at the provider; {or_else}", or_else=_IF_CHANGED),
        )
    elif strange and sent is not None:
        yield Remark(
            Verdict.WARN,
            say(
                "{number} links to your own site are not in the issue as it is now: {links}",
                number=len(strange),
                links=_some(strange),
            ),
            _IF_CHANGED,
        )
    guards = [guard.guard for _, guard in behind if guard is not None]
    for name in dict.fromkeys(guards):
        yield Remark(
            Verdict.OK,
            say(
                "{guard} of the receiver stands before {number} links, which is their own doing",
                guard=name,
                number=guards.count(name),
            ),
        )
    yield Remark(Verdict.OK, say("{number} links, as they were sent", number=len(seen.links)))


def _in_text(received: Received) -> frozenset[str]:
    """The links that the text part tells, without what a gateway put before them."""
    text = received.part("text/plain") or ""
    found = (match.rstrip(_AFTER) for match in _ADDRESS.findall(text))
    behind = ((address, guarded(address)) for address in found)
    return frozenset(guard.address if guard and guard.address else link for link, guard in behind)


def _is_ours(address: str, site: Site, known: frozenset[str]) -> bool:
    """Whether a link was sent, or is one of the reader's own."""
    if address in known or address.rstrip("/") in {each.rstrip("/") for each in known}:
        return True
    addresses = Addresses(site)
    own = (addresses.url(addresses.leave("")), addresses.url(addresses.one_click("")))
    return address.startswith(own)


def _pictures(seen: _Gathered, site: Site, sent: Sent | None) -> Iterator[Remark]:
    """Pictures that were added; ours all stand on our own site, to be seen."""
    known = sent.pictures if sent is not None else frozenset()
    strange = [each for each in seen.pictures if each not in known]
    added = [each for each in strange if host_of(each) != host_of(site.url) or each in seen.hidden]
    if added:
        is_pixel = bool(set(added) & set(seen.hidden))
        yield Remark(
            Verdict.FAIL,
            say(
                "an invisible picture was added, which tells who opened the mail: {links}",
                links=_some(added),
            )
            if is_pixel
            else say(
                "{number} pictures were added: {links}", number=len(added), links=_some(added)
            ),
            say("turn open tracking off at the provider; {or_else}", or_else=_IF_CHANGED),
        )
    elif strange and sent is not None:
        yield Remark(
            Verdict.WARN,
            say(
                "{number} pictures of your own site are not in the issue as it is now: {links}",
                number=len(strange),
                links=_some(strange),
            ),
            _IF_CHANGED,
        )
    yield Remark(Verdict.OK, say("{number} pictures, as they were sent", number=len(seen.pictures)))


def _bulk_level(received: Received) -> Iterator[Check]:
    """What Microsoft thinks of the mail, where it was received there."""
    told = received.value("X-Microsoft-Antispam") or ""
    match = _BULK.search(told)
    if match is None:
        return
    level = int(match[1])
    if level >= _BULK_WARN:
        yield Check(
            "mail-bulk-level",
            Verdict.WARN,
            say("Microsoft gives it the bulk level {level} of 9", level=level),
            say("write to those who want it: many complaints and dead addresses raise it"),
        )
    else:
        yield Check(
            "mail-bulk-level",
            Verdict.OK,
            say("Microsoft gives it the bulk level {level} of 9", level=level),
        )


def _some(addresses: list[str]) -> Saying | str:
    """The first few addresses, by where they lead; what follows may be about a person."""
    shown = list(dict.fromkeys(_short(address) for address in addresses))
    if len(shown) <= _FEW:
        return ", ".join(shown)
    return say("{first} and {number} more", first=", ".join(shown[:_FEW]), number=len(shown) - _FEW)


def _short(address: str) -> str:
    parts = parts_of(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:80]
