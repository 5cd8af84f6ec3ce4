"""Who takes mail for a domain, asked of a name server on loopback."""

import socketserver
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from newsroom.outside.name_servers.mail_exchangers import first_exchangers

ZONE = {
    "a.example.": ["20 backup.host.example.", "10 MX2.host.example.", "10 mx1.host.example."],
    "none.example.": [],
    "takes-no-mail.example.": ["0 ."],
}


def answered(packet: bytes) -> bytes:
    """What the name server answers."""
    query = dns.message.from_wire(packet)
    name = query.question[0].name.to_text()
    answer = dns.message.make_response(query)
    if name not in ZONE:
        answer.set_rcode(dns.rcode.SERVFAIL if name == "broken.example." else dns.rcode.NXDOMAIN)
    elif ZONE[name]:
        answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", "MX", ZONE[name]))
    return answer.to_wire()


class _Ask(socketserver.BaseRequestHandler):
    """One question."""

    def handle(self) -> None:
        """Answer it."""
        packet, door = self.request
        door.sendto(answered(packet), self.client_address)


@pytest.fixture
def resolver() -> Iterator[dns.resolver.Resolver]:
    """A resolver that knows of our name server only."""
    with socketserver.UDPServer(("127.0.0.1", 0), _Ask) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        found = dns.resolver.Resolver(configure=False)
        found.nameservers, found.port = ["127.0.0.1"], server.server_address[1]
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def test_the_preferred_host(resolver: dns.resolver.Resolver) -> None:
    """The host of the lowest preference is named, and of several such always the same."""
    assert first_exchangers({"a.example"}, lambda: resolver) == {"a.example": "mx1.host.example"}


def test_domains_without_one(resolver: dns.resolver.Resolver) -> None:
    """A domain that names none, is not there, or takes no mail at all (RFC 7505) has none."""
    domains = {"none.example", "not-there.example", "takes-no-mail.example"}

    assert first_exchangers(domains, lambda: resolver) == dict.fromkeys(domains)


def test_domain_that_cannot_be_asked(resolver: dns.resolver.Resolver) -> None:
    """Of a domain whose servers fail, or that is no name at all, nothing is said."""
    found = first_exchangers(
        {"broken.example", f"{'x' * 70}.example", "a.example"}, lambda: resolver
    )

    assert found == {"a.example": "mx1.host.example"}


def test_machine_without_dns() -> None:
    """Where no name server is set up nothing is said of anybody."""

    def none() -> dns.resolver.Resolver:
        raise dns.resolver.NoResolverConfiguration

    assert first_exchangers({"a.example"}, none) == {}
