"""Removes addresses, tokens and secrets from log lines.

The program names none of them where it can help it. This is the last line of defence, for what
libraries write, for the text of an error that nobody foresaw, and for the words of servers, which
like to repeat whom a mail was for.
"""

import re
from collections.abc import Collection

HIDDEN = "…"
_SHORTEST = 6  # letters of a secret; hiding a shorter one would only spoil the log

_LOCAL = r"[^\s<>\"'(),:;\[\]\\/=|]{1,128}"  # before an @, without what stands around it
_ADDRESS = re.compile(rf"{_LOCAL}(?:@|%40)(?=[^\s@])[^\s<>\"'(),:;\[\]\\/=|?&]+")
# Ours are 28 to 36 signs of base64url, so that letters of both sizes are in them; words of a path
# are small, and names in a program seldom have digits as well.
_TOKEN = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?:(?<=/)|(?=[\w-]*[0-9]))[A-Za-z0-9_-]{26,40}(?![\w-])"
)


class Hush:
    """Takes out of a text what nobody may read in a log."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        """`secrets` are hidden wherever they stand."""
        known = sorted({word for word in secrets if len(word) >= _SHORTEST}, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """The text with a sign in the place of each."""
        if self._secrets is not None:
            text = self._secrets.sub(HIDDEN, text)
        if "@" in text or "%40" in text:
            text = _ADDRESS.sub(f"{HIDDEN}@{HIDDEN}", text)
        return _TOKEN.sub(HIDDEN, text)
