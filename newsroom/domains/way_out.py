"""Which hosts and addresses our mail leaves from, as far as that can be known here."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from newsroom.domains.answers import Ask
from newsroom.domains.known_senders import KnownSender

_INSIDE = tuple(  # RFC 1918, 6598, 3927, 4193, 4291: addresses that nobody outside sees
    map(
        ip_network,
        (
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
            *("127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128"),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class WayOut:
    """Who hands our mail to receivers, as far as the settings tell."""

    sender: KnownSender | None = None  # a company that we know
    relay: str | None = None  # the host that mail is handed to
    is_here: bool = False  # that host is this machine


def spf_term(ask: Ask, relay: str) -> str | None:
    """What lets a relay send from the address it is reached at; None where receivers never see it.

    A relay inside the house shows another address to the world.
    """
    try:
        literal = ip_address(relay)
    except ValueError:
        found = addresses_of(ask, relay)
        return f"a:{relay}" if any(not _is_inside(each) for each in found) else None
    return None if _is_inside(literal) else f"ip{literal.version}:{literal}"


def addresses_of(ask: Ask, host: str) -> tuple[IPv4Address | IPv6Address, ...]:
    """Where a host is reached, as the DNS says."""
    found = (ask(host, kind) for kind in ("A", "AAAA"))
    return tuple(ip_address(text) for answer in found for text in answer.records)


def _is_inside(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _INSIDE)
