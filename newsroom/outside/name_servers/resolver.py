"""The DNS as it is asked here: over UDP, over TCP for what is long, each question once a run."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from newsroom.domains.answers import DnsAnswer, DnsOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from dns.asyncresolver import Resolver as AsyncResolver
    from dns.nameserver import Nameserver
    from dns.resolver import Answer as Found
    from dns.resolver import BaseResolver, Resolver

    Made = TypeVar("Made", bound=BaseResolver)

_PATIENCE = 5.0  # seconds for one question, over all name servers
_ONE_TRY, _AT_LEAST = 0.4, 2.0  # the part of it for one try, which has two seconds in any case
_HOPELESS = 2  # questions in a row without any answer at all: nobody is there to ask
_PORT = 53
_UDP = 1232  # octets of an answer over UDP: none is cut up on its way (DNS flag day 2020)


class Dns:
    """Asks and remembers. Where nobody has answered at all it soon asks no more."""

    def __init__(self, servers: Sequence[str] = (), patience: float = _PATIENCE) -> None:
        """`servers` are `address:port`; without any, those that the machine is set up with.

        One question has `patience` seconds, over all of them.
        """
        self._patience = patience
        self._servers = tuple(servers)
        self._known: dict[tuple[str, str], DnsAnswer] = {}
        self._unanswered = 0
        self._has_answered = False
        self._one_asks = threading.Lock()
        self._resolver: Resolver | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it was asked and no question was answered."""
        return bool(self._known) and not self._has_answered

    def ask(self, name: str, kind: str) -> DnsAnswer:
        """What the DNS says of a name; never raises."""
        key = (name.lower().rstrip("."), kind)
        with self._one_asks:
            if key not in self._known:
                self._known[key] = self._asked(*key)
            return self._known[key]

    def _asked(self, name: str, kind: str) -> DnsAnswer:
        if self._is_hopeless:
            return DnsAnswer(name, DnsOutcome.SILENT)
        answer = self._look_up(name, kind)
        if answer.outcome is DnsOutcome.SILENT:
            self._unanswered += 1
        else:
            self._has_answered = True
        return answer

    @property
    def _is_hopeless(self) -> bool:
        """Whether nobody is there to ask: it is tried with what each name server knows."""
        if self._has_answered or self._unanswered < _HOPELESS:
            return False
        if self._unanswered == _HOPELESS:
            self._unanswered += 1
            self._has_answered = self._look_up(".", "NS").outcome is not DnsOutcome.SILENT
        return not self._has_answered

    def _look_up(self, name: str, kind: str) -> DnsAnswer:
        import dns.exception
        import dns.name
        import dns.resolver

        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, ValueError):  # no such name can be
            return DnsAnswer(name, DnsOutcome.NO_NAME)
        try:
            found = self._ready().resolve(asked, kind, lifetime=self._patience, search=False)
        except dns.resolver.NXDOMAIN:
            return DnsAnswer(name, DnsOutcome.NO_NAME)
        except dns.resolver.NoAnswer:
            return DnsAnswer(name, DnsOutcome.NO_RECORD)
        except dns.resolver.NoNameservers:
            return DnsAnswer(name, DnsOutcome.FAILED)
        except (dns.exception.DNSException, OSError, ValueError):
            return DnsAnswer(name, DnsOutcome.SILENT)
        return DnsAnswer(name, DnsOutcome.FOUND, tuple(_texts(found, kind)))

    def _ready(self) -> Resolver:
        """The resolver. Raises NoResolverConfiguration where the machine names no server."""
        if self._resolver is None:
            self._resolver = resolver_for(self._servers, self._patience)
        return self._resolver


def resolver_for(servers: Sequence[str], patience: float = _PATIENCE) -> Resolver:
    """A resolver that asks these servers, or those that the machine is set up with.

    One question has `patience` seconds. Raises NoResolverConfiguration where the machine names
    none.
    """
    import dns.resolver

    return _set_up(dns.resolver.Resolver(configure=not servers), servers, patience)


def async_resolver_for(servers: Sequence[str], patience: float) -> AsyncResolver:
    """The same for an event loop. Raises NoResolverConfiguration where the machine names none."""
    import dns.asyncresolver

    return _set_up(dns.asyncresolver.Resolver(configure=not servers), servers, patience)


def _set_up(made: Made, servers: Sequence[str], patience: float) -> Made:
    if servers:
        made.nameservers = [_server(each) for each in servers]
    made.lifetime, made.timeout = patience, max(_AT_LEAST, patience * _ONE_TRY)
    made.use_edns(0, 0, _UDP)
    return made


def _server(written: str) -> Nameserver:
    """One name server: `127.0.0.1:5353`, `[::1]:53`, `192.0.2.1`."""
    import dns.nameserver

    host, _, port = written.rpartition(":") if _has_port(written) else (written, "", "")
    return dns.nameserver.Do53Nameserver(host.strip("[]"), int(port or _PORT))


def _has_port(written: str) -> bool:
    return written.count(":") == 1 or "]:" in written


def _texts(found: Found, kind: str) -> list[str]:
    """The records as texts, always in the same order."""
    if kind == "TXT":
        return sorted(b"".join(record.strings).decode("utf-8", "replace") for record in found)
    if kind == "MX":
        pairs = sorted((record.preference, _host(record.exchange)) for record in found)
        return [f"{preference} {host}" for preference, host in pairs]
    return sorted(record.to_text() for record in found)


def _host(name: object) -> str:
    text = str(name).lower()
    return text if text == "." else text.rstrip(".")
