"""`announce:` in site.yaml: where news is announced. No secret of a place stands there."""

import re
from enum import StrEnum

from newsroom.content.front.fields import Fields
from newsroom.model import ChannelKind, NamedChannel
from newsroom.model.saying import say

_EXAMPLES = {
    ChannelKind.WEBSUB: "https://hub.example.se/",
    ChannelKind.WEBHOOK: "intranet",
    ChannelKind.TEAMS: say("office"),
    ChannelKind.SLACK: say("office"),
    ChannelKind.MASTODON: "https://mastodon.example",
    ChannelKind.FACEBOOK: "1234567890",
}
_ONCE = (ChannelKind.MASTODON, ChannelKind.FACEBOOK)  # whose variable has no name in it
_PAGE = re.compile(r"[A-Za-z0-9.]{1,100}")


class _Visibility(StrEnum):
    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"


def read_announce(site: Fields) -> tuple[NamedChannel, ...]:
    """The channels, in the order written."""
    example = say("announce: [{{slack: office}}, {{websub: https://hub.example.se/}}]")
    found = [
        _channel(fields, kind)
        for fields in site.nested_list("announce", example)
        for kind in ChannelKind
    ]
    channels = tuple(channel for channel in found if channel)
    _require_different(site, channels)
    return channels


def _channel(fields: Fields, kind: ChannelKind) -> NamedChannel | None:
    """The channel of this kind that an item names, if it names one."""
    target = _target(fields, kind)
    if target is None or kind is not ChannelKind.MASTODON:
        return NamedChannel(kind, target) if target else None
    return NamedChannel(
        kind, target, fields.choice("visibility", _Visibility, _Visibility.PUBLIC).value
    )


def _target(fields: Fields, kind: ChannelKind) -> str | None:
    """What the channel is called; a secret that somebody wrote is not repeated."""
    if kind.is_named:
        return None if _is_a_secret(fields, kind) else fields.slug(kind, _EXAMPLES[kind])
    if kind is ChannelKind.FACEBOOK:
        what, example = say("the number of a page"), _EXAMPLES[kind]
        return fields.read(kind, _page, None, what, example)
    url = fields.url(kind)
    return url.rstrip("/") if url and kind is ChannelKind.MASTODON else url


def _is_a_secret(fields: Fields, kind: ChannelKind) -> bool:
    """Whether an address stands where a name should: who reads site.yaml could then post."""
    written = fields.text(kind) or ""
    if ":" not in written and "/" not in written:
        return False
    channel = NamedChannel(kind, _EXAMPLES[kind])
    message = say("{field} holds an address, which is a secret", field=fields.named(kind))
    fix = say(
        "write a name, {words}, and put the address into {variable} in the environment",
        words=f"{kind}: {channel.target}",
        variable=channel.variable,
    )
    fields.error(kind, "secret-written", message, fix)
    return True


def _page(text: str) -> str | None:
    return text if _PAGE.fullmatch(text) else None


def _require_different(site: Fields, channels: tuple[NamedChannel, ...]) -> None:
    """Two channels of one name would share what was announced, and two of one variable a secret."""
    seen: set[str] = set()
    for channel in channels:
        shared = str(channel.kind) if channel.kind in _ONCE else channel.variable or channel.name
        if shared in seen:
            message = say("announce has {channel} twice", channel=str(channel.kind))
            if channel.kind in _ONCE:
                fix = say("keep one of them")
            else:
                fix = say("keep one of them, or give it another name")
            site.error("announce", "same-channel", message, fix)
        seen.add(shared)
