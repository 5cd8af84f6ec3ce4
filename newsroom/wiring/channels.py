"""The channels that site.yaml names, with the secrets that this machine has of them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model import ChannelKind, Problem, Severity
from newsroom.model.saying import joined, say

if TYPE_CHECKING:
    from newsroom.content.folder import Reading
    from newsroom.model import NamedChannel, Site
    from newsroom.outside.channels.channel import Channel
    from newsroom.settings import Settings
    from newsroom.wiring.desk import Desk

_SITE = PurePosixPath("posts/site.yaml")


def require_channels(desk: Desk) -> None:
    """Pass a newsroom whose channels have their secrets.

    Raises SettingsError that names every variable that is missing or cannot be used, and where
    they belong.
    """
    lacking = _lacking(desk.settings, desk.site)
    missing = (
        say(
            "{variable} is not set, and site.yaml announces on {channel}",
            variable=channel.variable,
            channel=channel.name,
        )
        for channel in lacking
    )
    faults = [*desk.settings.channel_faults, *missing]
    if lacking:
        faults.append(
            say(
                "write it in {file}, a line for each: {line}",
                file=desk.settings.root / ".env",
                line=_line_of(lacking[0]),
            )
        )
    if faults:
        raise SettingsError(joined("; ", faults))


def channel_problems(settings: Settings, reading: Reading) -> tuple[Problem, ...]:
    """What keeps this machine from announcing, for who looks the newsroom through.

    Warnings alone: it may be a machine that never publishes, and needs no secrets.
    """
    site = reading.newsroom and reading.newsroom.site
    missing = (
        (
            say("{channel} has no secret on this machine", channel=channel.name),
            say("where newsroom publishes, write in .env: {line}", line=_line_of(channel)),
        )
        for channel in (_lacking(settings, site) if site else ())
    )
    mend = say("mend it in .env")
    faults = ((fault, mend) for fault in settings.channel_faults)
    return tuple(
        Problem(_SITE, None, Severity.WARNING, "channel-secret", message, fix)
        for message, fix in (*faults, *missing)
    )


def _lacking(settings: Settings, site: Site) -> tuple[NamedChannel, ...]:
    """The channels whose secrets are nowhere."""
    known = dict(settings.channels)
    return tuple(one for one in site.announce if one.variable and one.variable not in known)


def _line_of(channel: NamedChannel) -> str:
    """The line of `.env` that holds a channel's secret, but for what is secret in it."""
    match channel.kind:
        case ChannelKind.WEBHOOK:
            return f"{channel.variable}=https://… whsec_…"
        case ChannelKind.TEAMS | ChannelKind.SLACK:
            return f"{channel.variable}=https://…"
    return f"{channel.variable}=…"


def channels_of(desk: Desk) -> tuple[Channel, ...]:
    """The places where items are announced. Raises SettingsError when one lacks its secret."""
    require_channels(desk)
    known = dict(desk.settings.channels)
    return tuple(
        _channel(channel, known[channel.variable])
        for channel in desk.site.announce
        if channel.variable
    )


def shown_channels(desk: Desk) -> tuple[Channel, ...]:
    """The same places, for people to see what would be posted there: without their secrets."""
    return tuple(_channel(channel, "") for channel in desk.site.announce if channel.variable)


def _channel(channel: NamedChannel, secret: str) -> Channel:
    """The channel itself; a secret that could not be one has been refused before."""
    from newsroom.outside.channels.facebook import Facebook
    from newsroom.outside.channels.mastodon import Mastodon
    from newsroom.outside.channels.slack import Slack
    from newsroom.outside.channels.teams import Teams
    from newsroom.outside.channels.webhook import Webhook

    match channel.kind:
        case ChannelKind.SLACK:
            return Slack(channel.name, secret)
        case ChannelKind.TEAMS:
            return Teams(channel.name, secret)
        case ChannelKind.MASTODON:
            return Mastodon(channel.target, secret, channel.visibility)
        case ChannelKind.FACEBOOK:
            return Facebook(channel.target, secret)
    url, _, signing = secret.partition(" ")
    return Webhook(channel.name, url, signing.strip())
