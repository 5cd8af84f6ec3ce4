"""How a running newsroom is monitored: the format of its log, and the token for its figures."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from newsroom.model.saying import Saying, say
from newsroom.settings.mail import address_parts, provider_of

LINES, JSON = "lines", "json"
_SHORTEST = 16  # characters


def watching_faults(values: Mapping[str, str]) -> list[Saying]:
    """What keeps NEWSROOM_LOG or NEWSROOM_METRICS from being used."""
    faults = []
    if log_form(values) not in {LINES, JSON}:
        faults.append(say('NEWSROOM_LOG is neither "lines" nor "json"; write one of them'))
    token = metrics_token(values)
    if token is not None and (len(token) < _SHORTEST or not token.isascii() or " " in token):
        faults.append(
            say(
                "NEWSROOM_METRICS needs at least {count} letters and digits; "
                "write a long random word, or leave it out and no figures are shown",
                count=_SHORTEST,
            )
        )
    return faults


def log_form(values: Mapping[str, str]) -> str:
    """Whether the log is lines for people or JSON for programs."""
    return values.get("NEWSROOM_LOG") or LINES


def metrics_token(values: Mapping[str, str]) -> str | None:
    """What whoever asks for the figures must show; None where nobody may see them."""
    return values.get("NEWSROOM_METRICS") or None


def passwords_in(address: str) -> tuple[str, ...]:
    """The secrets in the address of a relay, an inbox, a provider or a database.

    What a URL needs percent signs for is met without them, too.
    """
    parts = address_parts(address)
    if parts is None:
        return (address,)
    found = re.split("[:@]", parts.netloc) if provider_of(address) else [parts.password or ""]
    return tuple(form for word in found if word for form in {word, unquote(word)})
