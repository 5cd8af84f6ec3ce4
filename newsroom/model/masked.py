"""Mail addresses hidden in a text, where a server's words are kept for everybody to read."""

import re

from newsroom.model.saying import Saying, told_again

_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")
_HIDDEN = "[…]"


def masked(text: str) -> str:
    """A text with whatever looks like an address hidden; a saying stays one."""
    if not isinstance(text, Saying):
        return _ADDRESS.sub(_HIDDEN, text)
    hidden = {
        name: masked(value) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    return told_again(text.template, hidden)
