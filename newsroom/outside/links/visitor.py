"""Asks whether a link to another site leads anywhere, as politely as a machine can.

HEAD first, and GET where HEAD is not answered as GET would be; of an answer only its status and
its headers are read, so that there is nothing for a conditional request to spare. A link is asked
for once, as a reader's browser would ask for it: nothing is followed into a site, and so its
robots.txt, which tells crawlers where not to go, is not what decides (RFC 9309 section 1).
"""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from newsroom.model.link import Lead, LinkAnswer
from newsroom.model.refusal import distrust, why, with_causes
from newsroom.model.saying import say
from newsroom.outside.links.doors import Doors
from newsroom.outside.links.patience import Patience
from newsroom.outside.name_servers.host_addresses import (
    NoSuchHostError,
    PrivateHostError,
    Resolve,
    public_addresses,
    resolve,
)
from newsroom.outside.name_servers.private_addresses import is_public
from newsroom.outside.over_http.client import who_asks

DEADLINE = 10.0  # seconds for a link in all, redirects and the second try included
PAUSE = 1.0  # seconds between two visits to one host
_FOR_HEAD = 0.4  # of that, so that GET has its turn with a server that never answers HEAD
_TO_CONNECT = 0.3  # of it, over all addresses of a host: less than HEAD has, or it is never heard
_HOPS = 8
_ADDRESSES = 3  # of one host that are tried
_GONE = {404, 410}
_FOR_GOOD = {301, 308}
_TOO_MANY = {429, 999}  # 999 is how LinkedIn says it
_FAULTS_FROM = 500
# What browsers stop a reader for, by OpenSSL's numbers: a certificate that is over, not valid yet,
# signed by itself, revoked, or another host's. A chain that lacks a link (20, 21) is not among
# them: browsers know, or fetch, what the server forgot.
_WARNED_OF = {9, 10, 18, 19, 23, 62, 64}


@dataclass(frozen=True, slots=True)
class Net:
    """How the web is reached."""

    resolve: Resolve = resolve
    may_meet: Callable[[str], bool] = is_public  # by its IP address
    tls: ssl.SSLContext | None = None  # whose certificates are trusted; None: as browsers do


@asynccontextmanager
async def visitor(
    site_url: str, net: Net = Net(), *, pause: float = PAUSE, deadline: float = DEADLINE
) -> AsyncIterator["Visitor"]:
    """Somebody who asks for links in the name of a site. Used within one event loop."""
    # Connections go to addresses, and one that was kept would be taken for another host's.
    alone = httpx.Limits(max_keepalive_connections=0)
    context = net.tls or httpx.create_ssl_context(trust_env=False)
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(
        headers={**who_asks(site_url), "Accept": "text/html, */*;q=0.8"},
        transport=httpx.AsyncHTTPTransport(verify=context, trust_env=False, limits=alone),
        timeout=deadline,
        cookies=no_cookies,
        trust_env=False,
    ) as client:
        yield Visitor(client, net, Doors(pause), deadline)


