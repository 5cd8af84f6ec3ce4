"""Whether an IP address is public: links must not lead us into a private network (SSRF).

Links and redirects are written by others. A program that follows them everywhere asks on their
behalf what only its own network may ask: a printer, a database, a cloud machine's credentials.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# Not global by the registries of RFC 6890, which older versions of Python do not all know.
_OURS_TOO = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48")))


def is_public(address: str) -> bool:
    """Whether an IP address is one that everybody can reach, and stands for no other that is not.

    Loopback, private, link-local (with the metadata service of clouds), shared (CGNAT), reserved
    and multicast ones are not; nor is what carries one of them in IPv6.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return _is_public(found)
    inside = _carried(found)
    if inside is not None:
        return _is_public(inside)
    return _is_public(found) and not found.is_site_local and not found.scope_id


def literal_address(host: str) -> str | None:
    """The IP address that a host is written as; None of a name.

    As browsers read it: `127.1`, `0x7f000001`, `2130706433` and `0177.0.0.1` are 127.0.0.1.
    """
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeEncodeError):
        return None


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    own = any(address in network for network in _OURS_TOO)
    return address.is_global and not (own or address.is_multicast or address.is_reserved)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that one of IPv6 leads to: mapped, translated or tunnelled."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
