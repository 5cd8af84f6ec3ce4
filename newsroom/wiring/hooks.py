"""The webhooks that the settings name, joined to what checks and reads them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.web.hooks.door import HookDoor
    from newsroom.web.hooks.post import Hook
    from newsroom.wiring.desk import Desk


def hook_door(desk: Desk) -> HookDoor:
    """Where the providers come in whose webhooks are set."""
    from newsroom.web.hooks.door import HookDoor

    hooks = {name: _hook(desk, name, secret) for name, secret in desk.settings.hooks}
    return HookDoor(hooks, desk.database, desk.keys, desk.clock)


def _hook(desk: Desk, name: str, secret: str) -> Hook:
    from newsroom.bounces.hooks import brevo, generic, postmark, resend
    from newsroom.web.hooks.sealed import SealedHook
    from newsroom.web.hooks.seals import Password, Signature

    match name:
        case "postmark":
            return SealedHook(Password(secret), postmark.events)
        case "brevo":
            return SealedHook(Password(secret), brevo.events)
        case "resend":
            return SealedHook(Signature(secret), resend.events)
        case "generic":
            return SealedHook(Signature(secret), generic.events)
    from newsroom.outside.client import open_client
    from newsroom.outside.sns import Sns
    from newsroom.web.hooks.sns import SnsHook

    topics = frozenset(topic.strip() for topic in secret.split(","))
    return SnsHook(topics, Sns(partial(open_client, desk.site.url)))
