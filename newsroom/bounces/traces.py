"""What is left of our own message in a bounce: the ids by which it can be found in the ledger."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from newsroom.bounces.addresses import addresses_in
from newsroom.bounces.opened import Opened

_SENT_TO = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_MOST = 20  # of each kind


@dataclass(frozen=True, slots=True)
class Traces:
    """Each kind, best first; none of them is believed before it was found in the ledger."""

    return_addresses: tuple[str, ...]  # where it came back to (RFC 5321 section 4.4)
    envelope_ids: tuple[str, ...]  # RFC 3461 section 4.4
    message_ids: tuple[str, ...]  # with their angle brackets


def traces(mail: Opened) -> Traces:
    """What there is of our message in this one."""
    addressed = [value for name in _SENT_TO for value in mail.head.every(name)]
    addressed += [
        value for name in ("return-path", "errors-to") for value in mail.original.every(name)
    ]
    addressed += mail.feedback.every("original-mail-from")  # RFC 5965 section 3.2
    reports = (*mail.reports, mail.feedback)
    envelopes = [value for block in reports for value in block.every("original-envelope-id")]
    named = [
        *mail.original.every("message-id"),
        *mail.message_ids,
        *mail.head.every("in-reply-to"),
        *mail.head.every("references"),
    ]
    return Traces(
        _few(email for value in addressed for email in addresses_in(value)),
        _few(value.strip("<> ") for value in envelopes),
        _few(name for value in named for name in _MESSAGE_ID.findall(value)),
    )


def _few(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(found), _MOST))
