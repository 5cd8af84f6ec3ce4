"""A bounce or a complaint that a mail provider reports through its webhook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsroom.bounces.addresses import addresses_in
from newsroom.bounces.cause import Cause
from newsroom.bounces.classify import MailKind, Returned
from newsroom.bounces.diagnostic import diagnostic
from newsroom.bounces.verdict import cause, enhanced_status, reply_code
from newsroom.model.delivery import BounceSeverity

COPY = "copy"  # the name under which a provider keeps the id of a copy for us
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One message that came back, or was called spam."""

    id: str  # the provider's own, the same when it tells of it again
    kind: MailKind  # BOUNCE or COMPLAINT
    told: Returned
    envelope_ids: tuple[str, ...] = ()  # what we asked the provider to keep with the message
    message_ids: tuple[str, ...] = ()  # with their angle brackets
    return_addresses: tuple[str, ...] = ()


def bounced(email: object, words: str, said: Cause = Cause.UNKNOWN) -> Returned:
    """What a refusal says; where its words say nothing, what the provider made of it."""
    status = enhanced_status(words)
    why = cause(reply_code(words), status, words)
    if why is Cause.UNKNOWN or (why is Cause.GONE and said.severity is BounceSeverity.SOFT):
        why = said  # who goes on trying knows better than a reply's words
    return Returned(_address(email), why, status, diagnostic(words))


def complained(email: object) -> Returned:
    """What a complaint says."""
    return Returned(_address(email), Cause.UNKNOWN)


def within(value: object, *path: str) -> object:
    """What stands at a path of names; None where the path ends early."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def texts(value: object) -> tuple[str, ...]:
    """The texts in a value: one, or a list's."""
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, str) and each)


def joined(value: object) -> str:
    """The texts in a value, on lines of their own."""
    return "\n".join(texts(value))


def bracketed(*values: object) -> tuple[str, ...]:
    """Message-IDs with their angle brackets, however they were written."""
    bare = (each.strip("<> ") for value in values for each in texts(value))
    return tuple(f"<{each}>" for each in bare if each.isascii() and each.isprintable())


def header_values(headers: object, name: str) -> Iterator[str]:
    """What a list of `{name, value}` has under a name."""
    for header in headers if isinstance(headers, list) else []:
        if joined(within(header, "name")).lower() == name:
            yield from texts(within(header, "value"))


def _address(email: object) -> str | None:
    """The address of a field that names one, alone or behind a name."""
    return next(addresses_in(joined(email)), None)