class Visitor:
    """Asks whether links lead anywhere."""

    def __init__(self, client: httpx.AsyncClient, net: Net, doors: Doors, deadline: float) -> None:
        self._client = client
        self._net = net
        self._doors = doors
        self._deadline = deadline

    async def ask(self, url: str) -> LinkAnswer:
        """What a link gives, in at most the deadline, waits for one's turn not counted."""
        hosts: list[str] = []
        answer = await self._answer(url, hosts)
        if hosts and hosts[-1] != hosts[0]:  # what is wrong with that host is not of this one
            return replace(answer, host_is_down=False, host_wants_rest=False)
        return answer

    async def _answer(self, url: str, hosts: list[str]) -> LinkAnswer:
        """What a link gives, and the `hosts` that were visited for it."""
        try:
            return (await self._reach(url, Patience(self._deadline), hosts)).answer(url)
        except TimeoutError:
            seconds = f"{self._deadline:g}"
            return LinkAnswer(
                Lead.SILENT, say("no answer within {seconds} seconds", seconds=seconds)
            )
        except NoSuchHostError as error:
            why = say("there is no host {host}", host=str(error))
            return LinkAnswer(Lead.GONE, why, host_is_down=True)
        except PrivateHostError as error:
            return LinkAnswer(Lead.PRIVATE, say("{host} is in a private network", host=str(error)))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return _no_answer(error)

    async def _reach(self, url: str, patience: Patience, hosts: list[str]) -> "_Reached":
        """HEAD, and GET where that gives no yes: some servers know GET only, and hang up at it."""
        with suppress(TimeoutError, httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            reached = await self._follow("HEAD", url, patience.part(_FOR_HEAD), hosts)
            if reached.is_there or reached.status in _TOO_MANY:
                return reached
        return await self._follow("GET", url, patience, hosts)

    async def _follow(
        self, method: str, url: str, patience: Patience, hosts: list[str]
    ) -> "_Reached":
        """Go where a link leads, redirect after redirect."""
        here, stays, home = httpx.URL(url), True, httpx.URL(url)
        for _ in range(_HOPS + 1):
            hosts.append(here.host)
            async with self._doors.at(here.host), patience.spent():
                status, headers = await self._visit(method, here)
            onward = headers.get("location")
            if onward is None or not _is_redirect(status):
                return _Reached(str(here), status, str(home), "retry-after" in headers)
            here = here.join(onward)
            if here.scheme not in {"http", "https"}:
                raise httpx.UnsupportedProtocol(f"{here.scheme}:")
            stays = stays and status in _FOR_GOOD
            home = here if stays else home
        raise httpx.TooManyRedirects("it leads in a circle")

    async def _visit(self, method: str, url: httpx.URL) -> tuple[int, httpx.Headers]:
        """One question at one address, and the head of its answer."""
        host = url.raw_host.decode("ascii")
        addresses = await public_addresses(host, self._net.resolve, self._net.may_meet)
        tried = addresses[:_ADDRESSES]
        limits = httpx.Timeout(self._deadline, connect=self._deadline * _TO_CONNECT / len(tried))
        fault: httpx.TransportError | None = None
        for address in tried:
            request = self._client.build_request(
                method,
                # Nobody's password is sent along, whatever a link says before its @.
                url.copy_with(host=address, userinfo=b"", fragment=None),
                headers={"Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": host},
                timeout=limits,
            )
            try:
                answer = await self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = error
                continue
            await answer.aclose()
            return answer.status_code, answer.headers
        raise fault or NoSuchHostError(host)


@dataclass(frozen=True, slots=True)
class _Reached:
    """The end of the way that a link leads."""

    url: str
    status: int
    home: str  # the address that it has for good: the last that only such redirects led to
    asks_for_rest: bool  # it says when to come again

    @property
    def is_there(self) -> bool:
        return self.status < HTTPStatus.MULTIPLE_CHOICES or self.status == HTTPStatus.NOT_MODIFIED

    def answer(self, asked: str) -> LinkAnswer:
        """What this means for the link."""
        if self.is_there:
            return self._there(asked)
        told = say("it answers {status}", status=self.status)
        if self.status in _GONE:
            return LinkAnswer(Lead.GONE, told)
        if self.status >= _FAULTS_FROM and self.status not in _TOO_MANY:
            return LinkAnswer(Lead.SILENT, told, host_wants_rest=self.asks_for_rest)
        return LinkAnswer(Lead.CLOSED, told, host_wants_rest=self.status in _TOO_MANY)

    def _there(self, asked: str) -> LinkAnswer:
        before, after = httpx.URL(asked), httpx.URL(self.home)
        if before.copy_with(fragment=None) == after.copy_with(fragment=None):
            return LinkAnswer(Lead.GOOD, "")
        if after.path == "/" and before.path not in {"/", ""}:
            why = say("it leads to the front page of its site by now; is the text still there?")
            return LinkAnswer(Lead.MOVED, why, moved_to=self.home)
        why = say("it has moved for good to {address}", address=self.home)
        return LinkAnswer(Lead.MOVED, why, moved_to=self.home)


def _is_redirect(status: int) -> bool:
    return HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST


def _no_answer(error: Exception) -> LinkAnswer:
    code = _certificate_fault(error)
    if code in _WARNED_OF:
        why_not = say("browsers warn of its certificate ({fault})", fault=distrust(error))
        return LinkAnswer(Lead.DISTRUSTED, why_not)
    # An OSError is the silence of the name servers: httpx has errors of its own for the rest.
    at_the_door = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | OSError)
    down = at_the_door and code is None
    return LinkAnswer(Lead.SILENT, say("no answer ({fault})", fault=why(error)), host_is_down=down)


def _certificate_fault(error: BaseException) -> int | None:
    """OpenSSL's number for what lies at the bottom of an error, when that is a certificate."""
    causes = (each for each in with_causes(error) if isinstance(each, ssl.SSLCertVerificationError))
    return next((cause.verify_code for cause in causes), None)
