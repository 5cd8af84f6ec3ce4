"""Finds the failed recipients in a bounce that is written as plain text."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from newsroom.bounces.addresses import addresses_in, is_address, tidy
from newsroom.bounces.opened import Opened
from newsroom.bounces.report import Told

_MOST = 50  # recipients that one text is taken to tell of
_MOST_LINES = 2_000
_REASON = 12  # lines after an address that can belong to it
_TRANSCRIPT = re.compile(r"^\s*(>>>|<<<|\d{3}[ -])")
# Where an address stands tells what it is, best first. Postfix and qmail put it before a colon,
# sendmail in angle brackets, Exim and Exchange on a line of its own.
_PLACES = (
    re.compile(r"^\s*<?([^<>\s]+@[^<>\s]+)>?\s*(\([^)]*\))?\s*:(\s|$)"),
    re.compile(r"^\s*[-*]?\s*<?([^<>\s]+@[^<>\s]+)>?[.,;:]?\s*$"),
    re.compile(r"^\s*<([^<>\s]+@[^<>\s]+)>"),
    re.compile(r"^\s*([^<>\s:]+@[^<>\s:]+)\s+(on\s|\[|\(|-|–|\.\.\.)"),
    re.compile(
        r"(?:rcpt to|recipients?|to|deliver\w*|address\w*|user|mailbox|account|"
        r"mottagare\w*|empfänger\w*|destinataire\w*|modtager\w*|vastaanottaj\w*|destinatari\w*)"
        r"[^@\n]{0,60}?[:\s<(\"']\s*([^<>\s:()\"']+@[^<>\s()\"']+)",
        re.IGNORECASE,
    ),
)
_NO_RECIPIENT = re.compile(  # lines whose addresses are of something else
    r"^\s*(from|sender|mail from|reply-to|message-?id|received|subject|cc)\b|"
    r"mailto:|postmaster@|mailer-daemon@|contact |kontakt|please (send|forward)|for help|"
    r"further assistance|abuse@",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Named:
    email: str
    line: int
    place: int


def told_by(mail: Opened) -> Iterator[Told]:
    """Each recipient that the text names, with the words that belong to it.

    Where it names nobody, the message that came back says to whom it went.
    """
    lines = mail.words.splitlines()[:_MOST_LINES]
    failed = _failed_recipients(mail)
    named = _named(lines, _own_addresses(mail))
    best = min((one.place for one in named), default=None)
    chosen = {one.email.lower(): one for one in reversed(named) if one.place == best}
    in_order = sorted(chosen.values(), key=lambda one: one.line)[:_MOST]
    if failed:
        where = {one.email.lower(): one for one in reversed(named)}
        for email in failed[:_MOST]:
            one = where.get(email.lower())
            yield Told(email, "failed", None, _reason(lines, one.line if one else 0))
        return
    for one in in_order:
        yield Told(one.email, "failed", None, _reason(lines, one.line))
    if not in_order:
        email = next(addresses_in(_sent_to(mail)), "")
        yield Told(email, "failed", None, mail.words)


def _failed_recipients(mail: Opened) -> list[str]:
    """Exim and Gmail name them in a header of their own."""
    values = ", ".join(mail.head.every("x-failed-recipients"))
    return list(dict.fromkeys(addresses_in(values)))


def _sent_to(mail: Opened) -> str:
    return mail.original.first("x-original-to", "delivered-to", "envelope-to", "to")


def _own_addresses(mail: Opened) -> frozenset[str]:
    """Addresses that are ours or the mail system's, and so no recipient's."""
    ours = [
        *(value for name in ("from", "return-path", "to") for value in mail.head.every(name)),
        *(
            value
            for name in ("from", "return-path", "reply-to", "sender", "message-id")
            for value in mail.original.every(name)
        ),
    ]
    return frozenset(email.lower() for value in ours for email in addresses_in(value))


def _named(lines: list[str], own: Collection[str]) -> list[_Named]:
    found: list[_Named] = []
    for number, line in enumerate(lines):
        if "@" not in line or _NO_RECIPIENT.search(line[:200]):
            continue
        for place, pattern in enumerate(_PLACES):
            match = pattern.search(line[:500])
            email = tidy(match[1]) if match else ""
            if is_address(email) and email.lower() not in own:
                found.append(_Named(email, number, place))
                break
        else:
            found += (
                _Named(email, number, len(_PLACES))
                for email in addresses_in(line[:500])
                if email.lower() not in own
            )
    return found


def _reason(lines: list[str], at: int) -> str:
    """The words that follow an address, up to the next one; the whole text where that is little."""
    told = [lines[at]] if lines else []
    for line in lines[at + 1 : at + 1 + _REASON]:
        if _PLACES[0].search(line) and not _TRANSCRIPT.search(line):
            break
        told.append(line)
    return "\n".join(told)
