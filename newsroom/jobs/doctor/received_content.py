"""Whether a received message says what was sent: nothing rewritten, nothing added, all there."""

import re
from collections.abc import Iterator

from newsroom.jobs.doctor.received_headers import judge_headers
from newsroom.jobs.doctor.received_links import LetterContent, gathered, judge_links, judge_pictures
from newsroom.jobs.doctor.received_message import Received
from newsroom.model import Site
from newsroom.model.checkup import Check, Remark, check_of, fault, fine, warning
from newsroom.model.saying import say

_CLIPPED, _WANTED = 102 * 1024, 80 * 1024  # octets of HTML: Gmail clips, and what we allow
_BULK = re.compile(r"BCL:(\d)")
_BULK_WARN = 4  # Microsoft's stricter preset; the usual one begins at 7


def content_checks(received: Received, site: Site, sent: LetterContent | None) -> Iterator[Check]:
    """Every check of what the message holds; `sent` is None when the issue is not known."""
    yield check_of("mail-headers", tuple(judge_headers(received, site)))
    yield check_of("mail-recipient", tuple(_recipient(received)))
    yield check_of("mail-parts", tuple(_parts(received)))
    yield check_of("mail-size", tuple(_size(received)))
    html = received.part("text/html")
    if html is not None:
        seen = gathered(html)
        yield check_of("mail-links", tuple(judge_links(seen, received, site, sent)))
        yield check_of("mail-pictures", tuple(judge_pictures(seen, site, sent)))
    yield from _bulk_level(received)


def _recipient(received: Received) -> Iterator[Remark]:
    found = len(received.recipients)
    if found == 1:
        yield fine(say("to one address"))
        return
    yield fault(
        say("it names {number} recipients, and must name one", number=found),
        say("see what stands between: each reader gets a message of their own"),
    )


def _parts(received: Received) -> Iterator[Remark]:
    text, html = received.part("text/plain"), received.part("text/html")
    if not (text or "").strip():
        yield fault(
            say("the text part is gone"),
            say("see what takes it away: some readers have no other, and filters want it"),
        )
    if html is None and received.is_newsletter:
        yield fault(say("the HTML part is gone"), say("see what takes it away"))
    yield fine(say("text and HTML are there"))


def _size(received: Received) -> Iterator[Remark]:
    html = received.part("text/html") or ""
    octets = len(html.encode("utf-8"))
    kilobytes = f"{octets / 1024:.0f}"
    if octets > _CLIPPED:
        yield fault(
            say("the HTML has {size} KB, and Gmail cuts it off at 102", size=kilobytes),
            say("shorten the issue, or turn off what makes it longer on the way"),
        )
    elif octets > _WANTED:
        yield warning(
            say("the HTML has {size} KB; Gmail cuts off at 102", size=kilobytes),
            say("shorten the issue, or turn off what makes it longer on the way"),
        )
    yield fine(say("{size} KB of HTML", size=kilobytes))


def _bulk_level(received: Received) -> Iterator[Check]:
    """What Microsoft thinks of the mail, where it was received there."""
    told = received.value("X-Microsoft-Antispam") or ""
    match = _BULK.search(told)
    if match is None:
        return
    level = int(match[1])
    given = say("Microsoft gives it the bulk level {level} of 9", level=level)
    wanted = say("write to those who want it: many complaints and dead addresses raise it")
    judged = warning(given, wanted) if level >= _BULK_WARN else fine(given)
    yield check_of("mail-bulk-level", [judged])
