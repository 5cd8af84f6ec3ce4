"""The relay, read from its address."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from newsroom.model.oauth_client import OAuthClient

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_MICROSOFT = "https://login.microsoftonline.com"
_EXCHANGE = "https://outlook.office365.com/.default"


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail. Neither its text nor its `repr` holds the password."""

    scheme: str  # smtp, smtp+starttls, smtps
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    registration: OAuthClient | None = None  # where there is one, no password leaves the house
    authority: str | None = None  # a file: whom to trust instead of the system's authorities
    messages: int = 100  # over one connection: relays drop those that never end
    seconds: float = 300.0  # for which a connection is used

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def parse_relay(address: str) -> Relay:
    """The relay of an address such as `smtp+starttls://user:password@host:587?ca=FILE`."""
    parts = urlsplit(address)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    usual = Relay(parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])
    password = unquote(parts.password) if parts.password else None
    return Relay(
        usual.scheme,
        usual.host,
        usual.port,
        user=unquote(parts.username) if parts.username else None,
        password=None if "client" in options else password,
        registration=_registration(options, password or ""),
        authority=options.get("ca"),
        messages=int(options.get("messages", usual.messages)),
        seconds=float(options.get("seconds", usual.seconds)),
    )


def _registration(options: dict[str, str], secret: str) -> OAuthClient | None:
    if "client" not in options:
        return None
    issuer = options.get("issuer") or f"{_MICROSOFT}/{options['tenant']}/v2.0"
    return OAuthClient(issuer, options["client"], secret, options.get("scope", _EXCHANGE))
