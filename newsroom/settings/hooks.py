"""How a provider that tells us what came back proves who it is."""

import re

from newsroom.model.saying import Saying, say

_PASSWORD = (r"[\x21-\x7e]{16,}", "USER:PASSWORD")
_SIGNED = (r"whsec_(?:[A-Za-z0-9+/]{4}){6,}(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?", "whsec_…")
_TOPIC = r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+"
HOOKS = {  # NEWSROOM_HOOK_POSTMARK and so on: the form of the proof, and an example
    "postmark": _PASSWORD,
    "brevo": _PASSWORD,
    "ses": (rf"{_TOPIC}(?:\s*,\s*{_TOPIC})*", "arn:aws:sns:eu-north-1:123456789012:studsar"),
    "resend": _SIGNED,
    "generic": _SIGNED,
}


def hook_faults(hooks: tuple[tuple[str, str], ...]) -> list[Saying]:
    """What is no proof of a provider's; what was written instead is not told."""
    return [
        say(
            "NEWSROOM_HOOK_{name} cannot be read; write {example}, at least 16 characters and "
            "no space",
            name=name.upper(),
            example=HOOKS[name][1],
        )
        for name, proof in hooks
        if not re.fullmatch(HOOKS[name][0], proof, re.ASCII)
    ]
