"""How a program is known where tokens are given out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Registration:
    """A program that gets tokens in its own name (RFC 6749 section 4.4)."""

    issuer: str  # its document of metadata is found below this address
    client: str
    secret: str = field(repr=False)
    scope: str
