"""The passwords and keys by which webhooks of mail providers prove who they are."""

import re
from collections.abc import Mapping

from newsroom.model.saying import Saying, say

_PASSWORD = (r"[\x21-\x7e]{16,}", "USER:PASSWORD")
_SIGNED = (r"whsec_(?:[A-Za-z0-9+/]{4}){6,}(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?", "whsec_…")
_TOPIC = r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+"
_HOOKS = {  # the variable, what its proof looks like, and an example of one
    "NEWSROOM_HOOK_POSTMARK": _PASSWORD,
    "NEWSROOM_HOOK_BREVO": _PASSWORD,
    "NEWSROOM_HOOK_SES": (
        rf"{_TOPIC}(?:\s*,\s*{_TOPIC})*",
        "arn:aws:sns:eu-north-1:123456789012:studsar",
    ),
    "NEWSROOM_HOOK_RESEND": _SIGNED,
    "NEWSROOM_HOOK_GENERIC": _SIGNED,
}
HOOK_SETTINGS = tuple(_HOOKS)


def heard_hooks(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The providers that have a proof, by their names in small letters, each with it."""
    set_ones = (name for name in _HOOKS if values.get(name))
    return tuple((name.rpartition("_")[2].lower(), values[name]) for name in set_ones)


def hook_faults(values: Mapping[str, str]) -> list[Saying]:
    """What is no proof of a provider's; what was written instead is not told."""
    return [
        say(
            "{name} cannot be read; write {example}, at least 16 characters and no space",
            name=name,
            example=example,
        )
        for name, (form, example) in _HOOKS.items()
        if values.get(name) and not re.fullmatch(form, values[name], re.ASCII)
    ]
