"""Which hosts take mail for a domain, asked of the DNS (RFC 5321 section 5.1)."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from newsroom.model.saying import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from dns.resolver import Resolver

log = logging.getLogger(__name__)

_AT_ONCE = 16
_PATIENCE = 20.0  # seconds for all domains together
_ONE_PATIENCE = 5.0  # and for one of them


def first_exchangers(
    domains: Collection[str], resolver: Callable[[], Resolver] | None = None
) -> dict[str, str | None]:
    """The mail host that each domain prefers, in lower case; None where it names none.

    A domain that the DNS said nothing about in time is left out, so it costs nobody more than
    twenty seconds when there is no DNS.
    """
    import dns.resolver

    try:
        asked = (resolver or dns.resolver.Resolver)()
    except dns.resolver.NoResolverConfiguration:
        return {}
    found: dict[str, str | None] = {}
    pool = ThreadPoolExecutor(_AT_ONCE)
    waiting = {pool.submit(_first, asked, domain): domain for domain in sorted(domains)}
    try:
        for answer in as_completed(waiting, _PATIENCE):
            _keep(found, waiting[answer], answer)
    except TimeoutError:
        left = len(waiting) - len(found)
        log.warning(say("the DNS did not answer; domains asked about: {count}", count=left))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return found


def _first(resolver: Resolver, domain: str) -> str | None:
    """The exchanger of the lowest preference; of several such the first by name, always the same.

    A domain that takes no mail at all says so with a dot (RFC 7505).
    """
    import dns.resolver

    try:
        answer = resolver.resolve(domain, "MX", lifetime=_ONE_PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    hosts = sorted((record.preference, record.exchange.to_text().lower()) for record in answer)
    return hosts[0][1].rstrip(".") or None


def _keep(found: dict[str, str | None], domain: str, answer: Future[str | None]) -> None:
    import dns.exception

    try:
        found[domain] = answer.result()
    except (dns.exception.DNSException, OSError, ValueError) as error:
        log.info(say("{domain}: the DNS names no mail host: {fault}", domain=domain, fault=error))
