"""The addresses of a host, refused where they are not public: links are written by others."""

from collections.abc import Awaitable, Callable, Sequence
from socket import EAI_AGAIN, gaierror

from newsroom.outside.name_servers.private_addresses import is_public, literal_address
from newsroom.outside.name_servers.resolver import async_resolver_for

_PATIENCE = 3.0  # seconds for the DNS

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The IP addresses of a name. Raises NoSuchHostError, and OSError when the DNS does not answer."""


class NoSuchHostError(Exception):
    """The DNS says that there is no such name, or none that pages could be fetched from."""


class PrivateHostError(Exception):
    """A host that is, or leads into, somebody's own network."""


async def resolve(
    name: str, servers: Sequence[str] = (), patience: float = _PATIENCE
) -> Sequence[str]:
    """The addresses of a name, those of IPv4 first, as these servers have them.

    Without any they are those that this machine is set up with. They have `patience` seconds.

    Asked of it directly, with an end to our patience: the system's own look-up has none, and does
    not tell "there is no such name" from "not now". What `/etc/hosts` says is not asked.
    """
    import dns.exception
    import dns.resolver

    try:
        found = await async_resolver_for(servers, patience).resolve_name(name)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
        raise NoSuchHostError(name) from error
    except (dns.exception.DNSException, ValueError) as error:  # no answer; no name a DNS could have
        raise gaierror(EAI_AGAIN, f"the DNS does not say where {name} is") from error
    return tuple(sorted(found.addresses(), key=lambda address: ":" in address))


async def public_addresses(
    host: str, resolve: Resolve = resolve, may_meet: Callable[[str], bool] = is_public
) -> Sequence[str]:
    """Where a host is. Whoever connects must go to these very addresses, and not ask again.

    A name whose addresses changed between our look and theirs could lead anywhere (DNS rebinding);
    one with a private address among others is refused whole. Raises PrivateHostError,
    NoSuchHostError, and OSError when the DNS does not answer.
    """
    written = literal_address(host)
    found = (written,) if written else await resolve(host)
    if not all(map(may_meet, found)):
        raise PrivateHostError(host)
    if not found:
        raise NoSuchHostError(host)
    return found
