"""The verdict on a message that was received: a test of an issue, saved as a file."""

from collections.abc import Callable, Iterator, Sequence

from newsroom.domains.answers import Ask
from newsroom.domains.dkim_key import Selector
from newsroom.jobs.doctor.received_content import content_checks
from newsroom.jobs.doctor.received_links import LetterContent
from newsroom.jobs.doctor.received_message import Received
from newsroom.jobs.doctor.received_signatures import signature_checks
from newsroom.model import Site
from newsroom.model.checkup import Check


def received_checks(
    received: Received,
    site: Site,
    ask: Ask,
    own: Sequence[Selector],
    sent: Callable[[str], LetterContent | None],
) -> Iterator[Check]:
    """Every check of a message; `sent` gives what an issue of that name has left with."""
    yield from signature_checks(ask, received, own)
    name = issue_of(received)
    yield from content_checks(received, site, sent(name) if name else None)


def issue_of(received: Received) -> str | None:
    """The issue that a message says it is of: Feedback-ID begins with its name."""
    told = received.value("Feedback-ID")
    name = told.partition(":")[0].strip() if told else ""
    return name or None
