"""Mail addresses in what mail systems write."""

import re
from collections.abc import Iterator

_LONGEST = 320  # characters: 64 before @, 255 after (RFC 5321 section 4.5.3.1)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]"
_LOOKED_AT = 1_000  # characters of a field: more than the longest, so that none is cut into another
# What comes before is bounded, so that a long word without @ costs no more than it is long.
_ADDRESS = re.compile(
    rf"(?<![\w@.+=-])({_ATOM}{{1,64}}|\"[^\"\s@<>]{{1,60}}\")@"
    r"((?:[A-Za-z0-9_-]{1,63}\.){0,8}[A-Za-z0-9-]{1,63}|\[[0-9A-Fa-f.:]{3,60}\])"
)
_XTEXT = re.compile(r"\+([0-9A-F]{2})")  # RFC 3461 section 4


def addresses_in(text: str) -> Iterator[str]:
    """Every address in a text, in order; what is too long for one is none."""
    for found in _ADDRESS.finditer(text):
        address = tidy(found[0])
        if len(address) <= _LONGEST:
            yield address


def is_address(text: str) -> bool:
    """Whether a text is an address and nothing else."""
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def tidy(address: str) -> str:
    """An address without what clings to it in a sentence."""
    return address.strip("<>\"'`.,;:()[] ").removeprefix("mailto:")


def reported(value: str) -> str:
    """The address of a report's field, `rfc822; asa@example.se`; nothing where it has none.

    Some systems leave the type away, or write the name without its host.
    """
    kind, divided, rest = value.partition(";")
    text = (rest if divided else kind).strip()[:_LOOKED_AT]
    found = next(addresses_in(text), "")
    if found or not divided:
        return found
    decoded = _XTEXT.sub(lambda code: chr(int(code[1], 16)), text)
    return next(addresses_in(decoded), "")
