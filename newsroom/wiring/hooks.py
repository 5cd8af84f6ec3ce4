"""The webhooks that the settings name, each with its verifier and its reader."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsroom.jobs.returned.hooks.call import Hook
    from newsroom.wiring.desk import Desk


def hooks_of(desk: Desk) -> Mapping[str, Hook]:
    """The providers that are heard, by the last part of the address that they post to."""
    return {name: _hook(desk, name, proof) for name, proof in desk.settings.hooks}


def _hook(desk: Desk, name: str, proof: str) -> Hook:
    from newsroom.bounces.hooks import brevo, generic, postmark, resend
    from newsroom.jobs.returned.hooks.sealed import SealedHook
    from newsroom.jobs.returned.hooks.seals import Password, Signature

    match name:
        case "postmark":
            return SealedHook(Password(proof), postmark.events)
        case "brevo":
            return SealedHook(Password(proof), brevo.events)
        case "resend":
            return SealedHook(Signature(proof), resend.events)
        case "generic":
            return SealedHook(Signature(proof), generic.events)
    from newsroom.jobs.returned.hooks.sns import SnsHook
    from newsroom.outside.mail.sns import Sns
    from newsroom.outside.over_http.client import open_client

    topics = frozenset(topic.strip() for topic in proof.split(","))
    return SnsHook(topics, Sns(partial(open_client, desk.site.url)))
