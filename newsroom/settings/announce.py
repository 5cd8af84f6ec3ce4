"""The secrets of the channels that news is announced on: one variable for each.

Whoever knows the address of a Slack or Teams webhook can post there, so it is a secret like any
token. None of them is ever told, not even when it cannot be read.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from newsroom.model.saying import Saying, say

_ADDRESSES = ("NEWSROOM_ANNOUNCE_TEAMS", "NEWSROOM_ANNOUNCE_SLACK")  # and the channel's name
_SIGNED_ADDRESS = "NEWSROOM_ANNOUNCE_WEBHOOK"  # and its name
_TOKENS = ("NEWSROOM_ANNOUNCE_MASTODON", "NEWSROOM_ANNOUNCE_FACEBOOK")
CHANNEL_SETTINGS = (*_ADDRESSES, _SIGNED_ADDRESS, *_TOKENS)
_TOKEN = re.compile(r"[\x21-\x7e]{8,}")
_SIGNED = re.compile(r"whsec_(?:[A-Za-z0-9+/]{4}){6,}(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?")
_HERE = {"127.0.0.1", "::1", "localhost"}
_RETIRED = ("webhook.office.com", "outlook.office.com", "outlook.office365.com")


def channel_secrets(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Each variable of a channel with its value."""
    return tuple((name, values[name]) for name in sorted(values) if _is_set(name, values))


def channel_faults(values: Mapping[str, str]) -> list[Saying]:
    """What cannot be the secret of a channel; what was written instead is not told."""
    faults = (_fault(name, values[name]) for name in sorted(values) if _is_set(name, values))
    return [fault for fault in faults if fault]


def _is_set(name: str, values: Mapping[str, str]) -> bool:
    return name.split("_")[:2] == ["NEWSROOM", "ANNOUNCE"] and bool(values[name])


def _fault(name: str, value: str) -> Saying | None:
    kind, channel = "_".join(name.split("_")[:3]), name.split("_")[3:]
    if name in _TOKENS:
        return _token_fault(name, value)
    if kind in _ADDRESSES and channel:
        return _address_fault(name, value)
    if kind == _SIGNED_ADDRESS and channel:
        return _webhook_fault(name, value)
    return say(
        "{name} is no channel's; write one of {names}, and after the first three _ and the name "
        "that site.yaml has",
        name=name,
        names=", ".join(CHANNEL_SETTINGS),
    )


def _token_fault(name: str, value: str) -> Saying | None:
    if _TOKEN.fullmatch(value):
        return None
    return say("{name} is no access token; it has at least 8 characters and no space", name=name)


def _address_fault(name: str, value: str) -> Saying | None:
    host = _host(value)
    if host is None:
        return say("{name} is not the whole https address of a webhook", name=name)
    if host.endswith(_RETIRED):
        return say(
            "{name} is a webhook of an Office 365 connector, which Microsoft has retired; make one "
            "in Teams with the workflow that posts to a channel when a webhook request is received",
            name=name,
        )
    return None


def _webhook_fault(name: str, value: str) -> Saying | None:
    address, _, secret = value.partition(" ")
    if _host(address) is not None and _SIGNED.fullmatch(secret.strip()):
        return None
    return say(
        "{name} cannot be read; write {example}, the receiver's address and the secret that you "
        "share with it; newsroom announce secret makes one",
        name=name,
        example="https://… whsec_…",
    )


def _host(address: str) -> str | None:
    """The host of an address that nobody on the way can read; None where it is no such address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        return None
    return host if parts.scheme == "https" or (parts.scheme == "http" and host in _HERE) else None
