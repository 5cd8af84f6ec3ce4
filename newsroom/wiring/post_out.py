"""Opens the transport that NEWSROOM_MAIL names, with its tokens and signing keys."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsroom.settings.mail import provider_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newsroom.delivery.transports.transport import Transport
    from newsroom.dkim.key import Key
    from newsroom.model.oauth_client import OAuthClient
    from newsroom.outside.mail.access_tokens import AccessTokens
    from newsroom.settings import Settings
    from newsroom.settings.dkim import KeyFile


def way_out(
    settings: Settings, site_url: str, clock: Callable[[], datetime]
) -> Callable[[], Transport]:
    """What opens a transport; tokens and keys are fetched once, for all that are opened.

    Raises SettingsError for a key that cannot sign.
    """
    if provider_of(settings.mail):
        return lambda: _provider(settings.mail, site_url, clock)
    from newsroom.delivery.mailer import transport_from

    keys = read_keys(settings)
    tokens = cache(lambda registration: tokens_for(registration, site_url))

    def plain() -> Transport:
        return transport_from(settings.mail, tokens)

    return plain if not keys else lambda: _signing(plain(), keys, clock)


def read_keys(settings: Settings) -> tuple[Key, ...]:
    """The keys that mail is signed with. Raises SettingsError for one that cannot sign."""
    return tuple(map(read_key_file, settings.dkim))


def read_key_file(file: KeyFile) -> Key:
    """The key in a file. Raises SettingsError for one that cannot sign."""
    from newsroom.dkim.key import read_key

    return read_key(file.domain, file.selector, file.path.read_bytes(), str(file.path))


def _provider(mail: str, site_url: str, clock: Callable[[], datetime]) -> Transport:
    from newsroom.delivery.transports.providers import provider_transport
    from newsroom.outside.over_http.api import open_api

    return provider_transport(mail, open_api(site_url), clock)


def tokens_for(registration: OAuthClient, site_url: str) -> AccessTokens:
    """Where the tokens come from that a relay takes instead of a password."""
    from newsroom.outside.mail.access_tokens import AccessTokens, token_client

    return AccessTokens(registration, token_client(site_url))


def _signing(
    transport: Transport, keys: tuple[Key, ...], clock: Callable[[], datetime]
) -> Transport:
    from newsroom.delivery.transports.signing import SigningTransport
    from newsroom.dkim.signature import signed

    return SigningTransport(transport, lambda message: signed(message, keys, clock()))
