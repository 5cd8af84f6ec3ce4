"""Rate limiting of forms: how often each network has used one in the last hour.

Networks, not addresses, are counted, in memory only, and forgotten after the hour: nothing about a
visitor is written down.
"""

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from time import monotonic

_SPAN = 3600  # seconds
_MOST_NETWORKS = 10_000
_PREFIX = {4: 24, 6: 64}


class Callers:
    """The uses of the last hour."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds, and is never set back as the time of day may be."""
        self._most = most
        self._clock = clock
        self._uses: dict[str, deque[float]] = {}
        self._turn = Lock()

    def may_pass(self, address: str) -> bool:
        """Whether this network has used the forms less than it may; a yes is counted."""
        with self._turn:
            return self._count(network_of(address), self._clock())

    def _count(self, network: str, now: float) -> bool:
        if len(self._uses) >= _MOST_NETWORKS:
            self._forget(now)
        uses = self._uses.setdefault(network, deque())
        while uses and uses[0] <= now - _SPAN:
            uses.popleft()
        if len(uses) >= self._most:
            return False
        uses.append(now)
        return True

    def _forget(self, now: float) -> None:
        lately = {name: uses for name, uses in self._uses.items() if uses[-1] > now - _SPAN}
        self._uses = lately if len(lately) < _MOST_NETWORKS else {}


def network_of(address: str) -> str:
    """The /24 or /64 that an address is in; what is no address stands for itself.

    An IPv4 address may come in the clothes of an IPv6 one (RFC 4291, section 2.5.5.2), all of which
    are in one /64.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip
    return str(ip_network((ip, _PREFIX[ip.version]), strict=False))
