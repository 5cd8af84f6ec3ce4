"""A program registered with an identity provider, which gives it tokens instead of passwords."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The registration by which a program gets tokens in its own name (RFC 6749 section 4.4)."""

    issuer: str  # the provider's address; its metadata stands below it (OpenID Connect Discovery)
    client: str  # the program's id there
    secret: str = field(repr=False)
    scope: str
